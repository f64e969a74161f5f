//===- ModelValues.cpp - Tensors of a model, as bytes ---------------------===//
#include "ModelValues.h"

#include "rowlock/Numerics/Float8.h"
#include "rowlock/Numerics/Half.h"

#include "mlir/Dialect/Quant/IR/QuantTypes.h"

#include <cmath>
#include <cstring>

using namespace mlir;
using namespace rowlock;

static Type storageOf(RankedTensorType type) {
  auto quantized = dyn_cast<quant::QuantizedType>(type.getElementType());
  return quantized ? quantized.getStorageType() : type.getElementType();
}

static bool isUnsigned(RankedTensorType type) {
  if (auto quantized = dyn_cast<quant::QuantizedType>(type.getElementType()))
    return !quantized.isSigned();
  Type element = type.getElementType();
  return element.isUnsignedInteger() || element.isInteger(1);
}

/// Null for other types.
static const Float8Format *float8FormatOf(Type element) {
  if (isa<Float8E4M3FNType>(element))
    return &float8E4M3FN;
  if (isa<Float8E4M3FNUZType>(element))
    return &float8E4M3FNUZ;
  if (isa<Float8E5M2Type>(element))
    return &float8E5M2;
  return isa<Float8E5M2FNUZType>(element) ? &float8E5M2FNUZ : nullptr;
}

/// Bytes of an element; types of less than 8 bits take one.
static size_t unitOf(RankedTensorType type) {
  return (storageOf(type).getIntOrFloatBitWidth() + 7) / 8;
}

size_t rowlock::byteSize(RankedTensorType type) {
  return size_t(type.getNumElements()) * unitOf(type);
}

RefTensor rowlock::patternOf(RankedTensorType type) {
  std::vector<uint8_t> bytes(byteSize(type));
  RefTensor tensor = tensorOf(type, bytes);
  auto element = [](size_t k) { return int64_t(k * 37 % 101) - 50; };
  for (size_t k = 0; k < tensor.floats.size(); ++k)
    tensor.floats[k] = float(element(k)) / 64;
  for (size_t k = 0; k < tensor.doubles.size(); ++k)
    tensor.doubles[k] = double(element(k)) / 64;
  for (size_t k = 0; k < tensor.integers.size(); ++k)
    if (unsigned width = storageOf(type).getIntOrFloatBitWidth(); width < 8)
      tensor.integers[k] = (element(k) & 7) >> (width == 1 ? 2 : 0);
    else
      tensor.integers[k] = isUnsigned(type) ? element(k) + 50 : element(k);
  return tensorOf(type, bytesOf(tensor));
}

std::vector<uint8_t> rowlock::bytesOf(const RefTensor &tensor) {
  std::vector<uint8_t> bytes;
  size_t unit = unitOf(tensor.type);
  auto append = [&](auto value) {
    auto *raw = reinterpret_cast<const uint8_t *>(&value);
    bytes.insert(bytes.end(), raw, raw + unit);
  };
  Type element = storageOf(tensor.type);
  for (float value : tensor.floats) {
    float one = std::isnan(value) ? std::nanf("") : value;
    if (element.isF16())
      append(floatToHalf(one));
    else if (element.isBF16())
      append(floatToBFloat(one));
    else if (const Float8Format *format = float8FormatOf(element))
      append(floatToFloat8(one, *format, false));
    else
      append(one);
  }
  for (double value : tensor.doubles)
    append(std::isnan(value) ? std::nan("") : value);
  for (int64_t value : tensor.integers)
    append(value);
  return bytes;
}

RefTensor rowlock::tensorOf(RankedTensorType type,
                            const std::vector<uint8_t> &bytes) {
  RefTensor tensor{type, {}, {}};
  size_t unit = unitOf(type);
  Type element = storageOf(type);
  for (size_t at = 0; at < bytes.size(); at += unit) {
    uint64_t bits = 0;
    std::memcpy(&bits, bytes.data() + at, unit);
    if (element.isF64()) {
      tensor.doubles.emplace_back();
      std::memcpy(&tensor.doubles.back(), &bits, unit);
    } else if (element.isF32()) {
      tensor.floats.emplace_back();
      std::memcpy(&tensor.floats.back(), &bits, unit);
    } else if (const Float8Format *format = float8FormatOf(element)) {
      tensor.floats.push_back(float8ToFloat(uint8_t(bits), *format));
    } else if (isa<FloatType>(element)) {
      tensor.floats.push_back(element.isF16() ? halfToFloat(uint16_t(bits))
                                              : bfloatToFloat(uint16_t(bits)));
    } else {
      unsigned gap = 64 - unsigned(unit) * 8;
      tensor.integers.push_back(isUnsigned(type) ? int64_t(bits)
                                                 : int64_t(bits << gap) >> gap);
    }
  }
  return tensor;
}
