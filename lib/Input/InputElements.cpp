//===- InputElements.cpp - Numbers as elements of an input ----------------===//
#include "rowlock/Input/InputElements.h"

#include "rowlock/Support/Bytes.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <sstream>

using namespace rowlock;

template <typename T>
static Result<std::vector<uint8_t>>
integersOf(const std::vector<float> &numbers) {
  // Beyond, a float may be another integer, rounded.
  const float most = 16777215.0f;
  const float low = std::max(-most, float(std::numeric_limits<T>::min()));
  const float high = std::min(most, float(std::numeric_limits<T>::max()));
  std::vector<T> integers;
  integers.reserve(numbers.size());
  for (float number : numbers) {
    if (!(number >= low && number <= high) || number != std::floor(number)) {
      std::ostringstream message;
      message << "the value " << number << " is no integer from "
              << int64_t(low) << " to " << int64_t(high);
      return Status::error(message.str());
    }
    integers.push_back(T(number));
  }
  std::vector<uint8_t> bytes(numbers.size() * sizeof(T));
  copyBytes(bytes.data(), integers.data(), bytes.size());
  return bytes;
}

bool rowlock::takesNumbers(fb::ElementType type) {
  return bool(inputElements({}, type));
}

Result<std::vector<uint8_t>>
rowlock::inputElements(const std::vector<float> &numbers,
                       fb::ElementType type) {
  switch (type) {
  case fb::ElementType::F32: {
    std::vector<uint8_t> bytes(numbers.size() * sizeof(float));
    copyBytes(bytes.data(), numbers.data(), bytes.size());
    return bytes;
  }
  case fb::ElementType::I8:
    return integersOf<int8_t>(numbers);
  case fb::ElementType::U8:
    return integersOf<uint8_t>(numbers);
  case fb::ElementType::I16:
    return integersOf<int16_t>(numbers);
  case fb::ElementType::U16:
    return integersOf<uint16_t>(numbers);
  case fb::ElementType::I32:
    return integersOf<int32_t>(numbers);
  case fb::ElementType::U32:
    return integersOf<uint32_t>(numbers);
  case fb::ElementType::I64:
    return integersOf<int64_t>(numbers);
  case fb::ElementType::U64:
    return integersOf<uint64_t>(numbers);
  default:
    return Status::error(std::string("elements of type ") +
                         fb::EnumNameElementType(type) +
                         " are not given as numbers");
  }
}
