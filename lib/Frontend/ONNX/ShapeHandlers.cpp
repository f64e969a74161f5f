//===- ShapeHandlers.cpp - Reshape, Flatten, Squeeze, Identity, ... -------===//
#include "Node.h"

using namespace mlir;
using namespace rowlock;

/// Operand 0 in another shape; a known tensor stays known.
static LogicalResult makeReshape(Node &node, ArrayRef<int64_t> shape) {
  if (auto data = node.known(0)) {
    TensorData result = *data;
    result.shape.assign(shape.begin(), shape.end());
    return node.define(std::move(result));
  }
  auto value = node.movable(0);
  if (failed(value))
    return failure();
  auto type = node.type(shape, elementOf(*value));
  if (failed(type))
    return failure();
  return node.define(
      nn::ReshapeOp::create(node.builder(), node.loc(), *type, *value));
}

static int64_t product(ArrayRef<int64_t> shape) {
  int64_t count = 1;
  for (int64_t size : shape)
    count *= size;
  return count;
}

static LogicalResult reshapeTo(Node &node, std::vector<int64_t> target,
                               bool zeroIsZero) {
  auto shape = node.shape(0);
  if (failed(shape))
    return failure();
  GraphState &graph = node.state();
  int64_t known = 1, open = -1;
  for (size_t d = 0; d < target.size(); ++d) {
    if (target[d] == 0 && !zeroIsZero) {
      if (d >= shape->size())
        return node.error()
               << "shape entry " << d << " is 0, but the operand has rank "
               << shape->size();
      target[d] = (*shape)[d];
    }
    if (target[d] == -1 && open < 0) {
      open = int64_t(d);
      continue;
    }
    if (target[d] < 0)
      return node.error() << "shape entry " << d << " is " << target[d];
    if (target[d] > 0 && known > maxElements / target[d])
      return node.error() << "a tensor has more than " << maxElements
                          << " elements";
    known *= target[d];
  }
  int64_t count = product(*shape);
  // A shape that was written for another batch keeps its meaning.
  bool rebatch = !node.known(0) && graph.batch != graph.oldBatch &&
                 !target.empty() && target[0] == graph.oldBatch && open != 0 &&
                 !shape->empty() && (*shape)[0] == graph.batch;
  if (rebatch && (open >= 0 || known * graph.batch == count * graph.oldBatch)) {
    known = known / target[0] * graph.batch;
    target[0] = graph.batch;
  }
  if (open >= 0) {
    if (known == 0)
      return node.error() << "shape entry " << open
                          << " is open beside a size of 0";
    if (count % known)
      return node.error() << count << " elements do not divide into " << known;
    target[open] = count / known;
    known *= target[open];
  }
  if (known != count)
    return node.error() << "the operand has " << count
                        << " elements, the new shape " << known;
  return makeReshape(node, target);
}

static LogicalResult importReshape5(Node &node) {
  auto shape = node.integers(1, "shape");
  auto zero = node.integer("allowzero", 0, 0, 1);
  if (failed(shape) || failed(zero))
    return failure();
  return reshapeTo(node, *shape, *zero);
}

static LogicalResult importReshape1(Node &node) {
  auto shape = node.integerList("shape", {}, 0, -1, maxElements);
  if (failed(shape))
    return failure();
  return reshapeTo(node, {shape->begin(), shape->end()}, false);
}

static LogicalResult importFlatten(Node &node) {
  auto shape = node.shape(0);
  auto axis = node.integer("axis", 1, -8, 8);
  if (failed(shape) || failed(axis))
    return failure();
  int64_t rank = int64_t(shape->size());
  int64_t split = *axis < 0 ? *axis + rank : *axis;
  if (split < 0 || split > rank)
    return node.error() << "axis " << *axis << " is outside a tensor of rank "
                        << rank;
  ArrayRef<int64_t> sizes = *shape;
  return makeReshape(node, {product(sizes.take_front(split)),
                            product(sizes.drop_front(split))});
}

/// Axes from operand 1 (opset 13) or the attribute.
static FailureOr<SmallVector<int64_t>> readAxes(Node &node) {
  if (node.state().opset < 13)
    return node.integerList("axes", {}, 0, -8, 7);
  if (!node.has(1))
    return SmallVector<int64_t>();
  auto axes = node.integers(1, "axes");
  if (failed(axes))
    return failure();
  return SmallVector<int64_t>(axes->begin(), axes->end());
}

static LogicalResult importSqueeze(Node &node) {
  auto shape = node.shape(0);
  auto axes = readAxes(node);
  if (failed(shape) || failed(axes))
    return failure();
  SmallVector<bool> drop(shape->size(), false);
  for (size_t d = 0; d < shape->size(); ++d)
    drop[d] = axes->empty() && (*shape)[d] == 1;
  for (int64_t axis : *axes) {
    auto normal = node.axis(axis, int64_t(shape->size()));
    if (failed(normal))
      return failure();
    if ((*shape)[*normal] != 1)
      return node.error() << "axis " << axis << " has size "
                          << (*shape)[*normal] << ", expected 1";
    drop[*normal] = true;
  }
  SmallVector<int64_t> result;
  for (size_t d = 0; d < shape->size(); ++d)
    if (!drop[d])
      result.push_back((*shape)[d]);
  return makeReshape(node, result);
}

static LogicalResult importUnsqueeze(Node &node) {
  auto shape = node.shape(0);
  auto axes = readAxes(node);
  if (failed(shape) || failed(axes))
    return failure();
  int64_t rank = int64_t(shape->size() + axes->size());
  SmallVector<bool> added(rank, false);
  for (int64_t axis : *axes) {
    auto normal = node.axis(axis, rank);
    if (failed(normal))
      return failure();
    if (added[*normal])
      return node.error() << "axis " << axis << " is given twice";
    added[*normal] = true;
  }
  SmallVector<int64_t> result;
  size_t next = 0;
  for (int64_t d = 0; d < rank; ++d)
    result.push_back(added[d] ? 1 : (*shape)[next++]);
  return makeReshape(node, result);
}

static LogicalResult importIdentity(Node &node) { return node.alias(0); }

llvm::ArrayRef<HandlerEntry> rowlock::shapeHandlers() {
  static const HandlerEntry entries[] = {
      {"Reshape", 1, importReshape1, "`nn.reshape`", "host, as a copy"},
      {"Reshape", 5, importReshape5, "`nn.reshape`", "host, as a copy"},
      {"Flatten", 1, importFlatten, "`nn.reshape`", "host, as a copy"},
      {"Squeeze", 1, importSqueeze, "`nn.reshape`", "host, as a copy"},
      {"Unsqueeze", 1, importUnsqueeze, "`nn.reshape`", "host, as a copy"},
      {"Identity", 1, importIdentity, "its operand", "nothing"}};
  return entries;
}
