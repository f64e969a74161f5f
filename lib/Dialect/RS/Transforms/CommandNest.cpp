//===- CommandNest.cpp - Loop nests of commands ---------------------------===//
#include "CommandNest.h"

#include "mlir/Dialect/Affine/Analysis/AffineStructures.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/IR/AffineExprVisitor.h"

using namespace mlir;
using namespace rowlock;
using namespace rowlock::rs;

void CommandNest::open(const ScheduleLoop &loop) {
  if (loop.trips == 1)
    return;
  auto constantIndex = [&](int64_t value) {
    return arith::ConstantIndexOp::create(builder, loc, value).getResult();
  };
  auto op = scf::ForOp::create(builder, loc, constantIndex(0),
                               constantIndex(loop.trips), constantIndex(1));
  loops.push_back(loop);
  values.push_back(op.getInductionVar());
  builder.setInsertionPointToStart(op.getBody());
}

void CommandNest::closeTo(size_t depth) {
  for (; loops.size() > depth; loops.pop_back(), values.pop_back()) {
    auto loop = cast<scf::ForOp>(builder.getInsertionBlock()->getParentOp());
    builder.setInsertionPointAfter(loop);
  }
}

AffineExpr CommandNest::constant(int64_t value) const {
  return getAffineConstantExpr(value, builder.getContext());
}

AffineExpr CommandNest::index(LoopDim dim) const {
  for (auto [position, loop] : llvm::enumerate(loops))
    if (loop.dim == dim)
      return getAffineDimExpr(position, builder.getContext());
  return constant(0);
}

AffineExpr CommandNest::linearIndex(size_t depth) const {
  AffineExpr result = constant(0);
  for (size_t k = 0; k < depth; ++k)
    result =
        result * loops[k].trips + getAffineDimExpr(k, builder.getContext());
  return result;
}

AffineMapAttr CommandNest::value(AffineExpr expr) const {
  return AffineMapAttr::get(AffineMap::get(loops.size(), 0, expr));
}

/// The least value over all iterations: every dimension at the end of its range
/// that its coefficient prefers.
int64_t CommandNest::minimum(AffineExpr expr) const {
  SmallVector<int64_t> flat;
  bool linear = succeeded(getFlattenedAffineExpr(expr, loops.size(), 0, &flat));
  assert(linear && "commands are affine in their loops");
  (void)linear;
  int64_t least = flat.back();
  for (size_t k = 0; k < loops.size(); ++k)
    least += std::min<int64_t>(0, flat[k] * (loops[k].trips - 1));
  return least;
}

AffineMapAttr CommandNest::least(ArrayRef<AffineExpr> exprs) const {
  SmallVector<AffineExpr> kept = {exprs.front()};
  for (AffineExpr expr : exprs.drop_front())
    if (minimum(expr - exprs.front()) < 0)
      kept.push_back(expr);
  return AffineMapAttr::get(
      AffineMap::get(loops.size(), 0, kept, builder.getContext()));
}
