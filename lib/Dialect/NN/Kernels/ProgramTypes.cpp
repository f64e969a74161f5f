//===- ProgramTypes.cpp - Types and elements as programs hold them --------===//
#include "rowlock/Dialect/NN/Kernels/ProgramTypes.h"

#include "rowlock/Dialect/NN/IR/NN.h"
#include "rowlock/Program/TensorLayout.h"

#include "mlir/IR/AsmState.h"
#include "mlir/IR/DialectResourceBlobManager.h"

#include <cstring>

using namespace mlir;
using namespace rowlock;

static Type storageOf(Type element) {
  auto quantized = dyn_cast<quant::QuantizedType>(element);
  return quantized ? quantized.getStorageType() : element;
}

std::optional<fb::ElementType> nn::programType(Type element) {
  auto quantized = dyn_cast<quant::QuantizedType>(element);
  Type storage = storageOf(element);
  if (storage.isF32())
    return fb::ElementType::F32;
  if (storage.isF64())
    return fb::ElementType::F64;
  if (storage.isF16())
    return fb::ElementType::F16;
  if (storage.isBF16())
    return fb::ElementType::BF16;
  if (isa<Float8E4M3FNType>(storage))
    return fb::ElementType::F8E4M3FN;
  if (isa<Float8E4M3FNUZType>(storage))
    return fb::ElementType::F8E4M3FNUZ;
  if (isa<Float8E5M2Type>(storage))
    return fb::ElementType::F8E5M2;
  if (isa<Float8E5M2FNUZType>(storage))
    return fb::ElementType::F8E5M2FNUZ;
  auto integer = dyn_cast<IntegerType>(storage);
  if (!integer)
    return std::nullopt;
  bool isSigned = quantized ? quantized.isSigned() : !integer.isUnsigned();
  switch (integer.getWidth()) {
  case 1:
    return fb::ElementType::I1;
  case 4:
    if (quantized)
      return std::nullopt;
    return isSigned ? fb::ElementType::I4 : fb::ElementType::U4;
  case 8:
    return isSigned ? fb::ElementType::I8 : fb::ElementType::U8;
  case 16:
    return isSigned ? fb::ElementType::I16 : fb::ElementType::U16;
  case 32:
    return isSigned ? fb::ElementType::I32 : fb::ElementType::U32;
  case 64:
    return isSigned ? fb::ElementType::I64 : fb::ElementType::U64;
  default:
    return std::nullopt;
  }
}

Type nn::elementType(MLIRContext *context, fb::ElementType type) {
  auto integer = [&](unsigned width, bool isUnsigned = false) {
    return IntegerType::get(context, width,
                            isUnsigned ? IntegerType::Unsigned
                                       : IntegerType::Signless);
  };
  switch (type) {
  case fb::ElementType::F32:
    return Float32Type::get(context);
  case fb::ElementType::F64:
    return Float64Type::get(context);
  case fb::ElementType::F16:
    return Float16Type::get(context);
  case fb::ElementType::BF16:
    return BFloat16Type::get(context);
  case fb::ElementType::F8E4M3FN:
    return Float8E4M3FNType::get(context);
  case fb::ElementType::F8E4M3FNUZ:
    return Float8E4M3FNUZType::get(context);
  case fb::ElementType::F8E5M2:
    return Float8E5M2Type::get(context);
  case fb::ElementType::F8E5M2FNUZ:
    return Float8E5M2FNUZType::get(context);
  case fb::ElementType::I1:
    return integer(1);
  case fb::ElementType::I4:
    return integer(4);
  case fb::ElementType::U4:
    return integer(4, true);
  case fb::ElementType::I8:
    return integer(8);
  case fb::ElementType::U8:
    return integer(8, true);
  case fb::ElementType::I16:
    return integer(16);
  case fb::ElementType::U16:
    return integer(16, true);
  case fb::ElementType::I32:
    return integer(32);
  case fb::ElementType::U32:
    return integer(32, true);
  case fb::ElementType::I64:
    return integer(64);
  case fb::ElementType::U64:
    return integer(64, true);
  }
  return {};
}

static std::optional<std::vector<uint8_t>> bytesOfBools(ElementsAttr value) {
  auto bools = value.tryGetValues<bool>();
  if (!bools)
    return std::nullopt;
  std::vector<uint8_t> bytes;
  bytes.reserve(size_t(value.getNumElements()));
  for (bool element : *bools)
    bytes.push_back(element);
  return bytes;
}

std::optional<std::vector<uint8_t>> nn::programBytes(ElementsAttr value) {
  std::optional<fb::ElementType> type = programType(value.getElementType());
  if (!type)
    return std::nullopt;
  if (*type == fb::ElementType::I1)
    return bytesOfBools(value);
  ArrayRef<char> data;
  bool splat = false;
  if (auto dense = dyn_cast<DenseElementsAttr>(value)) {
    data = dense.getRawData();
    splat = dense.isSplat();
  } else if (auto resource = dyn_cast<DenseResourceElementsAttr>(value)) {
    if (AsmResourceBlob *blob = resource.getRawHandle().getBlob())
      data = blob->getData();
  }
  size_t unit = elementBytes(*type), count = size_t(value.getNumElements());
  if (data.size() < (splat ? std::min<size_t>(count, 1) : count) * unit)
    return std::nullopt;
  std::vector<uint8_t> bytes(count * unit);
  if (!splat && count)
    std::memcpy(bytes.data(), data.data(), bytes.size());
  for (size_t k = 0; splat && k < count; ++k)
    std::memcpy(bytes.data() + k * unit, data.data(), unit);
  if (*type == fb::ElementType::I4)
    for (uint8_t &byte : bytes)
      byte = uint8_t((byte & 15) ^ 8) - 8;
  return bytes;
}

ElementsAttr nn::makeElements(RankedTensorType type, ArrayRef<uint8_t> bytes) {
  auto held =
      RankedTensorType::get(type.getShape(), storageOf(type.getElementType()));
  if (held.getElementType().isInteger(1)) {
    SmallVector<bool> values(bytes.begin(), bytes.end());
    return DenseElementsAttr::get(held, values);
  }
  std::vector<uint8_t> halves;
  if (held.getElementTypeBitWidth() == 4) {
    // Attributes hold no bits beyond the type's.
    halves.assign(bytes.begin(), bytes.end());
    for (uint8_t &byte : halves)
      byte &= 15;
    bytes = halves;
  }
  return DenseElementsAttr::getFromRawBuffer(
      held, ArrayRef<char>(reinterpret_cast<const char *>(bytes.data()),
                           bytes.size()));
}
