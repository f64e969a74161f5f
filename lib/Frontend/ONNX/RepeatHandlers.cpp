//===- RepeatHandlers.cpp - Expand, Tile ----------------------------------===//
#include "Movement.h"

#include "rowlock/Dialect/NN/IR/Shapes.h"

using namespace mlir;
using namespace rowlock;

static LogicalResult importExpand(Node &node) {
  auto input = node.movable(0);
  auto shape = node.integers(1, "shape");
  if (failed(input) || failed(shape))
    return failure();
  // A size of 1 stays as it is.
  auto joint = nn::broadcastShapes(shapeOf(*input), *shape);
  if (!joint)
    return node.error() << "shapes [" << shapeOf(*input) << "] and ["
                        << ArrayRef<int64_t>(*shape) << "] do not broadcast";
  auto result = makeBroadcast(node, *input, *joint);
  return failed(result) ? failure() : node.define(*result);
}

/// The tensor `count` times one behind the other along an axis.
static FailureOr<Value> repeat(Node &node, Value input, int64_t axis,
                               int64_t count) {
  SmallVector<int64_t> shape(shapeOf(input));
  if (count == 1)
    return input;
  if (count < 0)
    return node.error() << "axis " << axis << " repeats " << count << " times";
  int64_t outer = 1, inner = 1;
  for (auto [d, size] : llvm::enumerate(shape))
    (int64_t(d) < axis ? outer : inner) *= size;
  if (shape[axis] && count > maxElements / shape[axis])
    return node.error() << "a tensor has more than " << maxElements
                        << " elements";
  shape[axis] *= count;
  if (failed(node.type(shape, elementOf(input))))
    return failure();
  auto repeated = makeBroadcast(node, node.reshape(input, {outer, 1, inner}),
                                {outer, count, inner});
  if (failed(repeated))
    return failure();
  return node.reshape(*repeated, shape);
}

static LogicalResult importTile6(Node &node) {
  auto input = node.movable(0);
  auto counts = node.integers(1, "repeats");
  if (failed(input) || failed(counts))
    return failure();
  if (counts->size() != shapeOf(*input).size())
    return node.error() << counts->size() << " repeats for a rank of "
                        << shapeOf(*input).size();
  FailureOr<Value> result = *input;
  for (size_t d = 0; d < counts->size() && succeeded(result); ++d)
    result = repeat(node, *result, int64_t(d), (*counts)[d]);
  return failed(result) ? failure() : node.define(*result);
}

static LogicalResult importTile1(Node &node) {
  auto input = node.movable(0);
  auto count = node.integers(1, "tiles"), axes = node.integers(2, "axis");
  if (failed(input) || failed(count) || failed(axes))
    return failure();
  if (count->size() != 1 || axes->size() != 1)
    return node.error() << "tiles and axis are no single numbers";
  auto axis = node.axis(axes->front(), int64_t(shapeOf(*input).size()));
  if (failed(axis))
    return failure();
  auto result = repeat(node, *input, *axis, count->front());
  return failed(result) ? failure() : node.define(*result);
}

llvm::ArrayRef<HandlerEntry> rowlock::repeatHandlers() {
  static const HandlerEntry entries[] = {
      {"Expand", 8, importExpand, "`nn.broadcast`", "host"},
      {"Tile", 1, importTile1, "`nn.broadcast` between reshapes", "host"},
      {"Tile", 6, importTile6, "`nn.broadcast` between reshapes", "host"}};
  return entries;
}
