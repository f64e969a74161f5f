//===- ConstantData.cpp - Elements of constants ---------------------------===//
#include "rowlock/Dialect/NN/IR/ConstantData.h"
#include "rowlock/Dialect/NN/IR/NN.h"

#include "mlir/IR/AsmState.h"
#include "mlir/IR/DialectResourceBlobManager.h"

#include <cstring>

using namespace mlir;
using namespace rowlock;

ElementsAttr nn::getConstant(Value value) {
  auto op = value.getDefiningOp<nn::ConstantOp>();
  return op ? op.getValue() : ElementsAttr();
}

/// The raw bytes of the elements, one copy when `splat` is set; empty if none.
static ArrayRef<char> rawData(ElementsAttr attr, bool &splat) {
  splat = false;
  if (auto dense = dyn_cast<DenseElementsAttr>(attr)) {
    splat = dense.isSplat();
    return dense.getRawData();
  }
  if (auto resource = dyn_cast<DenseResourceElementsAttr>(attr))
    if (AsmResourceBlob *blob = resource.getRawHandle().getBlob())
      return blob->getData();
  return {};
}

template <typename From, typename To>
static std::vector<To> expand(ArrayRef<char> data, bool splat, int64_t count) {
  std::vector<To> values(count);
  for (int64_t k = 0; k < count; ++k) {
    From value;
    std::memcpy(&value, data.data() + (splat ? 0 : k * sizeof(From)),
                sizeof(From));
    values[k] = To(value);
  }
  return values;
}

std::optional<std::vector<float>> nn::getFloats(ElementsAttr attr) {
  if (!attr || !attr.getElementType().isF32())
    return std::nullopt;
  bool splat;
  ArrayRef<char> data = rawData(attr, splat);
  int64_t count = attr.getNumElements();
  if (int64_t(data.size()) < (splat ? 1 : count) * 4)
    return std::nullopt;
  return expand<float, float>(data, splat, count);
}

std::optional<std::vector<int64_t>> nn::getIntegers(ElementsAttr attr) {
  auto type = attr ? dyn_cast<IntegerType>(attr.getElementType()) : nullptr;
  if (!type)
    return std::nullopt;
  bool splat;
  ArrayRef<char> data = rawData(attr, splat);
  int64_t count = attr.getNumElements();
  if (int64_t(data.size()) < (splat ? 1 : count) * (type.getWidth() / 8))
    return std::nullopt;
  bool isUnsigned = type.isUnsigned();
  switch (type.getWidth()) {
  case 8:
    return isUnsigned ? expand<uint8_t, int64_t>(data, splat, count)
                      : expand<int8_t, int64_t>(data, splat, count);
  case 16:
    return isUnsigned ? expand<uint16_t, int64_t>(data, splat, count)
                      : expand<int16_t, int64_t>(data, splat, count);
  case 32:
    return isUnsigned ? expand<uint32_t, int64_t>(data, splat, count)
                      : expand<int32_t, int64_t>(data, splat, count);
  case 64:
    return expand<int64_t, int64_t>(data, splat, count);
  default:
    return std::nullopt;
  }
}

ElementsAttr nn::makeFloats(RankedTensorType type, ArrayRef<float> values) {
  return DenseElementsAttr::get(type, values);
}

template <typename To>
static ElementsAttr pack(RankedTensorType type, ArrayRef<int64_t> values) {
  std::vector<To> packed(values.begin(), values.end());
  return DenseElementsAttr::getFromRawBuffer(
      type, ArrayRef<char>(reinterpret_cast<const char *>(packed.data()),
                           packed.size() * sizeof(To)));
}

ElementsAttr nn::makeIntegers(RankedTensorType type, ArrayRef<int64_t> values) {
  switch (type.getElementTypeBitWidth()) {
  case 8:
    return pack<int8_t>(type, values);
  case 16:
    return pack<int16_t>(type, values);
  case 32:
    return pack<int32_t>(type, values);
  default:
    assert(type.getElementTypeBitWidth() == 64 && "no such integer constant");
    return pack<int64_t>(type, values);
  }
}
