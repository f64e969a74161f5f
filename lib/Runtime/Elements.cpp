//===- Elements.cpp - Typed access to elements ----------------------------===//
#include "Elements.h"
#include "rowlock/Support/Bytes.h"

#include <limits>

using namespace rowlock;

/// Calls `use` with a value of the C++ type of an integer element type.
template <typename Use> static bool withType(fb::ElementType type, Use use) {
  switch (type) {
  case fb::ElementType::I8:
    return use(int8_t()), true;
  case fb::ElementType::U8:
    return use(uint8_t()), true;
  case fb::ElementType::I16:
    return use(int16_t()), true;
  case fb::ElementType::U16:
    return use(uint16_t()), true;
  case fb::ElementType::I32:
    return use(int32_t()), true;
  default:
    return false;
  }
}

bool rowlock::integerRange(fb::ElementType type, int64_t &low, int64_t &high) {
  return withType(type, [&](auto zero) {
    low = std::numeric_limits<decltype(zero)>::min();
    high = std::numeric_limits<decltype(zero)>::max();
  });
}

std::vector<int64_t> rowlock::loadIntegers(const TensorView &tensor,
                                           const uint8_t *data,
                                           int64_t zeroPoint) {
  std::vector<int64_t> values(tensor.elements());
  withType(tensor.type, [&](auto element) {
    for (size_t k = 0; k < values.size(); ++k) {
      std::memcpy(&element, data + k * sizeof(element), sizeof(element));
      values[k] = int64_t(element) - zeroPoint;
    }
  });
  return values;
}

void rowlock::storeInteger(const TensorView &tensor, uint8_t *data,
                           int64_t index, int64_t value) {
  withType(tensor.type, [&](auto element) {
    element = decltype(element)(value);
    std::memcpy(data + index * sizeof(element), &element, sizeof(element));
  });
}

std::vector<float> rowlock::loadFloats(const TensorView &tensor,
                                       const uint8_t *data) {
  std::vector<float> values(tensor.elements());
  copyBytes(values.data(), data, values.size() * sizeof(float));
  return values;
}
