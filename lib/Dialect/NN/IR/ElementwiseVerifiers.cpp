//===- ElementwiseVerifiers.cpp - Constants and elementwise layers --------===//
#include "VerifierUtils.h"

#include "rowlock/Dialect/NN/IR/Shapes.h"

#include "mlir/Dialect/Utils/IndexingUtils.h"

using namespace mlir;
using namespace rowlock;
using namespace rowlock::nn;

LogicalResult ConstantOp::verify() {
  auto value = cast<ShapedType>(getValue().getType());
  RankedTensorType result = getResult().getType();
  if (value.getShape() != result.getShape())
    return emitOpError() << "C1: value has shape [" << value.getShape()
                         << "], the result [" << result.getShape() << "]";
  Type stored = result.getElementType();
  if (auto type = dyn_cast<quant::QuantizedType>(stored))
    stored = type.getStorageType();
  auto storedInt = dyn_cast<IntegerType>(stored);
  auto valueInt = dyn_cast<IntegerType>(value.getElementType());
  bool same = storedInt && valueInt
                  ? storedInt.getWidth() == valueInt.getWidth()
                  : stored == value.getElementType();
  if (!same)
    return emitOpError() << "C2: value holds " << value.getElementType()
                         << ", the result " << stored;
  return success();
}

/// C1 of add and mul, and that operands and result are quantised or none is.
template <typename Op> static LogicalResult checkBroadcast(Op op) {
  auto shape = broadcastShapes(op.getLhs().getType().getShape(),
                               op.getRhs().getType().getShape());
  if (!shape)
    return op.emitOpError()
           << "C1: shapes [" << op.getLhs().getType().getShape() << "] and ["
           << op.getRhs().getType().getShape() << "] do not broadcast";
  if (failed(checkShape(op, "C1", "result", op.getResult(), *shape)))
    return failure();
  bool quantized = isQuantized(op.getLhs());
  if (quantized != isQuantized(op.getRhs()) ||
      quantized != isQuantized(op.getResult()))
    return op.emitOpError("C2: operands and result are not all quantised");
  return success();
}

LogicalResult AddOp::verify() {
  if (failed(checkBroadcast(*this)))
    return failure();
  bool quantized = isQuantized(getLhs());
  auto multipliers = getMultipliers();
  if (quantized != multipliers.has_value() ||
      quantized != bool(getRescaleAttr()) ||
      (quantized && getRescaleAttr().getMultipliers().size() != 1))
    return emitOpError("C2: a quantised sum has multipliers and a rescale of "
                       "one entry, a float one neither");
  if (!multipliers)
    return checkElements(*this, "C2");
  if (failed(checkList(*this, "C2", "multipliers", *multipliers, 2, 0)))
    return failure();
  for (int64_t multiplier : *multipliers)
    if (multiplier > (1 << 22))
      return emitOpError() << "C2: multiplier " << multiplier
                           << " exceeds 2^22";
  return success();
}

LogicalResult MulOp::verify() {
  if (failed(checkBroadcast(*this)))
    return failure();
  bool quantized = isQuantized(getLhs());
  if (quantized != bool(getRescaleAttr()) ||
      (quantized && getRescaleAttr().getMultipliers().size() != 1))
    return emitOpError("C2: a quantised product has a rescale of one entry, a "
                       "float one none");
  return checkElements(*this, "C2");
}

static LogicalResult checkSameShape(Operation *op) {
  return checkShape(
      op, "C1", "result", op->getResult(0),
      cast<RankedTensorType>(op->getOperand(0).getType()).getShape());
}

LogicalResult ClipOp::verify() {
  if (failed(checkSameShape(*this)))
    return failure();
  if (isQuantized(getInput()) != isQuantized(getResult()) ||
      isQuantized(getInput()) == bool(getActivationAttr()))
    return emitOpError(
        "C2: a float clip has an activation, a quantised one has not");
  auto input = dyn_cast<quant::UniformQuantizedType>(
      getInput().getType().getElementType());
  auto result = dyn_cast<quant::UniformQuantizedType>(
      getResult().getType().getElementType());
  if (input && result &&
      (input.getScale() != result.getScale() ||
       input.getZeroPoint() != result.getZeroPoint()))
    return emitOpError("C3: input and result differ in scale or zero point");
  return checkElements(*this, "C3");
}

