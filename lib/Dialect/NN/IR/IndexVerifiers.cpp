//===- IndexVerifiers.cpp - Operations with indices -----------------------===//
#include "VerifierUtils.h"

#include "rowlock/Dialect/NN/IR/ConstantData.h"
#include "rowlock/Dialect/NN/IR/HostOperations.h"

using namespace mlir;
using namespace rowlock;
using namespace rowlock::nn;

std::optional<ScatterReduction> nn::scatterReduction(StringRef name) {
  constexpr StringLiteral names[] = {"none", "add", "mul", "max", "min"};
  for (uint8_t code = 0; code < 5; ++code)
    if (name == names[code])
      return ScatterReduction(code);
  return std::nullopt;
}

static bool isIndex(Value value) {
  Type element = cast<RankedTensorType>(value.getType()).getElementType();
  return element.isSignlessInteger(32) || element.isSignlessInteger(64);
}

static Type elementOf(Value value) {
  return cast<RankedTensorType>(value.getType()).getElementType();
}

/// C1 and C2 of the gathers, and equal element types (C3).
template <typename Op> static LogicalResult checkGather(Op op) {
  RankedTensorType input = op.getInput().getType();
  if (failed(checkAxis(op, "C1", op.getAxis(), input.getRank())))
    return failure();
  if (!isIndex(op.getIndices()))
    return op.emitOpError("C2: the indices are neither i32 nor i64");
  if (input.getDimSize(op.getAxis()) < 1 &&
      op.getIndices().getType().getNumElements() > 0)
    return op.emitOpError("C1: the dimension has no elements");
  if (elementOf(op.getInput()) != elementOf(op.getResult()))
    return op.emitOpError("C3: input and result differ in element type");
  return success();
}

LogicalResult GatherOp::verify() {
  if (failed(checkGather(*this)))
    return failure();
  ArrayRef<int64_t> in = getInput().getType().getShape();
  ArrayRef<int64_t> indices = getIndices().getType().getShape();
  SmallVector<int64_t> expected(in.take_front(getAxis()));
  expected.append(indices.begin(), indices.end());
  expected.append(in.begin() + getAxis() + 1, in.end());
  return checkShape(*this, "C3", "result", getResult(), expected);
}

LogicalResult GatherElementsOp::verify() {
  if (failed(checkGather(*this)))
    return failure();
  ArrayRef<int64_t> in = getInput().getType().getShape();
  ArrayRef<int64_t> indices = getIndices().getType().getShape();
  bool fits = in.size() == indices.size();
  for (size_t d = 0; fits && d < in.size(); ++d)
    fits = d == getAxis() || indices[d] <= in[d];
  if (!fits)
    return emitOpError() << "C2: indices of shape [" << indices
                         << "] for an input of [" << in << "]";
  return checkShape(*this, "C3", "result", getResult(), indices);
}

LogicalResult ScatterNDOp::verify() {
  ArrayRef<int64_t> in = getInput().getType().getShape();
  ArrayRef<int64_t> indices = getIndices().getType().getShape();
  if (!elementOf(getIndices()).isSignlessInteger(64) || indices.empty() ||
      indices.back() > int64_t(in.size()) || indices.back() < 0)
    return emitOpError() << "C1: indices of shape [" << indices
                         << "] for an input of [" << in << "]";
  if (elementOf(getInput()) != elementOf(getUpdates()) ||
      elementOf(getInput()) != elementOf(getResult()) ||
      isQuantized(getInput()))
    return emitOpError("C2: the element types differ or are quantised");
  SmallVector<int64_t> expected(indices.drop_back());
  expected.append(in.begin() + indices.back(), in.end());
  if (failed(checkShape(*this, "C1", "updates", getUpdates(), expected)) ||
      failed(checkShape(*this, "C2", "result", getResult(), in)))
    return failure();
  if (getUpdates().getType().getNumElements() > 0 &&
      llvm::is_contained(in.take_front(indices.back()), 0))
    return emitOpError("C2: a dimension that is indexed has no elements");
  auto reduction = scatterReduction(getReduction());
  if (!reduction || (*reduction != ScatterReduction::None &&
                     elementOf(getInput()).isInteger(1)))
    return emitOpError() << "C3: no reduction '" << getReduction() << "' of "
                         << elementOf(getInput());
  return success();
}

LogicalResult ResampleOp::verify() {
  RankedTensorType input = getInput().getType();
  if (failed(checkAxis(*this, "C1", getAxis(), input.getRank())))
    return failure();
  auto indices = getIntegers(getConstant(getIndices()));
  ArrayRef<int64_t> shape = getIndices().getType().getShape();
  if (!indices || !getConstant(getWeights()) ||
      !elementOf(getIndices()).isSignlessInteger(64) ||
      !isFloat(getWeights()) || shape.size() != 2 || shape[1] < 1)
    return emitOpError("C2: indices and weights are no constants of i64 and "
                       "f32, of rank 2");
  for (int64_t index : *indices)
    if (index < 0 || index >= input.getDimSize(getAxis()))
      return emitOpError() << "C2: the input has no line " << index;
  if (failed(checkShape(*this, "C2", "weights", getWeights(), shape)))
    return failure();
  if (!isFloat(getInput()) || !isFloat(getResult()))
    return emitOpError("C3: input and result must be f32");
  SmallVector<int64_t> expected(input.getShape());
  expected[getAxis()] = shape[0];
  return checkShape(*this, "C3", "result", getResult(), expected);
}

LogicalResult TopKOp::verify() {
  RankedTensorType input = getInput().getType();
  RankedTensorType result = getResult().getType();
  if (failed(checkAxis(*this, "C1", getAxis(), input.getRank())))
    return failure();
  if (isQuantized(getInput()) || elementOf(getInput()).isInteger(1))
    return emitOpError("C3: the input is quantised or i1");
  if (!result.getElementType().isSignlessInteger(64) ||
      result.getRank() != input.getRank() ||
      result.getDimSize(getAxis()) > input.getDimSize(getAxis()))
    return emitOpError() << "C2: " << result << " holds no indices of "
                         << input;
  SmallVector<int64_t> expected(input.getShape());
  expected[getAxis()] = result.getDimSize(getAxis());
  return checkShape(*this, "C2", "result", getResult(), expected);
}

LogicalResult NonMaxSuppressionOp::verify() {
  ArrayRef<int64_t> boxes = getBoxes().getType().getShape();
  ArrayRef<int64_t> scores = getScores().getType().getShape();
  if (!isFloat(getBoxes()) || !isFloat(getScores()) || boxes.size() != 3 ||
      scores.size() != 3 || boxes[2] != 4 || boxes[0] != scores[0] ||
      boxes[1] != scores[2])
    return emitOpError() << "C1: boxes of [" << boxes << "] and scores of ["
                         << scores << "]";
  RankedTensorType result = getResult().getType();
  if (!result.getElementType().isSignlessInteger(64) || result.getRank() != 2 ||
      result.getDimSize(1) != 3)
    return emitOpError("C2: the result is not i64 of shape N x 3");
  if (int64_t(getMost()) < 0)
    return emitOpError() << "C3: most is " << int64_t(getMost());
  return success();
}
