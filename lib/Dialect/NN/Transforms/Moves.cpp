//===- Moves.cpp - Values in another shape or order -----------------------===//
#include "Moves.h"

#include <algorithm>

using namespace mlir;
using namespace rowlock;
using namespace rowlock::nn;

static ArrayRef<int64_t> shapeOf(Value value) {
  return cast<RankedTensorType>(value.getType()).getShape();
}

Moves::Moves(Value moved) : source(moved) {
  while (Operation *op = source.getDefiningOp()) {
    if (!isa<ReshapeOp, TransposeOp>(op) || !op->hasOneUse())
      break;
    steps.push_back(op);
    source = op->getOperand(0);
  }
  std::reverse(steps.begin(), steps.end());
}

std::optional<int64_t> nn::reshapedDimension(ArrayRef<int64_t> from,
                                             int64_t dimension,
                                             ArrayRef<int64_t> to) {
  if (dimension >= int64_t(from.size()))
    return std::nullopt;
  // As many elements before it, and of the same size.
  int64_t outer = 1, before = 1;
  for (int64_t size : from.take_front(dimension))
    outer *= size;
  for (auto [d, size] : llvm::enumerate(to)) {
    if (before == outer && size == from[dimension])
      return int64_t(d);
    before *= size;
  }
  return std::nullopt;
}

std::optional<int64_t> Moves::follow(int64_t dimension) const {
  for (Operation *step : steps) {
    std::optional<int64_t> next;
    if (auto transpose = dyn_cast<TransposeOp>(step))
      next = llvm::find(transpose.getPermutation(), dimension) -
             transpose.getPermutation().begin();
    else
      next = reshapedDimension(shapeOf(step->getOperand(0)), dimension,
                               shapeOf(step->getResult(0)));
    if (!next)
      return std::nullopt;
    dimension = *next;
  }
  return dimension;
}

Value Moves::apply(Value other, Location loc, PatternRewriter &rewriter) const {
  for (Operation *step : steps) {
    Operation *copy = rewriter.clone(*step);
    copy->setOperand(0, other);
    copy->setLoc(loc);
    other = copy->getResult(0);
  }
  return other;
}
