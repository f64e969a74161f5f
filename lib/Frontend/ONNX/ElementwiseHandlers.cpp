//===- ElementwiseHandlers.cpp - Add, Sum, Sub, Mul, Div, Clip, Relu ------===//
//
// What can be quantised: on f32 they are layers, on other types nn.binary.
//
//===----------------------------------------------------------------------===//
#include "Elements.h"
#include "Layers.h"

#include <cmath>

using namespace mlir;
using namespace rowlock;

/// The sum or product of two values, not defined yet; null after an error.
static Value makeLayer(Node &node, BinaryFunction function, Value lhs,
                       Value rhs) {
  if (!elementOf(lhs).isF32() || !elementOf(rhs).isF32())
    return makeBinary(node, function, lhs, rhs);
  OpBuilder &b = node.builder();
  auto type = broadcastType(node, {lhs, rhs}, b.getF32Type());
  if (failed(type))
    return {};
  if (function == BinaryFunction::Add)
    return nn::AddOp::create(b, node.loc(), *type, lhs, rhs,
                             DenseI64ArrayAttr(), nn::RescaleAttr(),
                             nn::ClipAttr());
  return nn::MulOp::create(b, node.loc(), *type, lhs, rhs, nn::RescaleAttr());
}

FailureOr<Value> rowlock::makeSum(Node &node, Value lhs, Value rhs) {
  Value sum = makeLayer(node, BinaryFunction::Add, lhs, rhs);
  if (!sum)
    return failure();
  return sum;
}

FailureOr<Value> rowlock::makeProduct(Node &node, Value lhs, Value rhs) {
  Value product = makeLayer(node, BinaryFunction::Mul, lhs, rhs);
  if (!product)
    return failure();
  return product;
}

/// Both operands, the second aligned; or failure.
static FailureOr<std::pair<Value, Value>> readPair(Node &node) {
  auto lhs = wideOperand(node, 0);
  if (failed(lhs))
    return failure();
  auto rhs = wideOperand(node, 1);
  if (failed(rhs))
    return failure();
  rhs = alignToAxis(node, *lhs, *rhs);
  if (failed(rhs))
    return failure();
  return std::pair<Value, Value>(*lhs, *rhs);
}

template <BinaryFunction F> static LogicalResult importLayer(Node &node) {
  auto pair = readPair(node);
  Value result =
      succeeded(pair) ? makeLayer(node, F, pair->first, pair->second) : Value();
  return result ? node.define(result) : failure();
}

/// x - c is x + (-c).
static LogicalResult importSub(Node &node) {
  auto pair = readPair(node);
  if (failed(pair))
    return failure();
  auto [lhs, rhs] = *pair;
  Value result = node.known(1) && elementOf(rhs).isF32()
                     ? makeLayer(node, BinaryFunction::Add, lhs,
                                 makeUnary(node, UnaryFunction::Neg, rhs))
                     : makeBinary(node, BinaryFunction::Sub, lhs, rhs);
  return result ? node.define(result) : failure();
}

/// Reciprocals are taken of ordinary numbers only: those of others are 0 or
/// infinite.
static bool hasReciprocals(Node &node, int position) {
  auto data = node.known(position);
  if (!data || data->type != DataType::Float32)
    return false;
  for (float value : data->floats())
    if (!(std::fabs(value) > 1e-30f && std::fabs(value) < 1e30f))
      return false;
  return true;
}

/// x / c is x * (1 / c), which a layer before may take in.
static LogicalResult importDiv(Node &node) {
  auto pair = readPair(node);
  if (failed(pair))
    return failure();
  auto [lhs, rhs] = *pair;
  Value result =
      hasReciprocals(node, 1) && elementOf(lhs).isF32()
          ? makeLayer(node, BinaryFunction::Mul, lhs,
                      makeUnary(node, UnaryFunction::Reciprocal, rhs))
          : makeBinary(node, BinaryFunction::Div, lhs, rhs);
  return result ? node.define(result) : failure();
}

