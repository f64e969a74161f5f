//===- Folds.cpp - Folders and canonicalisation patterns ------------------===//
#include "rowlock/Dialect/NN/IR/ConstantData.h"
#include "rowlock/Dialect/NN/IR/NN.h"

#include "mlir/Dialect/Utils/IndexingUtils.h"

using namespace mlir;
using namespace rowlock;
using namespace rowlock::nn;

OpFoldResult ConstantOp::fold(FoldAdaptor) { return getValueAttr(); }

OpFoldResult ReshapeOp::fold(FoldAdaptor) {
  if (getInput().getType() == getResult().getType())
    return getInput();
  return {};
}

OpFoldResult CastOp::fold(FoldAdaptor) {
  if (getInput().getType() == getResult().getType())
    return getInput();
  return {};
}

OpFoldResult BroadcastOp::fold(FoldAdaptor) {
  if (getInput().getType() == getResult().getType())
    return getInput();
  return {};
}

OpFoldResult SliceOp::fold(FoldAdaptor) {
  auto forwards = [](int64_t stride) { return stride == 1; };
  if (getInput().getType() == getResult().getType() &&
      llvm::all_of(getStrides(), forwards))
    return getInput();
  return {};
}

static bool isIdentity(ArrayRef<int64_t> permutation) {
  for (auto [k, dimension] : llvm::enumerate(permutation))
    if (int64_t(k) != dimension)
      return false;
  return true;
}

/// The identity is its input; two transpositions are one.
OpFoldResult TransposeOp::fold(FoldAdaptor) {
  if (isIdentity(getPermutation()))
    return getInput();
  auto inner = getInput().getDefiningOp<TransposeOp>();
  if (!inner)
    return {};
  setPermutation(applyPermutation(inner.getPermutation(), getPermutation()));
  getInputMutable().assign(inner.getInput());
  return getResult();
}

namespace {

/// reshape(reshape(x)) is one reshape.
struct MergeReshapes : OpRewritePattern<ReshapeOp> {
  using OpRewritePattern::OpRewritePattern;
  LogicalResult matchAndRewrite(ReshapeOp op,
                                PatternRewriter &rewriter) const override {
    auto producer = op.getInput().getDefiningOp<ReshapeOp>();
    if (!producer)
      return failure();
    rewriter.replaceOpWithNewOp<ReshapeOp>(op, op.getType(),
                                           producer.getInput());
    return success();
  }
};

/// reshape(constant) is a constant.
struct ReshapeConstant : OpRewritePattern<ReshapeOp> {
  using OpRewritePattern::OpRewritePattern;
  LogicalResult matchAndRewrite(ReshapeOp op,
                                PatternRewriter &rewriter) const override {
    auto dense =
        dyn_cast_or_null<DenseElementsAttr>(getConstant(op.getInput()));
    if (!dense)
      return failure();
    rewriter.replaceOpWithNewOp<ConstantOp>(
        op, op.getType(),
        cast<ElementsAttr>(dense.reshape(RankedTensorType::get(
            op.getType().getShape(), dense.getElementType()))));
    return success();
  }
};

/// matmul(x, constant) is a fully connected layer with the transposed filter.
struct MatMulByConstant : OpRewritePattern<MatMulOp> {
  using OpRewritePattern::OpRewritePattern;
  LogicalResult matchAndRewrite(MatMulOp op,
                                PatternRewriter &rewriter) const override {
    auto values = getFloats(getConstant(op.getRhs()));
    if (!values || op.getLhs().getType().getRank() != 2 ||
        op.getRhs().getType().getRank() != 2)
      return failure();
    int64_t rows = op.getRhs().getType().getDimSize(0);
    int64_t columns = op.getRhs().getType().getDimSize(1);
    std::vector<float> transposed(values->size());
    for (int64_t r = 0; r < rows; ++r)
      for (int64_t c = 0; c < columns; ++c)
        transposed[c * rows + r] = (*values)[r * columns + c];
    auto type = RankedTensorType::get({columns, rows}, rewriter.getF32Type());
    Value filter = ConstantOp::create(rewriter, op.getRhs().getLoc(), type,
                                      makeFloats(type, transposed));
    rewriter.replaceOpWithNewOp<FullyConnectedOp>(op, op.getType(), op.getLhs(),
                                                  filter, Value(), ClipAttr(),
                                                  RescaleAttr(), IntegerAttr());
    return success();
  }
};

} // namespace

void ReshapeOp::getCanonicalizationPatterns(RewritePatternSet &patterns,
                                            MLIRContext *context) {
  patterns.add<MergeReshapes, ReshapeConstant>(context);
}

void MatMulOp::getCanonicalizationPatterns(RewritePatternSet &patterns,
                                           MLIRContext *context) {
  patterns.add<MatMulByConstant>(context);
}
