//===- Array.cpp - Arrays from files --------------------------------------===//
#include "rowlock/Input/Array.h"
#include "rowlock/Numerics/Float8.h"
#include "rowlock/Numerics/Half.h"

#include <cstring>

using namespace rowlock;

int64_t Array::elements() const {
  int64_t count = 1;
  for (int64_t size : shape)
    count *= size;
  return count;
}

template <typename T>
static std::vector<float> convert(const std::vector<uint8_t> &bytes) {
  std::vector<float> values(bytes.size() / sizeof(T));
  for (size_t k = 0; k < values.size(); ++k) {
    T element;
    std::memcpy(&element, bytes.data() + k * sizeof(T), sizeof(T));
    values[k] = float(element);
  }
  return values;
}

static std::vector<float> convertHalf(const std::vector<uint8_t> &bytes,
                                      float (*widen)(uint16_t)) {
  std::vector<float> values;
  for (size_t k = 0; k + 1 < bytes.size(); k += 2)
    values.push_back(widen(uint16_t(bytes[k] | bytes[k + 1] << 8)));
  return values;
}

static std::vector<float> convertFloat8(const std::vector<uint8_t> &bytes,
                                        const Float8Format &format) {
  std::vector<float> values;
  for (uint8_t bits : bytes)
    values.push_back(float8ToFloat(bits, format));
  return values;
}

std::vector<float> Array::toFloats() const {
  switch (type) {
  case fb::ElementType::I8:
  case fb::ElementType::I4:
    return convert<int8_t>(bytes);
  case fb::ElementType::U8:
  case fb::ElementType::I1:
  case fb::ElementType::U4:
    return convert<uint8_t>(bytes);
  case fb::ElementType::I16:
    return convert<int16_t>(bytes);
  case fb::ElementType::U16:
    return convert<uint16_t>(bytes);
  case fb::ElementType::I32:
    return convert<int32_t>(bytes);
  case fb::ElementType::U32:
    return convert<uint32_t>(bytes);
  case fb::ElementType::I64:
    return convert<int64_t>(bytes);
  case fb::ElementType::U64:
    return convert<uint64_t>(bytes);
  case fb::ElementType::F32:
    return convert<float>(bytes);
  case fb::ElementType::F64:
    return convert<double>(bytes);
  case fb::ElementType::F16:
    return convertHalf(bytes, halfToFloat);
  case fb::ElementType::BF16:
    return convertHalf(bytes, bfloatToFloat);
  case fb::ElementType::F8E4M3FN:
    return convertFloat8(bytes, float8E4M3FN);
  case fb::ElementType::F8E4M3FNUZ:
    return convertFloat8(bytes, float8E4M3FNUZ);
  case fb::ElementType::F8E5M2:
    return convertFloat8(bytes, float8E5M2);
  case fb::ElementType::F8E5M2FNUZ:
    return convertFloat8(bytes, float8E5M2FNUZ);
  }
  assert(false && "an element type that no program has");
  return {};
}
