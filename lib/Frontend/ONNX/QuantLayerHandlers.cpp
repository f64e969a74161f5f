//===- QuantLayerHandlers.cpp - QLinearConv, QLinearAdd, ... --------------===//
//
// A layer on integers is imported as dequantize, float layer, quantize;
// nn-fuse-quantization makes an integer layer of the three.
//
//===----------------------------------------------------------------------===//
#include "Elements.h"
#include "Layers.h"
#include "Movement.h"
#include "QuantParameters.h"

using namespace mlir;
using namespace rowlock;

/// The bias at `position`, of one row or one element for all: int32 in steps of
/// input scale times filter scale.
static FailureOr<Value> readBias(Node &node, int position, int64_t filters) {
  auto data = node.constant(position, "bias");
  auto input = node.constant(1, "scale"), filter = node.constant(4, "scale");
  if (failed(data) || failed(input) || failed(filter))
    return failure();
  std::vector<float> scale = (*input)->floats(), scales = (*filter)->floats();
  TensorData bias = **data;
  int64_t count = bias.elements();
  if (bias.type != DataType::Int32 ||
      (count != 1 && (count != filters || bias.shape.back() != filters)))
    return node.error() << "the bias is not int32 of one row of " << filters;
  const std::vector<char> given = bias.bytes;
  for (int64_t k = 1; count == 1 && k < filters; ++k)
    bias.bytes.insert(bias.bytes.end(), given.begin(), given.end());
  bias.shape = {filters};
  if (scale.size() != 1 ||
      (scales.size() != 1 && int64_t(scales.size()) != filters))
    return node.error() << scales.size() << " filter scales for a bias of "
                        << filters << " elements";
  OpBuilder &b = node.builder();
  Type storage = b.getI32Type(), real = b.getF32Type();
  SmallVector<double> products;
  for (float other : scales) {
    products.push_back(double(scale.front()) * double(other));
    if (!std::isnormal(float(products.back())))
      return node.error() << "the scales " << scale.front() << " and " << other
                          << " have no product in float32";
  }
  unsigned flags = quant::QuantizationFlags::Signed;
  quant::QuantizedType type;
  if (products.size() == 1)
    type = quant::UniformQuantizedType::get(
        flags, storage, real, products.front(), 0, INT32_MIN, INT32_MAX);
  else
    type = quant::UniformQuantizedPerAxisType::get(
        flags, storage, real, products,
        SmallVector<int64_t>(products.size(), 0), 0, INT32_MIN, INT32_MAX);
  return dequantizedConstant(node, bias, type);
}

static LogicalResult importQLinearConv(Node &node) {
  auto input = readDequantized(node, 0, {1, 2}, 1);
  if (failed(input))
    return failure();
  auto filter = readDequantized(node, 3, {4, 5}, 0);
  if (failed(filter))
    return failure();
  if (shapeOf(*filter).empty())
    return node.error() << "the filter has rank 0";
  FailureOr<Value> bias =
      node.has(8) ? readBias(node, 8, shapeOf(*filter)[0]) : Value();
  if (failed(bias))
    return failure();
  auto conv = makeConv(node, *input, *filter, *bias);
  return failed(conv) ? failure() : defineQuantized(node, *conv, {6, 7}, 0);
}

static LogicalResult importQLinearMatMul(Node &node) {
  auto lhs = readDequantized(node, 0, {1, 2}, 0);
  if (failed(lhs))
    return failure();
  auto rhs = readDequantized(node, 3, {4, 5}, -1);
  if (failed(rhs))
    return failure();
  auto product = makeMatMul(node, *lhs, *rhs);
  return failed(product) ? failure()
                         : defineQuantized(node, *product, {6, 7}, 0);
}

template <FailureOr<Value> (*make)(Node &, Value, Value)>
static LogicalResult importQLinearBinary(Node &node) {
  auto lhs = readDequantized(node, 0, {1, 2}, 1);
  if (failed(lhs))
    return failure();
  auto rhs = readDequantized(node, 3, {4, 5}, 1);
  if (failed(rhs))
    return failure();
  auto result = make(node, *lhs, *rhs);
  return failed(result) ? failure() : defineQuantized(node, *result, {6, 7}, 0);
}

/// alpha * (A * B + C); without a zero point of its own the result is a float.
static LogicalResult importQGemm(Node &node) {
  auto alpha = node.number("alpha", 1);
  auto transB = node.integer("transB", 0, 0, 1);
  if (failed(alpha) || failed(transB))
    return failure();
  auto lhs = readDequantized(node, 0, {1, 2}, 0);
  auto rhs = readDequantized(node, 3, {4, 5}, *transB ? 0 : 1);
  if (failed(lhs) || failed(rhs))
    return failure();
  if (shapeOf(*rhs).size() != 2)
    return node.error() << "the second operand has rank "
                        << shapeOf(*rhs).size() << ", expected 2";
  int64_t columns = shapeOf(*rhs)[*transB ? 0 : 1];
  FailureOr<Value> bias = node.has(6) ? readBias(node, 6, columns) : Value();
  if (failed(bias))
    return failure();
  auto result = makeGemm(node, *lhs, *rhs, *bias);
  if (succeeded(result) && *alpha != 1)
    result = makeProduct(
        node, *result, node.constantOf(ArrayRef<int64_t>(), ArrayRef(*alpha)));
  if (failed(result))
    return failure();
  return node.has(8) ? defineQuantized(node, *result, {7, 8}, 0)
                     : node.define(*result);
}

