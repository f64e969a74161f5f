//===- BlockQuantization.cpp - Scales of blocks ---------------------------===//
#include "BlockQuantization.h"

#include "Types.h"

using namespace mlir;
using namespace rowlock;

/// One element for each of the `shape`'s, where operand `position` has one for
/// every block along the axis; as f32.
static FailureOr<Value> spread(Node &node, int position,
                               ArrayRef<int64_t> shape, int64_t block) {
  auto value = node.value(position);
  auto given = node.integer("axis", 1, -8, 7);
  if (failed(value) || failed(given))
    return failure();
  auto axis = node.axis(*given, int64_t(shape.size()));
  if (failed(axis))
    return failure();
  SmallVector<int64_t> blocks(shape), repeated(shape);
  blocks[*axis] = (shape[*axis] + block - 1) / block;
  if (shapeOf(*value) != ArrayRef<int64_t>(blocks))
    return node.error() << "operand " << position << " has shape ["
                        << shapeOf(*value) << "], expected [" << blocks
                        << "] for blocks of " << block;
  OpBuilder &b = node.builder();
  Value real = node.cast(*value, b.getF32Type());
  blocks.insert(blocks.begin() + *axis + 1, 1);
  Value apart = node.reshape(real, blocks);
  blocks[*axis + 1] = block;
  auto type = node.type(blocks, b.getF32Type());
  if (failed(type))
    return failure();
  repeated[*axis] = blocks[*axis] * block;
  Value all = node.reshape(nn::BroadcastOp::create(b, node.loc(), *type, apart),
                           repeated);
  SmallVector<int64_t> starts(shape.size(), 0), strides(shape.size(), 1);
  if (repeated[*axis] == shape[*axis])
    return all;
  return Value(nn::SliceOp::create(
      b, node.loc(), RankedTensorType::get(shape, b.getF32Type()), all,
      b.getDenseI64ArrayAttr(starts), b.getDenseI64ArrayAttr(strides)));
}

static Value binary(Node &node, StringRef function, Value lhs, Value rhs) {
  return nn::BinaryOp::create(node.builder(), node.loc(), lhs.getType(), lhs,
                              rhs, node.builder().getStringAttr(function));
}

LogicalResult rowlock::dequantizeBlocks(Node &node, int64_t block) {
  auto stored = node.value(0);
  if (failed(stored))
    return failure();
  Value real = node.cast(*stored, node.builder().getF32Type());
  auto scale = spread(node, 1, shapeOf(real), block);
  if (failed(scale))
    return failure();
  if (node.has(2)) {
    auto zero = spread(node, 2, shapeOf(real), block);
    if (failed(zero))
      return failure();
    real = binary(node, "sub", real, *zero);
  }
  return node.define(binary(node, "mul", real, *scale));
}

LogicalResult rowlock::quantizeBlocks(Node &node, int64_t block,
                                      std::optional<DataType> stored) {
  auto input = node.real(0);
  if (failed(input))
    return failure();
  OpBuilder &b = node.builder();
  auto scale = spread(node, 1, shapeOf(*input), block);
  if (failed(scale))
    return failure();
  Type element = elementType(b.getContext(), stored.value_or(DataType::UInt8));
  Value real = nn::UnaryOp::create(
      b, node.loc(), input->getType(), binary(node, "div", *input, *scale),
      b.getStringAttr("round"), FloatAttr(), FloatAttr());
  if (node.has(2)) {
    auto zero = spread(node, 2, shapeOf(real), block);
    auto held = node.value(2);
    if (failed(zero) || failed(held))
      return failure();
    real = binary(node, "add", real, *zero);
    element = elementOf(*held);
  }
  // Casts saturate.
  return node.define(node.cast(real, element));
}
