//===- MapVerifiers.cpp - Functions of elements, sums ---------------------===//
#include "VerifierUtils.h"

#include "rowlock/Dialect/NN/IR/Shapes.h"
#include "rowlock/Numerics/Functions.h"

using namespace mlir;
using namespace rowlock;
using namespace rowlock::nn;

static Type elementOf(Value value) {
  return cast<RankedTensorType>(value.getType()).getElementType();
}

static ArrayRef<int64_t> shapeOf(Value value) {
  return cast<RankedTensorType>(value.getType()).getShape();
}

/// Elements that are only cast and moved.
static bool isNarrow(Type element) {
  return isa<FloatType, IntegerType>(element) &&
         element.getIntOrFloatBitWidth() > 1 &&
         element.getIntOrFloatBitWidth() < (isa<FloatType>(element) ? 16u : 8u);
}

LogicalResult CastOp::verify() {
  Type input = elementOf(getInput()), result = elementOf(getResult());
  if (isQuantized(getInput()) && isQuantized(getResult()))
    return emitOpError("C2: input and result are quantised");
  // Signs of storage types stand in the quantised type.
  auto holds = [](Type type, Type stored) {
    auto quantized = dyn_cast<quant::QuantizedType>(type);
    auto integer = dyn_cast<IntegerType>(stored);
    return !quantized ||
           (integer &&
            integer.getWidth() == quantized.getStorageTypeIntegralWidth() &&
            integer.isUnsigned() != quantized.isSigned());
  };
  if (!holds(input, result) || !holds(result, input))
    return emitOpError() << "C2: " << input << " and " << result
                         << " do not hold the same integers";
  if (getSaturate() && !(isa<FloatType>(result) && isNarrow(result)))
    return emitOpError() << "C3: " << result << " is not saturated";
  return checkShape(*this, "C1", "result", getResult(), shapeOf(getInput()));
}

LogicalResult UnaryOp::verify() {
  if (getInput().getType() != getResult().getType() || isQuantized(getInput()))
    return emitOpError("C1: input and result differ in type or are quantised");
  auto function = unaryFunction(std::string_view(getFunction()));
  if (!function)
    return emitOpError() << "C2: there is no function '" << getFunction()
                         << "'";
  Type element = elementOf(getInput());
  bool truth = element.isInteger(1);
  bool takes = *function == UnaryFunction::Not    ? truth
               : *function <= UnaryFunction::Sign ? !truth
                                                  : isa<FloatType>(element);
  if (!takes || isNarrow(element))
    return emitOpError() << "C2: " << getFunction() << " takes no " << element;
  return success();
}

/// All operands broadcast to the result's shape.
static LogicalResult checkBroadcasts(Operation *op) {
  SmallVector<int64_t> shape;
  for (Value operand : op->getOperands()) {
    auto joined = broadcastShapes(shape, shapeOf(operand));
    if (!joined)
      return op->emitOpError() << "C1: shapes [" << shape << "] and ["
                               << shapeOf(operand) << "] do not broadcast";
    shape = *joined;
  }
  return checkShape(op, "C1", "result", op->getResult(0), shape);
}

LogicalResult BinaryOp::verify() {
  Type element = elementOf(getLhs());
  if (element != elementOf(getRhs()) || isQuantized(getLhs()))
    return emitOpError("C1: the operands differ in type or are quantised");
  if (failed(checkBroadcasts(*this)))
    return failure();
  auto function = binaryFunction(std::string_view(getFunction()));
  if (!function)
    return emitOpError() << "C3: there is no function '" << getFunction()
                         << "'";
  Type expected = isPredicate(*function)
                      ? Type(IntegerType::get(getContext(), 1))
                      : element;
  if (elementOf(getResult()) != expected)
    return emitOpError() << "C2: the result has elements of "
                         << elementOf(getResult()) << ", expected " << expected;
  bool truth = element.isInteger(1);
  bool takes = *function >= BinaryFunction::And     ? truth
               : *function == BinaryFunction::Equal ? true
                                                    : !truth;
  if (!takes || isNarrow(element))
    return emitOpError() << "C3: " << getFunction() << " takes no " << element;
  return success();
}

LogicalResult SelectOp::verify() {
  if (!elementOf(getCondition()).isInteger(1))
    return emitOpError("C1: the condition is not i1");
  if (elementOf(getLhs()) != elementOf(getRhs()) ||
      elementOf(getLhs()) != elementOf(getResult()) || isQuantized(getLhs()))
    return emitOpError("C2: values and result differ in type or are quantised");
  return checkBroadcasts(*this);
}

LogicalResult ReduceOp::verify() {
  auto function = reduceFunction(std::string_view(getFunction()));
  if (!function)
    return emitOpError() << "C3: there is no function '" << getFunction()
                         << "'";
  bool index = *function >= ReduceFunction::ArgMax;
  SmallVector<int64_t> shape(shapeOf(getInput()));
  int64_t last = -1;
  for (int64_t axis : getAxes()) {
    if (axis <= last || axis >= int64_t(shape.size()))
      return emitOpError() << "C1: axis " << axis
                           << " is none of the input's or out of order";
    last = axis;
    if (index && shape[axis] < 1)
      return emitOpError() << "C1: " << getFunction() << " of no elements";
    shape[axis] = 1;
  }
  if (index && getAxes().size() != 1)
    return emitOpError() << "C1: " << getFunction() << " along "
                         << getAxes().size() << " axes, expected 1";
  Type element = elementOf(getInput());
  Type expected = index ? Type(IntegerType::get(getContext(), 64)) : element;
  bool sums = *function <= ReduceFunction::Prod;
  if (elementOf(getResult()) != expected || isQuantized(getInput()) ||
      (sums && element.isInteger(1)) || isNarrow(element))
    return emitOpError() << "C3: " << getFunction() << " of " << element
                         << " gives no " << elementOf(getResult());
  return checkShape(*this, "C2", "result", getResult(), shape);
}

LogicalResult CumSumOp::verify() {
  if (getInput().getType() != getResult().getType() ||
      isQuantized(getInput()) || elementOf(getInput()).isInteger(1) ||
      isNarrow(elementOf(getInput())))
    return emitOpError("C1: input and result differ in type or hold no "
                       "numbers");
  return checkAxis(*this, "C2", getAxis(), getInput().getType().getRank());
}

LogicalResult TableOp::verify() {
  auto input = dyn_cast<quant::UniformQuantizedType>(elementOf(getInput()));
  auto result = dyn_cast<quant::UniformQuantizedType>(elementOf(getResult()));
  if (!input || !result || input.getStorageTypeIntegralWidth() != 8 ||
      result.getStorageTypeIntegralWidth() != 8)
    return emitOpError("C1: input and result are not quantised in 8 bits");
  if (getValues().size() != 256)
    return emitOpError() << "C2: " << getValues().size()
                         << " values, expected 256";
  for (int64_t value : getValues())
    if (value < result.getStorageTypeMin() ||
        value > result.getStorageTypeMax())
      return emitOpError() << "C2: value " << value
                           << " is outside of the storage range";
  return checkShape(*this, "C1", "result", getResult(), shapeOf(getInput()));
}
