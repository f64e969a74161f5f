//===- BlockQuantization.cpp - Scales of blocks ---------------------------===//
#include "BlockQuantization.h"

#include "Elements.h"
#include "Movement.h"
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
  repeated[*axis] = blocks[*axis] * block;
  auto all = makeBroadcast(node, apart, blocks);
  if (failed(all))
    return failure();
  return makeSlice(node, node.reshape(*all, repeated), *axis, 0, shape[*axis]);
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
    real = makeBinary(node, BinaryFunction::Sub, real, *zero);
  }
  return node.define(makeBinary(node, BinaryFunction::Mul, real, *scale));
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
  Value real = makeUnary(node, UnaryFunction::Round,
                         makeBinary(node, BinaryFunction::Div, *input, *scale));
  if (node.has(2)) {
    auto zero = spread(node, 2, shapeOf(real), block);
    auto held = node.value(2);
    if (failed(zero) || failed(held))
      return failure();
    real = makeBinary(node, BinaryFunction::Add, real, *zero);
    element = elementOf(*held);
  }
  // Casts saturate.
  return node.define(node.cast(real, element));
}