static LogicalResult importQLinearSoftmax(Node &node) {
  auto axis = node.integer("axis", -1, INT32_MIN, INT32_MAX);
  auto opset = node.integer("opset", 0, 0, INT32_MAX);
  auto input = readDequantized(node, 0, {1, 2}, 1);
  if (failed(axis) || failed(opset) || failed(input))
    return failure();
  if (*opset < 1)
    return node.error() << "attribute 'opset' is missing or 0";
  auto result = makeSoftmax(node, *input, *axis, *opset);
  return failed(result) ? failure() : defineQuantized(node, *result, {3, 4}, 0);
}

/// The order that moves dimension `from` of a rank to `to`.
static SmallVector<int64_t> moveDimension(size_t rank, size_t from, size_t to) {
  auto order = llvm::to_vector(llvm::seq<int64_t>(0, int64_t(rank)));
  order.erase(order.begin() + from);
  order.insert(order.begin() + to, int64_t(from));
  return order;
}

template <FailureOr<Value> (*make)(Node &, Value)>
static LogicalResult importQLinearPool(Node &node) {
  auto last = node.integer("channels_last", 0, 0, 1);
  auto input = readDequantized(node, 0, {1, 2}, 1);
  if (failed(last) || failed(input))
    return failure();
  size_t rank = shapeOf(*input).size();
  if (rank < 2)
    return node.error() << "the operand has rank " << rank
                        << ", expected at least 2";
  Value maps = *input;
  if (*last)
    maps = makeTranspose(node, maps, moveDimension(rank, rank - 1, 1));
  auto result = make(node, maps);
  if (failed(result))
    return failure();
  if (*last)
    result = makeTranspose(node, *result, moveDimension(rank, 1, rank - 1));
  return defineQuantized(node, *result, {3, 4}, 0);
}

/// A function of each element, with the operator's `alpha`.
template <UnaryFunction function>
static LogicalResult importQLinearFunction(Node &node) {
  bool leaky = function == UnaryFunction::LeakyRelu;
  auto alpha = node.number("alpha", 0.01f);
  auto input = readDequantized(node, 0, {1, 2}, 1);
  if (failed(alpha) || failed(input))
    return failure();
  Value result = makeUnary(node, function, *input,
                           leaky ? std::optional<float>(*alpha) : std::nullopt);
  return defineQuantized(node, result, {3, 4}, 0);
}

static LogicalResult importQLinearConcat(Node &node) {
  if (!node.attribute("axis"))
    return node.error() << "attribute 'axis' is missing";
  auto axis = node.integer("axis", 0, -8, 7);
  if (failed(axis))
    return failure();
  SmallVector<Value> values;
  for (int k = 2; k < node.operands(); k += 3) {
    auto value = readDequantized(node, k, {k + 1, k + 2}, 1);
    if (failed(value))
      return failure();
    values.push_back(*value);
  }
  if (values.empty())
    return node.error() << "has no operands";
  auto joined = makeConcat(node, values, *axis);
  return failed(joined) ? failure() : defineQuantized(node, *joined, {0, 1}, 2);
}

llvm::ArrayRef<HandlerEntry> rowlock::quantLayerHandlers() {
  static const char microsoft[] = "com.microsoft";
  static const HandlerEntry entries[] = {
      {"QLinearConv", 10, importQLinearConv, "`nn.conv2d`", "array"},
      {"QLinearMatMul", 10, importQLinearMatMul,
       "by a constant `nn.fully_connected`", "array, if by a constant"},
      {"QGemm", 1, importQGemm, "`nn.fully_connected`",
       "array, if by a constant", microsoft},
      {"QLinearSoftmax", 1, importQLinearSoftmax, "`nn.softmax`", "host",
       microsoft},
      {"QLinearAdd", 1, importQLinearBinary<makeSum>, "`nn.add`", "host",
       microsoft},
      {"QLinearMul", 1, importQLinearBinary<makeProduct>, "`nn.mul`", "host",
       microsoft},
      {"QLinearAveragePool", 1, importQLinearPool<makeAveragePool>,
       "`nn.average_pool2d`", "host", microsoft},
      {"QLinearGlobalAveragePool", 1, importQLinearPool<makeGlobalAveragePool>,
       "`nn.average_pool2d`", "host", microsoft},
      {"QLinearSigmoid", 1, importQLinearFunction<UnaryFunction::Sigmoid>,
       "`nn.table`", "host", microsoft},
      {"QLinearLeakyRelu", 1, importQLinearFunction<UnaryFunction::LeakyRelu>,
       "`nn.table`", "host", microsoft},
      {"QLinearConcat", 1, importQLinearConcat, "`nn.concat`", "host",
       microsoft}};
  return entries;
}
