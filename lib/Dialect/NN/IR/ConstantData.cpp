//===- ConstantData.cpp - Elements of constants ---------------------------===//
#include "rowlock/Dialect/NN/IR/ConstantData.h"
#include "rowlock/Dialect/NN/IR/NN.h"
#include "rowlock/Support/Bytes.h"

#include "mlir/IR/AsmState.h"
#include "mlir/IR/DialectResourceBlobManager.h"

#include <algorithm>
#include <cmath>
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

std::optional<std::vector<float>> nn::getFloats(ElementsAttr attr) {
  if (!attr || !attr.getElementType().isF32())
    return std::nullopt;
  bool splat;
  ArrayRef<char> data = rawData(attr, splat);
  int64_t count = attr.getNumElements();
  if (int64_t(data.size()) < (splat ? 1 : count) * 4)
    return std::nullopt;
  std::vector<float> values(count);
  if (!splat) {
    copyBytes(values.data(), data.data(), values.size() * sizeof(float));
    return values;
  }
  float value;
  std::memcpy(&value, data.data(), sizeof(float));
  std::fill(values.begin(), values.end(), value);
  return values;
}

bool nn::holdsNaN(ElementsAttr attr) {
  if (!attr || !attr.getElementType().isF32())
    return false;
  bool splat;
  ArrayRef<char> data = rawData(attr, splat);
  for (; data.size() >= sizeof(float); data = data.drop_front(sizeof(float))) {
    float value;
    std::memcpy(&value, data.data(), sizeof(float));
    if (std::isnan(value))
      return true;
  }
  return false;
}

std::optional<nn::IntegerElements> nn::IntegerElements::of(ElementsAttr attr) {
  auto type = attr ? dyn_cast<IntegerType>(attr.getElementType()) : nullptr;
  if (!type || !llvm::is_contained({4u, 8u, 16u, 32u, 64u}, type.getWidth()))
    return std::nullopt;
  IntegerElements elements;
  elements.data = rawData(attr, elements.splat);
  elements.count = size_t(attr.getNumElements());
  elements.bits = type.getWidth();
  elements.isUnsigned = type.isUnsigned();
  if (elements.data.size() <
      (elements.splat ? 1 : elements.count) * elements.bytes())
    return std::nullopt;
  return elements;
}

int64_t nn::IntegerElements::operator[](size_t index) const {
  uint64_t value = 0;
  std::memcpy(&value, data.data() + (splat ? 0 : index * bytes()), bytes());
  value <<= 64 - bits;
  return isUnsigned ? int64_t(value >> (64 - bits))
                    : int64_t(value) >> (64 - bits);
}

std::optional<std::vector<int64_t>> nn::getIntegers(ElementsAttr attr) {
  auto elements = nn::IntegerElements::of(attr);
  if (!elements)
    return std::nullopt;
  std::vector<int64_t> values(elements->size());
  for (size_t k = 0; k < values.size(); ++k)
    values[k] = (*elements)[k];
  return values;
}

ElementsAttr nn::makeFloats(RankedTensorType type, ArrayRef<float> values) {
  return DenseElementsAttr::get(type, values);
}

template <typename To, typename From>
static ElementsAttr pack(RankedTensorType type, ArrayRef<From> values) {
  std::vector<To> packed(values.begin(), values.end());
  return DenseElementsAttr::getFromRawBuffer(
      type, ArrayRef<char>(reinterpret_cast<const char *>(packed.data()),
                           packed.size() * sizeof(To)));
}

template <typename From>
static ElementsAttr packAs(RankedTensorType type, ArrayRef<From> values) {
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

ElementsAttr nn::makeIntegers(RankedTensorType type, ArrayRef<int64_t> values) {
  return packAs(type, values);
}

ElementsAttr nn::makeIntegers(RankedTensorType type, ArrayRef<int16_t> values) {
  int64_t count = type.getNumElements(), given = int64_t(values.size());
  if (count == given)
    return packAs(type, values);
  assert(given > 0 && count % given == 0 && "no whole number of elements each");
  if (llvm::all_equal(values))
    return DenseElementsAttr::get(
        type, APInt(type.getElementTypeBitWidth(), uint64_t(values.front()),
                    /*isSigned=*/true, /*implicitTrunc=*/true));
  std::vector<int16_t> all;
  all.reserve(size_t(count));
  for (int16_t value : values)
    all.insert(all.end(), size_t(count / given), value);
  return packAs(type, ArrayRef<int16_t>(all));
}
