//===- ElementwiseHandlers.cpp - Add, Sum, Mul, Clip, Relu ----------------===//
#include "Layers.h"

#include "rowlock/Dialect/NN/IR/Shapes.h"

#include <cmath>

using namespace mlir;
using namespace rowlock;

/// The sum or product of two values, not defined yet; null after an error.
template <typename Op>
static Value makeBinary(Node &node, Value lhs, Value rhs) {
  auto shape = nn::broadcastShapes(shapeOf(lhs), shapeOf(rhs));
  if (!shape) {
    node.error() << "shapes [" << shapeOf(lhs) << "] and [" << shapeOf(rhs)
                 << "] do not broadcast";
    return {};
  }
  auto type = node.type(*shape);
  if (failed(type))
    return {};
  OpBuilder &b = node.builder();
  if constexpr (std::is_same_v<Op, nn::AddOp>)
    return nn::AddOp::create(b, node.loc(), *type, lhs, rhs,
                             DenseI64ArrayAttr(), nn::RescaleAttr(),
                             nn::ClipAttr());
  else
    return Op::create(b, node.loc(), *type, lhs, rhs, nn::RescaleAttr());
}

FailureOr<Value> rowlock::makeSum(Node &node, Value lhs, Value rhs) {
  Value sum = makeBinary<nn::AddOp>(node, lhs, rhs);
  if (!sum)
    return failure();
  return sum;
}

FailureOr<Value> rowlock::makeProduct(Node &node, Value lhs, Value rhs) {
  Value product = makeBinary<nn::MulOp>(node, lhs, rhs);
  if (!product)
    return failure();
  return product;
}

template <typename Op> static LogicalResult importBinary(Node &node) {
  auto lhs = node.real(0);
  if (failed(lhs))
    return failure();
  auto rhs = node.real(1);
  if (failed(rhs))
    return failure();
  Value result = makeBinary<Op>(node, *lhs, *rhs);
  return result ? node.define(result) : failure();
}

/// Up to opset 6 the second operand lies along `axis` and broadcasts on
/// request.
template <typename Op> static LogicalResult importBinary1(Node &node) {
  auto axis = node.integer("axis", -1, -8, 8);
  if (failed(axis))
    return failure();
  if (!node.attribute("axis"))
    return importBinary<Op>(node);
  auto lhs = node.real(0);
  if (failed(lhs))
    return failure();
  auto rhs = node.real(1);
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
  Value result = makeBinary<Op>(node, *lhs, node.reshape(*rhs, shape));
  return result ? node.define(result) : failure();
}

static LogicalResult importSum(Node &node) {
  if (node.operands() == 1)
    return node.alias(0);
  auto sum = node.real(0);
  if (failed(sum))
    return failure();
  for (int k = 1; k < node.operands(); ++k) {
    auto next = node.real(k);
    if (failed(next))
      return failure();
    sum = makeBinary<nn::AddOp>(node, *sum, *next);
    if (!*sum)
      return failure();
  }
  return node.define(*sum);
}

static LogicalResult makeClip(Node &node, float low, float high) {
  if (!(low <= high))
    return node.error() << "the least value " << low
                        << " is above the greatest " << high;
  auto input = node.real(0);
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

llvm::ArrayRef<HandlerEntry> rowlock::elementwiseHandlers() {
  static const HandlerEntry entries[] = {
      {"Add", 1, importBinary1<nn::AddOp>,
       "`nn.add`, a bias where it can be one", "host"},
      {"Add", 7, importBinary<nn::AddOp>,
       "`nn.add`, a bias where it can be one", "host"},
      {"Sum", 1, importSum, "`nn.add`", "host"},
      {"Mul", 1, importBinary1<nn::MulOp>,
       "`nn.mul`, a part of the convolution before where it can be one",
       "host"},
      {"Mul", 7, importBinary<nn::MulOp>,
       "`nn.mul`, a part of the convolution before where it can be one",
       "host"},
      {"Relu", 1, importRelu,
       "`nn.clip`, a part of the layer before where it can be one", "host"},
      {"Clip", 6, importClip6,
       "`nn.clip`, a part of the layer before where it can be one", "host"},
      {"Clip", 11, importClip11,
       "`nn.clip`, a part of the layer before where it can be one", "host"}};
  return entries;
}
