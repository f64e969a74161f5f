//===- Movement.cpp - Operations that move elements -----------------------===//
#include "Movement.h"

#include "rowlock/Dialect/NN/IR/Shapes.h"

#include "mlir/Dialect/Utils/IndexingUtils.h"

using namespace mlir;
using namespace rowlock;

static RankedTensorType withShape(Value value, ArrayRef<int64_t> shape) {
  return RankedTensorType::get(shape, elementOf(value));
}

Value rowlock::makeSlice(Node &node, Value input, int64_t axis, int64_t start,
                         int64_t size, int64_t stride) {
  SmallVector<int64_t> shape(shapeOf(input));
  if (start == 0 && size == shape[axis] && stride == 1)
    return input;
  SmallVector<int64_t> starts(shape.size(), 0), strides(shape.size(), 1);
  shape[axis] = size;
  // Of one element, the distance to the next means nothing.
  starts[axis] = size ? start : 0;
  strides[axis] = size > 1 ? stride : 1;
  OpBuilder &b = node.builder();
  return nn::SliceOp::create(b, node.loc(), withShape(input, shape), input,
                             b.getDenseI64ArrayAttr(starts),
                             b.getDenseI64ArrayAttr(strides));
}

Value rowlock::makeTranspose(Node &node, Value input,
                             ArrayRef<int64_t> permutation) {
  if (isIdentityPermutation(permutation))
    return input;
  return nn::TransposeOp::create(
      node.builder(), node.loc(),
      withShape(input, applyPermutation(shapeOf(input), permutation)), input,
      node.builder().getDenseI64ArrayAttr(permutation));
}

FailureOr<Value> rowlock::makeBroadcast(Node &node, Value input,
                                        ArrayRef<int64_t> shape) {
  auto joint = nn::broadcastShapes(shapeOf(input), shape);
  if (!joint || ArrayRef<int64_t>(*joint) != shape)
    return node.error() << "shape [" << shapeOf(input)
                        << "] does not broadcast to [" << shape << "]";
  auto type = node.type(shape, elementOf(input));
  if (failed(type))
    return failure();
  if (*type == input.getType())
    return input;
  return Value(
      nn::BroadcastOp::create(node.builder(), node.loc(), *type, input));
}

FailureOr<Value> rowlock::makeGather(Node &node, Value input, Value indices,
                                     int64_t axis) {
  ArrayRef<int64_t> in = shapeOf(input);
  SmallVector<int64_t> shape(in.take_front(axis));
  llvm::append_range(shape, shapeOf(indices));
  llvm::append_range(shape, in.drop_front(axis + 1));
  auto type = node.type(shape, elementOf(input));
  if (failed(type))
    return failure();
  return Value(nn::GatherOp::create(node.builder(), node.loc(), *type, input,
                                    indices,
                                    node.builder().getI64IntegerAttr(axis)));
}

FailureOr<Value> rowlock::makeLines(Node &node, Value input,
                                    ArrayRef<int64_t> lines, int64_t axis) {
  return makeGather(node, input,
                    node.constantOf({int64_t(lines.size())}, lines), axis);
}
