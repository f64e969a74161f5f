//===- FoldBatchNorm.cpp - Fold batch normalisation into convolutions -----===//
#include "rowlock/Dialect/NN/IR/ConstantData.h"
#include "rowlock/Dialect/NN/IR/NN.h"
#include "rowlock/Dialect/NN/Transforms/Passes.h"

#include "mlir/Transforms/GreedyPatternRewriteDriver.h"

#include <cmath>

namespace rowlock::nn {
#define GEN_PASS_DEF_FOLDBATCHNORM
#include "rowlock/Dialect/NN/Transforms/Passes.h.inc"
} // namespace rowlock::nn

using namespace mlir;
using namespace rowlock;
using namespace rowlock::nn;

namespace {

struct FoldIntoConv : OpRewritePattern<BatchNormOp> {
  using OpRewritePattern::OpRewritePattern;

  LogicalResult matchAndRewrite(BatchNormOp op,
                                PatternRewriter &rewriter) const override {
    auto conv = op.getInput().getDefiningOp<Conv2DOp>();
    if (!conv || !conv->hasOneUse() || conv.getActivation() ||
        conv.getRescale() || conv.getProductShift())
      return failure();
    auto filter = getFloats(getConstant(conv.getFilter()));
    auto scale = getFloats(getConstant(op.getScale()));
    auto shift = getFloats(getConstant(op.getBias()));
    auto mean = getFloats(getConstant(op.getMean()));
    auto variance = getFloats(getConstant(op.getVariance()));
    if (!filter || !scale || !shift || !mean || !variance)
      return failure();
    int64_t filters = conv.getFilter().getType().getDimSize(0);
    std::vector<float> bias(filters, 0);
    if (conv.getBias()) {
      auto present = getFloats(getConstant(conv.getBias()));
      if (!present)
        return failure();
      bias = *present;
    }
    double epsilon = op.getEpsilon().convertToFloat();
    int64_t words = int64_t(filter->size()) / filters;
    for (int64_t m = 0; m < filters; ++m) {
      double factor = (*scale)[m] / std::sqrt((*variance)[m] + epsilon);
      for (int64_t k = 0; k < words; ++k)
        (*filter)[m * words + k] = float((*filter)[m * words + k] * factor);
      bias[m] = float((double(bias[m]) - (*mean)[m]) * factor + (*shift)[m]);
    }
    auto biasType = RankedTensorType::get({filters}, rewriter.getF32Type());
    auto fused = cast<Conv2DOp>(rewriter.clone(*conv));
    fused->setLoc(op.getLoc());
    rewriter.setInsertionPoint(fused);
    fused.getFilterMutable().assign(ConstantOp::create(
        rewriter, conv.getFilter().getLoc(), conv.getFilter().getType(),
        makeFloats(conv.getFilter().getType(), *filter)));
    fused.getBiasMutable().assign(ConstantOp::create(
        rewriter, op.getBias().getLoc(), biasType, makeFloats(biasType, bias)));
    rewriter.replaceOp(op, fused);
    return success();
  }
};

struct FoldBatchNorm : nn::impl::FoldBatchNormBase<FoldBatchNorm> {
  void runOnOperation() override {
    RewritePatternSet patterns(&getContext());
    patterns.add<FoldIntoConv>(&getContext());
    if (failed(applyPatternsGreedily(getOperation(), std::move(patterns))))
      signalPassFailure();
  }
};

} // namespace
