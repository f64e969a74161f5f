//===- ElementwiseHandlers.cpp - Add, Clip, Relu, norms, Softmax ----------===//
#include "Node.h"

#include "rowlock/Dialect/NN/IR/Shapes.h"

#include <cmath>

using namespace mlir;
using namespace rowlock;

static LogicalResult importAdd(Node &node) {
  auto lhs = node.value(0);
  if (failed(lhs))
    return failure();
  auto rhs = node.value(1);
  if (failed(rhs))
    return failure();
  auto shape = nn::broadcastShapes(shapeOf(*lhs), shapeOf(*rhs));
  if (!shape)
    return node.error() << "the operands do not broadcast";
  auto type = node.type(*shape);
  if (failed(type))
    return failure();
  return node.define(nn::AddOp::create(node.builder(), node.loc(), *type, *lhs,
                                       *rhs, DenseI64ArrayAttr(),
                                       nn::RescaleAttr(), nn::ClipAttr()));
}

/// Up to opset 6 the second operand lies along `axis` and broadcasts on
/// request.
static LogicalResult importAdd1(Node &node) {
  auto axis = node.integer("axis", -1, -8, 8);
  if (failed(axis))
    return failure();
  if (!node.attribute("axis"))
    return importAdd(node);
  auto lhs = node.value(0);
  if (failed(lhs))
    return failure();
  auto rhs = node.value(1);
  if (failed(rhs))
    return failure();
  int64_t rank = int64_t(shapeOf(*lhs).size());
  auto first = node.axis(*axis, rank);
  if (failed(first))
    return failure();
  SmallVector<int64_t> shape(shapeOf(*rhs));
  if (*first + int64_t(shape.size()) > rank)
    return node.error() << "the second operand does not fit at axis " << *first;
  shape.append(rank - *first - int64_t(shape.size()), 1);
  if (!nn::broadcastShapes(shapeOf(*lhs), shape))
    return node.error() << "the operands do not broadcast";
  return node.define(
      nn::AddOp::create(node.builder(), node.loc(), (*lhs).getType(), *lhs,
                        node.reshape(*rhs, shape), DenseI64ArrayAttr(),
                        nn::RescaleAttr(), nn::ClipAttr()));
}

static LogicalResult makeClip(Node &node, float low, float high) {
  if (!(low <= high))
    return node.error() << "the least value " << low
                        << " is above the greatest " << high;
  auto input = node.value(0);
  if (failed(input))
    return failure();
  return node.define(nn::ClipOp::create(
      node.builder(), node.loc(), (*input).getType(), *input,
      nn::ClipAttr::get(node.builder().getContext(), low, high)));
}

static LogicalResult importRelu(Node &node) {
  return makeClip(node, 0, INFINITY);
}

static LogicalResult importClip6(Node &node) {
  auto low = node.number("min", -INFINITY), high = node.number("max", INFINITY);
  if (failed(low) || failed(high))
    return failure();
  return makeClip(node, *low, *high);
}

static LogicalResult importClip11(Node &node) {
  float bounds[] = {-INFINITY, INFINITY};
  for (int k = 0; k < 2; ++k) {
    if (!node.has(k + 1))
      continue;
    auto data = node.constant(k + 1, k ? "greatest value" : "least value");
    if (failed(data))
      return failure();
    if ((*data)->floats().size() != 1)
      return node.error() << "a bound is no float32 scalar";
    bounds[k] = (*data)->floats().front();
  }
  return makeClip(node, bounds[0], bounds[1]);
}

static LogicalResult importBatchNorm(Node &node) {
  auto epsilon = node.number("epsilon", 1e-5f);
  auto training = node.integer("training_mode", 0, 0, 1);
  if (failed(epsilon) || failed(training))
    return failure();
  if (*training)
    return node.error() << "training_mode is not supported";
  SmallVector<Value> operands;
  for (int k = 0; k < 5; ++k) {
    auto operand = k ? node.value(k, 1) : node.value(k);
    if (failed(operand))
      return failure();
    operands.push_back(*operand);
  }
  return node.define(nn::BatchNormOp::create(
      node.builder(), node.loc(), operands[0].getType(), operands[0],
      operands[1], operands[2], operands[3], operands[4],
      node.builder().getF32FloatAttr(*epsilon)));
}

static LogicalResult makeSoftmax(Node &node, Value input, int64_t axis) {
  return node.define(
      nn::SoftmaxOp::create(node.builder(), node.loc(), input.getType(), input,
                            node.builder().getI64IntegerAttr(axis)));
}

static LogicalResult importSoftmax13(Node &node) {
  auto input = node.value(0);
  auto axis = node.integer("axis", -1, -8, 7);
  if (failed(input) || failed(axis))
    return failure();
  auto normal = node.axis(*axis, int64_t(shapeOf(*input).size()));
  if (failed(normal))
    return failure();
  return makeSoftmax(node, *input, *normal);
}

/// Up to opset 12 all dimensions from `axis` on are one.
static LogicalResult importSoftmax1(Node &node) {
  auto input = node.value(0);
  auto axis = node.integer("axis", 1, -8, 7);
  if (failed(input) || failed(axis))
    return failure();
  SmallVector<int64_t> shape(shapeOf(*input));
  auto first = node.axis(*axis, int64_t(shape.size()));
  if (failed(first))
    return failure();
  bool single = true;
  int64_t outer = 1, inner = 1;
  for (int64_t d = 0; d < int64_t(shape.size()); ++d) {
    (d < *first ? outer : inner) *= shape[d];
    single &= d <= *first || shape[d] == 1;
  }
  if (single)
    return makeSoftmax(node, *input, *first);
  Value flat = node.reshape(*input, {outer, inner});
  Value softmax =
      nn::SoftmaxOp::create(node.builder(), node.loc(), flat.getType(), flat,
                            node.builder().getI64IntegerAttr(1));
  return node.define(node.reshape(softmax, shape));
}

llvm::ArrayRef<HandlerEntry> rowlock::elementwiseHandlers() {
  static const HandlerEntry entries[] = {
      {"Add", 1, importAdd1},
      {"Add", 7, importAdd},
      {"Relu", 1, importRelu},
      {"Clip", 6, importClip6},
      {"Clip", 11, importClip11},
      {"BatchNormalization", 7, importBatchNorm},
      {"Softmax", 1, importSoftmax1},
      {"Softmax", 13, importSoftmax13}};
  return entries;
}
