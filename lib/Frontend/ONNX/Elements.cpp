//===- Elements.cpp - Building elementwise operations ---------------------===//
#include "Elements.h"

#include "rowlock/Dialect/NN/IR/Shapes.h"

using namespace mlir;
using namespace rowlock;

static StringRef nameOf(UnaryFunction function) {
  switch (function) {
#define ROWLOCK_UNARY(enumerator, name, code)                                  \
  case UnaryFunction::enumerator:                                              \
    return name;
#include "rowlock/Numerics/Functions.def"
  }
  return "";
}

static StringRef nameOf(BinaryFunction function) {
  switch (function) {
#define ROWLOCK_BINARY(enumerator, name, code)                                 \
  case BinaryFunction::enumerator:                                             \
    return name;
#include "rowlock/Numerics/Functions.def"
  }
  return "";
}

FailureOr<Value> rowlock::wideOperand(Node &node, int position) {
  auto value = node.value(position);
  if (failed(value))
    return failure();
  Type element = elementOf(*value);
  return element.isF16() || element.isBF16() ? node.real(position) : value;
}

Value rowlock::scalarOf(Node &node, float value, Type element) {
  return node.cast(node.constantOf({}, ArrayRef<float>(value)), element);
}

Value rowlock::makeUnary(Node &node, UnaryFunction function, Value input,
                         std::optional<float> alpha,
                         std::optional<float> beta) {
  OpBuilder &b = node.builder();
  return nn::UnaryOp::create(b, node.loc(), input.getType(), input,
                             b.getStringAttr(nameOf(function)),
                             alpha ? b.getF32FloatAttr(*alpha) : FloatAttr(),
                             beta ? b.getF32FloatAttr(*beta) : FloatAttr());
}

FailureOr<RankedTensorType>
rowlock::broadcastType(Node &node, ArrayRef<Value> operands, Type element) {
  SmallVector<int64_t> shape;
  for (Value operand : operands) {
    auto joined = nn::broadcastShapes(shape, shapeOf(operand));
    if (!joined)
      return node.error() << "shapes [" << shape << "] and ["
                          << shapeOf(operand) << "] do not broadcast";
    shape = *joined;
  }
  return node.type(shape, element);
}

Value rowlock::makeBinary(Node &node, BinaryFunction function, Value lhs,
                          Value rhs) {
  if (!lhs || !rhs)
    return {};
  OpBuilder &b = node.builder();
  if (elementOf(lhs) != elementOf(rhs)) {
    node.error() << "operands have elements of types " << elementOf(lhs)
                 << " and " << elementOf(rhs);
    return {};
  }
  auto type = broadcastType(
      node, {lhs, rhs}, isPredicate(function) ? b.getI1Type() : elementOf(lhs));
  if (failed(type))
    return {};
  return nn::BinaryOp::create(b, node.loc(), *type, lhs, rhs,
                              b.getStringAttr(nameOf(function)));
}

Value rowlock::makeBinary(Node &node, BinaryFunction function, Value lhs,
                          float rhs) {
  return lhs ? makeBinary(node, function, lhs,
                          scalarOf(node, rhs, elementOf(lhs)))
             : lhs;
}

Value rowlock::makeSelect(Node &node, Value condition, Value lhs, Value rhs) {
  if (!condition || !lhs || !rhs)
    return {};
  auto type = broadcastType(node, {condition, lhs, rhs}, elementOf(lhs));
  if (failed(type))
    return {};
  return nn::SelectOp::create(node.builder(), node.loc(), *type, condition, lhs,
                              rhs);
}

Value rowlock::makeReduce(Node &node, StringRef function, Value input,
                          ArrayRef<int64_t> axes, bool selectLast) {
  if (!input)
    return {};
  OpBuilder &b = node.builder();
  SmallVector<int64_t> shape(shapeOf(input));
  for (int64_t axis : axes)
    shape[axis] = 1;
  bool index = function.starts_with("arg_");
  auto type = RankedTensorType::get(shape, index ? Type(b.getI64Type())
                                                 : elementOf(input));
  return nn::ReduceOp::create(
      b, node.loc(), type, input, b.getStringAttr(function),
      b.getDenseI64ArrayAttr(axes), selectLast ? b.getUnitAttr() : UnitAttr());
}

int64_t rowlock::countAlong(Value value, ArrayRef<int64_t> axes) {
  int64_t count = 1;
  for (int64_t axis : axes)
    count *= shapeOf(value)[axis];
  return count;
}

Value rowlock::makeMean(Node &node, Value input, ArrayRef<int64_t> axes) {
  if (!input)
    return {};
  // Exact where a float of 24 bits is not: counts are cast from i64.
  Value count =
      node.cast(node.constantOf({}, ArrayRef<int64_t>(countAlong(input, axes))),
                elementOf(input));
  return makeBinary(node, BinaryFunction::Div,
                    makeReduce(node, "sum", input, axes), count);
}

FailureOr<Value> rowlock::alignToAxis(Node &node, Value lhs, Value rhs) {
  if (node.state().opset >= 7 || !node.attribute("axis"))
    return rhs;
  auto axis = node.integer("axis", -1, -8, 8);
  if (failed(axis))
    return failure();
  int64_t rank = int64_t(shapeOf(lhs).size());
  auto first = node.axis(*axis, rank);
  if (failed(first))
    return failure();
  SmallVector<int64_t> shape(shapeOf(rhs));
  if (*first + int64_t(shape.size()) > rank)
    return node.error() << "the second operand does not fit at axis " << *first;
  shape.append(rank - *first - int64_t(shape.size()), 1);
  return node.reshape(rhs, shape);
}