LogicalResult ReshapeOp::verify() {
  RankedTensorType input = getInput().getType(), result = getResult().getType();
  if (input.getNumElements() != result.getNumElements())
    return emitOpError() << "C1: " << input.getNumElements()
                         << " elements do not fill shape [" << result.getShape()
                         << "]";
  if (input.getElementType() != result.getElementType())
    return emitOpError() << "C2: element type " << input.getElementType()
                         << " becomes " << result.getElementType();
  return success();
}

LogicalResult ConcatOp::verify() {
  ArrayRef<int64_t> shape = getResult().getType().getShape();
  int64_t axis = getAxis(), rank = int64_t(shape.size());
  if (getInputs().empty())
    return emitOpError("C1: there is no input");
  if (axis < 0 || axis >= rank)
    return emitOpError() << "C1: axis " << axis << " is not between 0 and "
                         << rank - 1;
  SmallVector<int64_t> expected(shape);
  expected[axis] = 0;
  for (Value input : getInputs()) {
    ArrayRef<int64_t> sizes =
        cast<RankedTensorType>(input.getType()).getShape();
    bool agrees = int64_t(sizes.size()) == rank;
    for (int64_t d = 0; agrees && d < rank; ++d)
      agrees = d == axis || sizes[d] == shape[d];
    if (!agrees)
      return emitOpError() << "C2: an input has shape [" << sizes
                           << "], the result [" << shape << "] on axis "
                           << axis;
    expected[axis] += sizes[axis];
  }
  if (failed(checkShape(*this, "C2", "result", getResult(), expected)))
    return failure();
  bool quantized = isQuantized(getResult());
  if (quantized != bool(getRescaleAttr()) ||
      (quantized &&
       getRescaleAttr().getMultipliers().size() != getInputs().size()))
    return emitOpError("C3: quantised tensors have a rescale with one entry "
                       "for each input, others none");
  for (Value input : getInputs())
    if (quantized ? !isQuantized(input)
                  : cast<RankedTensorType>(input.getType()).getElementType() !=
                        getResult().getType().getElementType())
      return emitOpError("C3: the element types differ");
  return success();
}

LogicalResult TransposeOp::verify() {
  RankedTensorType input = getInput().getType();
  ArrayRef<int64_t> permutation = getPermutation();
  if (int64_t(permutation.size()) != input.getRank() ||
      !isPermutationVector(permutation))
    return emitOpError() << "C1: [" << permutation
                         << "] is no permutation of the " << input.getRank()
                         << " dimensions";
  if (input.getElementType() != getResult().getType().getElementType())
    return emitOpError() << "C2: element type " << input.getElementType()
                         << " becomes "
                         << getResult().getType().getElementType();
  return checkShape(*this, "C2", "result", getResult(),
                    applyPermutation(input.getShape(), permutation));
}

LogicalResult BatchNormOp::verify() {
  RankedTensorType input = getInput().getType();
  if (input.getRank() < 2 || input != getResult().getType() ||
      !input.getElementType().isF32())
    return emitOpError("C1: the result's type is not the input's, f32 of rank "
                       "2 or more");
  for (Value operand : getOperands().drop_front())
    if (failed(checkShape(*this, "C1", "parameter", operand,
                          {input.getDimSize(1)})))
      return failure();
  return checkElements(*this, "C1");
}

LogicalResult SoftmaxOp::verify() {
  if (failed(checkSameShape(*this)))
    return failure();
  int64_t axis = getAxis(), rank = getInput().getType().getRank();
  if (axis < 0 || axis >= rank)
    return emitOpError() << "C2: axis " << axis << " is not between 0 and "
                         << rank - 1;
  if (!isFloat(getInput()) || !isFloat(getResult()))
    return emitOpError("C1: input and result must be f32");
  return success();
}

LogicalResult LRNOp::verify() {
  if (failed(checkSameShape(*this)))
    return failure();
  if (getInput().getType().getRank() < 2 || !isFloat(getInput()) ||
      !isFloat(getResult()))
    return emitOpError("C1: input and result must be f32 of rank 2 or more");
  if (int64_t(getSize()) < 1)
    return emitOpError() << "C2: size is " << int64_t(getSize()) << ", below 1";
  return success();
}

LogicalResult QuantizeOp::verify() {
  if (!getInput().getType().getElementType().isF32() ||
      !isQuantized(getResult()))
    return emitOpError("C1: input must be f32 and result quantised");
  return checkSameShape(*this);
}

LogicalResult DequantizeOp::verify() {
  if (!isQuantized(getInput()) ||
      !getResult().getType().getElementType().isF32())
    return emitOpError("C1: input must be quantised and result f32");
  return checkSameShape(*this);
}
