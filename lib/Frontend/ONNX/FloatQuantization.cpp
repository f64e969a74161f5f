//===- FloatQuantization.cpp - Quantisation as float operations -----------===//
#include "FloatQuantization.h"

#include "Elements.h"
#include "Movement.h"
#include "Types.h"

using namespace mlir;
using namespace rowlock;

/// One element for each of the `shape`'s, where `value` has one for every block
/// along the axis.
static FailureOr<Value> spread(Node &node, Value value, ArrayRef<int64_t> shape,
                               int64_t axis, int64_t block) {
  SmallVector<int64_t> blocks(shape), repeated(shape);
  blocks[axis] = (shape[axis] + block - 1) / block;
  if (shapeOf(value) != ArrayRef<int64_t>(blocks))
    return node.error() << "scales or zero points of shape [" << shapeOf(value)
                        << "], expected [" << blocks << "] for blocks of "
                        << block;
  blocks.insert(blocks.begin() + axis + 1, 1);
  Value apart = node.reshape(value, blocks);
  blocks[axis + 1] = block;
  repeated[axis] = blocks[axis] * block;
  auto all = makeBroadcast(node, apart, blocks);
  if (failed(all))
    return failure();
  return makeSlice(node, node.reshape(*all, repeated), axis, 0, shape[axis]);
}

/// Scale or zero point `position` in f32, so that it broadcasts to `shape`.
static FailureOr<Value> parameter(Node &node, int position,
                                  ArrayRef<int64_t> shape, int64_t block) {
  auto value = node.value(position);
  auto given = node.integer("axis", 1, -8, 7);
  if (failed(value) || failed(given))
    return failure();
  Value real = node.cast(*value, node.builder().getF32Type());
  auto held = cast<RankedTensorType>(value->getType());
  if (!block && held.getNumElements() == 1)
    return node.reshape(real, {});
  auto axis = node.axis(*given, int64_t(shape.size()));
  if (failed(axis))
    return failure();
  if (block)
    return spread(node, real, shape, *axis, block);
  if (held.getRank() != 1 || held.getDimSize(0) != shape[*axis])
    return node.error() << "scales or zero points of shape [" << held.getShape()
                        << "] for a dimension of size " << shape[*axis];
  SmallVector<int64_t> line(shape.size(), 1);
  line[*axis] = shape[*axis];
  return node.reshape(real, line);
}

FailureOr<Value> rowlock::dequantizeInFloat(Node &node, int64_t block) {
  auto stored = node.value(0);
  if (failed(stored))
    return failure();
  Value real = node.cast(*stored, node.builder().getF32Type());
  auto scale = parameter(node, 1, shapeOf(real), block);
  if (failed(scale))
    return failure();
  if (node.has(2)) {
    auto zero = parameter(node, 2, shapeOf(real), block);
    if (failed(zero))
      return failure();
    real = makeBinary(node, BinaryFunction::Sub, real, *zero);
  }
  return makeBinary(node, BinaryFunction::Mul, real, *scale);
}

FailureOr<Value> rowlock::quantizeInFloat(Node &node, int64_t block,
                                          std::optional<DataType> stored) {
  auto input = node.real(0);
  auto saturate = node.integer("saturate", 1, 0, 1);
  if (failed(input) || failed(saturate))
    return failure();
  auto scale = parameter(node, 1, shapeOf(*input), block);
  if (failed(scale))
    return failure();
  Type element = elementType(node.builder().getContext(),
                             stored.value_or(DataType::UInt8));
  if (node.has(2)) {
    auto zero = node.value(2);
    if (failed(zero))
      return failure();
    element = elementOf(*zero);
  }
  Value real = makeBinary(node, BinaryFunction::Div, *input, *scale);
  if (isa<IntegerType>(element))
    real = makeUnary(node, UnaryFunction::Round, real);
  if (node.has(2)) {
    auto zero = parameter(node, 2, shapeOf(real), block);
    if (failed(zero))
      return failure();
    real = makeBinary(node, BinaryFunction::Add, real, *zero);
  }
  return node.cast(real, element, *saturate);
}
