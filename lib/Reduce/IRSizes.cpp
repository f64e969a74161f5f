//===- IRSizes.cpp - Smaller dimensions -----------------------------------===//
#include "IREdits.h"

#include "mlir/Dialect/Quant/IR/QuantTypes.h"
#include "mlir/IR/AttrTypeSubElements.h"
#include "mlir/IR/DialectResourceBlobManager.h"

using namespace mlir;
using namespace rowlock;

std::set<int64_t, std::greater<int64_t>> rowlock::findSizes(ModuleOp module) {
  std::set<int64_t, std::greater<int64_t>> sizes;
  auto add = [&](Type type) {
    auto shaped = dyn_cast<ShapedType>(type);
    if (!shaped || !shaped.hasRank())
      return;
    for (int64_t size : shaped.getShape())
      if (size > 1)
        sizes.insert(size);
  };
  module.walk([&](Operation *op) {
    llvm::for_each(op->getResultTypes(), add);
    for (Region &region : op->getRegions())
      for (Block &block : region)
        llvm::for_each(block.getArgumentTypes(), add);
  });
  return sizes;
}

namespace {

class SizeChange {
public:
  SizeChange(int64_t from, int64_t to) : from(from), to(to) {}

  SmallVector<int64_t> shape(ArrayRef<int64_t> old) const {
    SmallVector<int64_t> changed(old);
    std::replace(changed.begin(), changed.end(), from, to);
    return changed;
  }
  Type element(Type type, ArrayRef<int64_t> oldShape) const;
  Type tensor(RankedTensorType type) const;
  /// Null where the elements cannot be cut.
  Attribute constant(ElementsAttr attr) const;

private:
  int64_t from, to;
};

} // namespace

Type SizeChange::element(Type type, ArrayRef<int64_t> oldShape) const {
  auto scaled = dyn_cast<quant::UniformQuantizedPerAxisType>(type);
  if (!scaled || scaled.getQuantizedDimension() >= int32_t(oldShape.size()) ||
      oldShape[scaled.getQuantizedDimension()] != from)
    return type;
  return quant::UniformQuantizedPerAxisType::get(
      scaled.getFlags(), scaled.getStorageType(), scaled.getExpressedType(),
      scaled.getScales().take_front(to), scaled.getZeroPoints().take_front(to),
      scaled.getQuantizedDimension(), scaled.getStorageTypeMin(),
      scaled.getStorageTypeMax());
}

Type SizeChange::tensor(RankedTensorType type) const {
  return RankedTensorType::get(shape(type.getShape()),
                               element(type.getElementType(), type.getShape()),
                               type.getEncoding());
}

/// The first elements along every dimension.
static std::vector<char> takeFirst(ArrayRef<char> data, size_t bytes,
                                   ArrayRef<int64_t> oldShape,
                                   ArrayRef<int64_t> newShape) {
  std::vector<char> result;
  SmallVector<int64_t> index(newShape.size(), 0);
  for (int64_t left = ShapedType::getNumElements(newShape); left > 0; --left) {
    int64_t at = 0;
    for (size_t d = 0; d < index.size(); ++d)
      at = at * oldShape[d] + index[d];
    result.insert(result.end(), data.begin() + at * bytes,
                  data.begin() + (at + 1) * bytes);
    for (size_t d = index.size(); d-- > 0 && ++index[d] == newShape[d];)
      index[d] = 0;
  }
  return result;
}

Attribute SizeChange::constant(ElementsAttr attr) const {
  auto type = dyn_cast<RankedTensorType>(attr.getShapedType());
  if (!type || !llvm::is_contained(type.getShape(), from))
    return attr;
  auto changed = cast<RankedTensorType>(tensor(type));
  if (auto dense = dyn_cast<DenseElementsAttr>(attr); dense && dense.isSplat())
    return dense.resizeSplat(changed);
  if (!type.getElementType().isIntOrFloat() ||
      type.getElementTypeBitWidth() % 8)
    return nullptr;
  ArrayRef<char> data;
  if (auto dense = dyn_cast<DenseElementsAttr>(attr))
    data = dense.getRawData();
  else if (auto resource = dyn_cast<DenseResourceElementsAttr>(attr))
    if (AsmResourceBlob *blob = resource.getRawHandle().getBlob())
      data = blob->getData();
  size_t bytes = type.getElementTypeBitWidth() / 8;
  if (data.size() != bytes * size_t(type.getNumElements()))
    return nullptr;
  std::vector<char> first =
      takeFirst(data, bytes, type.getShape(), changed.getShape());
  return DenseElementsAttr::getFromRawBuffer(changed, first);
}

void rowlock::shrinkSize(ModuleOp module, int64_t from, int64_t to) {
  SizeChange change(from, to);
  AttrTypeReplacer replacer;
  using TypeResult = std::optional<std::pair<Type, WalkResult>>;
  using AttributeResult = std::optional<std::pair<Attribute, WalkResult>>;
  replacer.addReplacement([&](RankedTensorType type) -> TypeResult {
    return std::pair(change.tensor(type), WalkResult::skip());
  });
  replacer.addReplacement([&](MemRefType type) -> TypeResult {
    if (!type.getLayout().isIdentity())
      return std::nullopt;
    Type changed =
        MemRefType::get(change.shape(type.getShape()), type.getElementType(),
                        AffineMap(), type.getMemorySpace());
    return std::pair(changed, WalkResult::skip());
  });
  replacer.addReplacement([&](Attribute attr) -> AttributeResult {
    auto elements = dyn_cast<ElementsAttr>(attr);
    if (!elements || isa<DenseArrayAttr>(attr))
      return std::nullopt;
    Attribute changed = change.constant(elements);
    // What cannot be cut stays as it is; the verifier refuses the module.
    return std::pair(changed ? changed : attr, WalkResult::skip());
  });
  replacer.recursivelyReplaceElementsIn(module, /*replaceAttrs=*/true,
                                        /*replaceLocs=*/false,
                                        /*replaceTypes=*/true);
}
