//===- FoldBatchNorm.cpp - Fold batch normalisation into convolutions -----===//
#include "FilterScale.h"
#include "Moves.h"

#include "rowlock/Dialect/NN/IR/ConstantData.h"
#include "rowlock/Dialect/NN/IR/NN.h"
#include "rowlock/Dialect/NN/IR/Names.h"
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

/// A known batch normalisation as y = factor * x + offset for each channel.
struct Affine {
  std::vector<double> factor, offset;
};

} // namespace

static std::optional<Affine> getAffine(BatchNormOp op) {
  auto scale = getFloats(getConstant(op.getScale()));
  auto shift = getFloats(getConstant(op.getBias()));
  auto mean = getFloats(getConstant(op.getMean()));
  auto variance = getFloats(getConstant(op.getVariance()));
  if (!scale || !shift || !mean || !variance)
    return std::nullopt;
  double epsilon = op.getEpsilon().convertToFloat();
  Affine affine;
  for (size_t m = 0; m < scale->size(); ++m) {
    double factor = (*scale)[m] / std::sqrt((*variance)[m] + epsilon);
    affine.factor.push_back(factor);
    affine.offset.push_back((*shift)[m] - (*mean)[m] * factor);
  }
  return affine;
}

static Value makeBias(BatchNormOp op, ArrayRef<float> values,
                      PatternRewriter &rewriter) {
  auto type =
      RankedTensorType::get(int64_t(values.size()), rewriter.getF32Type());
  return ConstantOp::create(rewriter, op.getBias().getLoc(), type,
                            makeFloats(type, values));
}

namespace {

struct FoldIntoConv : OpRewritePattern<BatchNormOp> {
  FoldIntoConv(MLIRContext *context, Pass::Statistic &count,
               PatternBenefit benefit)
      : OpRewritePattern<BatchNormOp>(context, benefit), count(count) {}

  LogicalResult matchAndRewrite(BatchNormOp op,
                                PatternRewriter &rewriter) const override {
    std::optional<Affine> affine = getAffine(op);
    Moves moves(op.getInput());
    if (!affine || moves.follow(1) != 1)
      return failure();
    Conv2DOp fused =
        scaleFilters(moves.source.getDefiningOp<Conv2DOp>(), affine->factor,
                     affine->offset, op.getBias().getLoc(), rewriter);
    if (!fused)
      return failure();
    fused->setLoc(rewriter.getFusedLoc({op.getLoc(), moves.source.getLoc()}));
    rewriter.setInsertionPoint(op);
    rewriter.replaceOp(op, moves.apply(fused, op.getLoc(), rewriter));
    ++count;
    return success();
  }

  Pass::Statistic &count;
};

/// What is left is a depthwise convolution of 1 x 1.
struct MakeDepthwise : OpRewritePattern<BatchNormOp> {
  MakeDepthwise(MLIRContext *context, Pass::Statistic &count,
                PatternBenefit benefit)
      : OpRewritePattern<BatchNormOp>(context, benefit), count(count) {}

  LogicalResult matchAndRewrite(BatchNormOp op,
                                PatternRewriter &rewriter) const override {
    std::optional<Affine> affine = getAffine(op);
    ArrayRef<int64_t> shape = op.getInput().getType().getShape();
    if (!affine || shape.size() < 2)
      return failure();
    Location loc = op.getLoc();
    auto part = [&](StringRef suffix) -> Location {
      if (shape.size() == 4)
        return loc;
      auto name = rewriter.getStringAttr(nameOf(loc) + suffix);
      return NameLoc::get(name, loc);
    };
    Type element = op.getInput().getType().getElementType();
    int64_t channels = shape[1], pixels = 1;
    for (int64_t size : shape.drop_front(2))
      pixels *= size;
    Value input = op.getInput();
    SmallVector<int64_t> map = {shape[0], channels, pixels, 1};
    if (shape.size() == 4)
      map.assign(shape.begin(), shape.end());
    else
      input = ReshapeOp::create(rewriter, part(".ifmap"),
                                RankedTensorType::get(map, element), input);
    std::vector<float> factor(affine->factor.begin(), affine->factor.end());
    std::vector<float> offset(affine->offset.begin(), affine->offset.end());
    auto filterType = RankedTensorType::get({channels, 1, 1, 1}, element);
    Value filter =
        ConstantOp::create(rewriter, op.getScale().getLoc(), filterType,
                           makeFloats(filterType, factor));
    Value result = Conv2DOp::create(rewriter, part(".ofmap"),
                                    RankedTensorType::get(map, element), input,
                                    filter, makeBias(op, offset, rewriter),
                                    rewriter.getDenseI64ArrayAttr({1, 1}),
                                    rewriter.getDenseI64ArrayAttr({0, 0, 0, 0}),
                                    rewriter.getDenseI64ArrayAttr({1, 1}),
                                    rewriter.getI64IntegerAttr(channels),
                                    ClipAttr(), RescaleAttr(), IntegerAttr());
    if (shape.size() != 4)
      result = ReshapeOp::create(rewriter, loc, op.getType(), result);
    rewriter.replaceOp(op, result);
    ++count;
    return success();
  }

  Pass::Statistic &count;
};

struct FoldBatchNorm : nn::impl::FoldBatchNormBase<FoldBatchNorm> {
  void runOnOperation() override {
    RewritePatternSet patterns(&getContext());
    patterns.add<FoldIntoConv>(&getContext(), folded, 2);
    patterns.add<MakeDepthwise>(&getContext(), depthwise, 1);
    if (failed(applyPatternsGreedily(getOperation(), std::move(patterns))))
      signalPassFailure();
  }
};

} // namespace