static LogicalResult importSum(Node &node) {
  if (node.operands() == 1)
    return node.alias(0);
  Value sum;
  for (int k = 0; k < node.operands(); ++k) {
    auto next = wideOperand(node, k);
    if (failed(next))
      return failure();
    sum = k ? makeLayer(node, BinaryFunction::Add, sum, *next) : *next;
    if (!sum)
      return failure();
  }
  return sum ? node.define(sum) : node.error() << "has no operands";
}

static LogicalResult makeClip(Node &node, Value input, float low, float high) {
  if (std::isnan(low) || std::isnan(high))
    return node.error() << "a bound is NaN";
  // The upper bound comes last and wins.
  low = std::min(low, high);
  return node.define(nn::ClipOp::create(
      node.builder(), node.loc(), input.getType(), input,
      nn::ClipAttr::get(node.builder().getContext(), low, high)));
}

static LogicalResult importRelu(Node &node) {
  auto input = wideOperand(node, 0);
  if (failed(input))
    return failure();
  if (elementOf(*input).isF32())
    return makeClip(node, *input, 0, INFINITY);
  return node.define(makeBinary(node, BinaryFunction::Max, *input, 0));
}

static LogicalResult importClip6(Node &node) {
  auto low = node.number("min", -INFINITY), high = node.number("max", INFINITY);
  auto input = wideOperand(node, 0);
  if (failed(low) || failed(high) || failed(input))
    return failure();
  if (elementOf(*input).isF32())
    return makeClip(node, *input, *low, *high);
  Value above = makeBinary(node, BinaryFunction::Max, *input, *low);
  return node.define(makeBinary(node, BinaryFunction::Min, above, *high));
}

/// A bound that is known and of one element, as a float; else nothing.
static std::optional<float> knownBound(Node &node, int position,
                                       float otherwise) {
  if (!node.has(position))
    return otherwise;
  auto data = node.known(position);
  if (!data || data->type != DataType::Float32 || data->elements() != 1)
    return std::nullopt;
  return data->floats().front();
}

static LogicalResult importClip11(Node &node) {
  auto low = knownBound(node, 1, -INFINITY),
       high = knownBound(node, 2, INFINITY);
  auto input = wideOperand(node, 0);
  if (failed(input))
    return failure();
  if (!node.has(1) && !node.has(2))
    return node.alias(0);
  if (low && high && elementOf(*input).isF32())
    return makeClip(node, *input, *low, *high);
  Value result = *input;
  for (int k = 1; k < 3; ++k) {
    if (!node.has(k))
      continue;
    auto bound = wideOperand(node, k);
    if (failed(bound))
      return failure();
    if (llvm::any_of(shapeOf(*bound), [](int64_t size) { return size != 1; }))
      return node.error() << "a bound is no scalar";
    result =
        makeBinary(node, k == 1 ? BinaryFunction::Max : BinaryFunction::Min,
                   result, node.reshape(*bound, {}));
    if (!result)
      return failure();
  }
  return node.define(result);
}

llvm::ArrayRef<HandlerEntry> rowlock::elementwiseHandlers() {
  constexpr const char *sum =
      "`nn.add`, a bias where it can be one; `nn.binary` "
      "on other types than floats";
  constexpr const char *product =
      "`nn.mul`, a part of the convolution before where it can be one; "
      "`nn.binary` on other types than floats";
  constexpr const char *clip =
      "`nn.clip`, a part of the layer before where it can be one; `nn.binary` "
      "with bounds that are not known or on other types than floats";
  static const HandlerEntry entries[] = {
      {"Add", 1, importLayer<BinaryFunction::Add>, sum, "host"},
      {"Sum", 1, importSum, "`nn.add`", "host"},
      {"Sub", 1, importSub, "`nn.add` of a constant, else `nn.binary`", "host"},
      {"Mul", 1, importLayer<BinaryFunction::Mul>, product, "host"},
      {"Div", 1, importDiv, "`nn.mul` by a constant, else `nn.binary`", "host"},
      {"Relu", 1, importRelu, clip, "host"},
      {"Clip", 6, importClip6, clip, "host"},
      {"Clip", 11, importClip11, clip, "host"}};
  return entries;
}
