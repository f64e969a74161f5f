//===- FuseBias.cpp - Turn additions of constants into biases -------------===//
#include "FilterScale.h"
#include "Moves.h"

#include "rowlock/Dialect/NN/IR/ConstantData.h"
#include "rowlock/Dialect/NN/IR/NN.h"
#include "rowlock/Dialect/NN/Transforms/Passes.h"

#include "mlir/Transforms/GreedyPatternRewriteDriver.h"

namespace rowlock::nn {
#define GEN_PASS_DEF_FUSEBIAS
#include "rowlock/Dialect/NN/Transforms/Passes.h.inc"
} // namespace rowlock::nn

using namespace mlir;
using namespace rowlock;
using namespace rowlock::nn;

namespace {

template <typename Layer> struct FuseAdd : OpRewritePattern<AddOp> {
  FuseAdd(MLIRContext *context, Pass::Statistic &count)
      : OpRewritePattern<AddOp>(context), count(count) {}

  LogicalResult matchAndRewrite(AddOp op,
                                PatternRewriter &rewriter) const override {
    if (op.getRescale())
      return failure();
    for (bool swapped : {false, true}) {
      Value sum = swapped ? op.getRhs() : op.getLhs();
      Value constant = swapped ? op.getLhs() : op.getRhs();
      Moves moves(sum);
      auto layer = moves.source.getDefiningOp<Layer>();
      if (!layer || !layer->hasOneUse() || layer.getActivation() ||
          sum.getType() != op.getType() || layer.getRescale() ||
          layer.getProductShift())
        continue;
      auto filters = moves.follow(1);
      auto values =
          filters ? perFilter(constant, op.getType(), *filters) : std::nullopt;
      if (!values || failed(addTo(*values, layer.getBias())))
        continue;
      auto type = RankedTensorType::get({int64_t(values->size())},
                                        rewriter.getF32Type());
      Value bias = ConstantOp::create(rewriter, constant.getLoc(), type,
                                      makeFloats(type, *values));
      auto fused = cast<Layer>(rewriter.clone(*layer));
      fused->setLoc(rewriter.getFusedLoc({op.getLoc(), layer.getLoc()}));
      fused.getBiasMutable().assign(bias);
      if (op.getActivationAttr())
        fused.setActivationAttr(op.getActivationAttr());
      rewriter.replaceOp(op, moves.apply(fused, op.getLoc(), rewriter));
      ++count;
      return success();
    }
    return failure();
  }

  static LogicalResult addTo(std::vector<float> &values, Value bias) {
    if (!bias)
      return success();
    auto present = getFloats(getConstant(bias));
    if (!present)
      return failure();
    for (size_t k = 0; k < values.size(); ++k)
      values[k] += (*present)[k];
    return success();
  }

  Pass::Statistic &count;
};

struct FuseBias : nn::impl::FuseBiasBase<FuseBias> {
  void runOnOperation() override {
    RewritePatternSet patterns(&getContext());
    patterns.add<FuseAdd<Conv2DOp>, FuseAdd<FullyConnectedOp>>(&getContext(),
                                                               fused);
    if (failed(applyPatternsGreedily(getOperation(), std::move(patterns))))
      signalPassFailure();
  }
};

} // namespace
