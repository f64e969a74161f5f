//===- FoldScale.cpp - Fold products by constants into convolutions -------===//
#include "FilterScale.h"
#include "Moves.h"

#include "rowlock/Dialect/NN/Transforms/Passes.h"

#include "mlir/Transforms/GreedyPatternRewriteDriver.h"

namespace rowlock::nn {
#define GEN_PASS_DEF_FOLDSCALE
#include "rowlock/Dialect/NN/Transforms/Passes.h.inc"
} // namespace rowlock::nn

using namespace mlir;
using namespace rowlock;
using namespace rowlock::nn;

namespace {

struct FoldMul : OpRewritePattern<MulOp> {
  FoldMul(MLIRContext *context, Pass::Statistic &count)
      : OpRewritePattern<MulOp>(context), count(count) {}

  LogicalResult matchAndRewrite(MulOp op,
                                PatternRewriter &rewriter) const override {
    if (op.getRescale())
      return failure();
    for (bool swapped : {false, true}) {
      Value product = swapped ? op.getRhs() : op.getLhs();
      Value constant = swapped ? op.getLhs() : op.getRhs();
      Moves moves(product);
      auto conv = moves.source.getDefiningOp<Conv2DOp>();
      auto filters = moves.follow(1);
      if (!conv || product.getType() != op.getType() || !filters)
        continue;
      auto factors = perFilter(constant, op.getType(), *filters);
      if (!factors)
        continue;
      std::vector<double> factor(factors->begin(), factors->end());
      std::vector<double> offset(factor.size(), 0);
      Conv2DOp scaled = scaleFilters(
          conv, factor, offset,
          conv.getBias() ? conv.getBias().getLoc() : op.getLoc(), rewriter);
      if (!scaled)
        continue;
      scaled->setLoc(rewriter.getFusedLoc({op.getLoc(), conv.getLoc()}));
      rewriter.setInsertionPoint(op);
      rewriter.replaceOp(op, moves.apply(scaled, op.getLoc(), rewriter));
      ++count;
      return success();
    }
    return failure();
  }

  Pass::Statistic &count;
};

struct FoldScale : nn::impl::FoldScaleBase<FoldScale> {
  void runOnOperation() override {
    RewritePatternSet patterns(&getContext());
    patterns.add<FoldMul>(&getContext(), folded);
    if (failed(applyPatternsGreedily(getOperation(), std::move(patterns))))
      signalPassFailure();
  }
};

} // namespace
