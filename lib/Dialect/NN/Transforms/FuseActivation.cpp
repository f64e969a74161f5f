//===- FuseActivation.cpp - Fuse clips into the layers before them --------===//
#include "Moves.h"

#include "rowlock/Dialect/NN/IR/NN.h"
#include "rowlock/Dialect/NN/Transforms/Passes.h"

#include "mlir/Transforms/GreedyPatternRewriteDriver.h"

#include <algorithm>

namespace rowlock::nn {
#define GEN_PASS_DEF_FUSEACTIVATION
#include "rowlock/Dialect/NN/Transforms/Passes.h.inc"
} // namespace rowlock::nn

using namespace mlir;
using namespace rowlock;
using namespace rowlock::nn;

/// What two clips one behind the other do.
static ClipAttr within(ClipAttr first, ClipAttr second) {
  if (!first)
    return second;
  float low = second.getLow().convertToFloat();
  float high = second.getHigh().convertToFloat();
  auto clamp = [&](float x) { return std::min(std::max(x, low), high); };
  return ClipAttr::get(first.getContext(),
                       clamp(first.getLow().convertToFloat()),
                       clamp(first.getHigh().convertToFloat()));
}

namespace {

template <typename Layer> struct FuseClip : OpRewritePattern<ClipOp> {
  FuseClip(MLIRContext *context, Pass::Statistic &count)
      : OpRewritePattern<ClipOp>(context), count(count) {}

  LogicalResult matchAndRewrite(ClipOp op,
                                PatternRewriter &rewriter) const override {
    Moves moves(op.getInput());
    auto layer = moves.source.getDefiningOp<Layer>();
    if (!op.getActivationAttr() || !layer || !layer->hasOneUse())
      return failure();
    ClipAttr clip = within(layer.getActivationAttr(), op.getActivationAttr());
    auto fused = cast<Layer>(rewriter.clone(*layer));
    fused->setLoc(rewriter.getFusedLoc({op.getLoc(), layer.getLoc()}));
    fused.setActivationAttr(clip);
    rewriter.replaceOp(op, moves.apply(fused, op.getLoc(), rewriter));
    ++count;
    return success();
  }

  Pass::Statistic &count;
};

struct FuseActivation : nn::impl::FuseActivationBase<FuseActivation> {
  void runOnOperation() override {
    RewritePatternSet patterns(&getContext());
    patterns
        .add<FuseClip<Conv2DOp>, FuseClip<FullyConnectedOp>, FuseClip<AddOp>>(
            &getContext(), fused);
    if (failed(applyPatternsGreedily(getOperation(), std::move(patterns))))
      signalPassFailure();
  }
};

} // namespace
