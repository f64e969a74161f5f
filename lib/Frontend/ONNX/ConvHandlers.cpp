//===- ConvHandlers.cpp - Conv, Gemm, MatMul ------------------------------===//
#include "Layers.h"
#include "Windows.h"

#include "rowlock/Dialect/NN/IR/Shapes.h"

using namespace mlir;
using namespace rowlock;

FailureOr<Value> rowlock::makeConv(Node &node, Value input, Value filter,
                                   Value bias) {
  ArrayRef<int64_t> in = shapeOf(input), kernel = shapeOf(filter);
  if (in.size() != 4 || kernel.size() != 4)
    return node.error() << "input has rank " << in.size() << " and filter rank "
                        << kernel.size() << ", expected 4";
  auto groups = node.integer("group", 1, 1, 1 << 20);
  auto shape =
      node.integerList("kernel_shape", kernel.drop_front(2), 2, 1, 1 << 16);
  auto window = readWindow(node, in[2], in[3], kernel.drop_front(2));
  if (failed(groups) || failed(shape) || failed(window))
    return failure();
  if (ArrayRef<int64_t>(*shape) != kernel.drop_front(2))
    return node.error() << "kernel_shape " << (*shape)[0] << " x "
                        << (*shape)[1] << " is not the filter's " << kernel[2]
                        << " x " << kernel[3];
  auto size = [&](int d) {
    return nn::windowedSize(in[d + 2], kernel[d + 2], window->strides[d],
                            window->dilations[d], window->pads[d],
                            window->pads[d + 2]);
  };
  auto type = node.type({in[0], kernel[0], size(0), size(1)});
  if (failed(type))
    return failure();
  OpBuilder &b = node.builder();
  return Value(nn::Conv2DOp::create(
      b, node.loc(), *type, input, filter, bias,
      b.getDenseI64ArrayAttr(window->strides),
      b.getDenseI64ArrayAttr(window->pads),
      b.getDenseI64ArrayAttr(window->dilations), b.getI64IntegerAttr(*groups),
      nn::ClipAttr(), nn::RescaleAttr(), IntegerAttr()));
}

static LogicalResult importConv(Node &node) {
  auto input = node.real(0, 4);
  if (failed(input))
    return failure();
  auto filter = node.real(1, 4);
  if (failed(filter))
    return failure();
  FailureOr<Value> bias = node.has(2) ? node.real(2, 1) : Value();
  if (failed(bias))
    return failure();
  auto conv = makeConv(node, *input, *filter, *bias);
  return failed(conv) ? failure() : node.define(*conv);
}

FailureOr<Value> rowlock::makeMatMul(Node &node, Value lhs, Value rhs) {
  if (shapeOf(lhs).size() != 2 || shapeOf(rhs).size() != 2)
    return node.error() << "operands have ranks " << shapeOf(lhs).size()
                        << " and " << shapeOf(rhs).size() << ", expected 2";
  auto type = node.type({shapeOf(lhs)[0], shapeOf(rhs)[1]});
  if (failed(type))
    return failure();
  return Value(
      nn::MatMulOp::create(node.builder(), node.loc(), *type, lhs, rhs));
}

static LogicalResult importMatMul(Node &node) {
  auto lhs = node.real(0, 2);
  if (failed(lhs))
    return failure();
  auto rhs = node.real(1, 2);
  if (failed(rhs))
    return failure();
  auto product = makeMatMul(node, *lhs, *rhs);
  return failed(product) ? failure() : node.define(*product);
}

/// The known rhs of a Gemm as filters: alpha times the M x C matrix.
static std::vector<float> filterOf(const TensorData &data, bool transposed,
                                   float alpha) {
  std::vector<float> values = data.floats(), result(values.size());
  int64_t rows = data.shape[0], columns = data.shape[1];
  for (int64_t i = 0; i < rows; ++i)
    for (int64_t j = 0; j < columns; ++j)
      result[transposed ? i * columns + j : j * rows + i] =
          alpha * values[i * columns + j];
  return result;
}

/// A bias as a value, null if there is none or it needs to be broadcast.
static FailureOr<Value> readBias(Node &node, int64_t filters) {
  if (!node.has(2))
    return Value();
  auto bias = node.real(2);
  if (failed(bias))
    return failure();
  return shapeOf(*bias) == ArrayRef<int64_t>(filters) ? *bias : Value();
}

/// A matrix that is quantised stays so, and its bias.
static Value makeQuantizedGemm(Node &node, Value input, Value filter,
                               Value bias, RankedTensorType type,
                               bool transposed) {
  OpBuilder &b = node.builder();
  if (!transposed) {
    auto shape = shapeOf(filter);
    filter = nn::TransposeOp::create(
        b, node.loc(),
        RankedTensorType::get({shape[1], shape[0]}, b.getF32Type()), filter,
        b.getDenseI64ArrayAttr({1, 0}));
  }
  return nn::FullyConnectedOp::create(b, node.loc(), type, input, filter, bias,
                                      nn::ClipAttr(), nn::RescaleAttr(),
                                      IntegerAttr());
}

/// The second matrix as filters, times alpha.
static FailureOr<Value> gemmFilter(Node &node, bool transposed, float alpha) {
  if (DenseElementsAttr splat = node.splat(1);
      splat && splat.getType().getRank() == 2) {
    SmallVector<int64_t> shape(splat.getType().getShape());
    if (!transposed)
      std::swap(shape[0], shape[1]);
    auto type = RankedTensorType::get(shape, node.builder().getF32Type());
    float value = alpha * splat.getSplatValue<float>();
    return Value(nn::ConstantOp::create(
        node.builder(), node.loc(), type,
        DenseElementsAttr::get(type, ArrayRef<float>(value))));
  }
  auto rhs = node.constant(1, "second matrix");
  if (failed(rhs))
    return failure();
  const TensorData &matrix = **rhs;
  if (matrix.shape.size() != 2 || matrix.type != DataType::Float32)
    return node.error() << "the second matrix is not float32 of rank 2";
  if (failed(node.type(matrix.shape)))
    return failure();
  return node.constantOf(
      {matrix.shape[transposed ? 0 : 1], matrix.shape[transposed ? 1 : 0]},
      filterOf(matrix, transposed, alpha));
}

static LogicalResult importGemm(Node &node) {
  auto input = node.real(0, 2);
  if (failed(input))
    return failure();
  auto transA = node.integer("transA", 0, 0, 1);
  auto transB = node.integer("transB", 0, 0, 1);
  auto alpha = node.number("alpha", 1), beta = node.number("beta", 1);
  if (failed(transA) || failed(transB) || failed(alpha) || failed(beta))
    return failure();
  if (*transA)
    return node.error() << "transA is not supported";
  if (node.isQuantized(1) && *alpha == 1 && *beta == 1) {
    auto matrix = node.real(1, 2);
    if (failed(matrix))
      return failure();
    int64_t columns = shapeOf(*matrix)[*transB ? 0 : 1];
    auto type = node.type({shapeOf(*input)[0], columns});
    auto bias = readBias(node, columns);
    if (failed(type) || failed(bias))
      return failure();
    if (*bias || !node.has(2))
      return node.define(
          makeQuantizedGemm(node, *input, *matrix, *bias, *type, *transB));
  }
  FailureOr<Value> filter = gemmFilter(node, *transB, *alpha);
  if (failed(filter))
    return failure();
  int64_t filters = shapeOf(*filter)[0];
  auto type = node.type({shapeOf(*input)[0], filters});
  if (failed(type))
    return failure();
  Value bias;
  if (node.has(2)) {
    auto data = node.constant(2, "bias");
    if (failed(data))
      return failure();
    std::vector<float> values = (*data)->floats();
    if (values.size() == 1)
      values.assign(filters, values.front());
    if (int64_t(values.size()) != filters ||
        ((*data)->shape.size() > 1 && (*data)->shape.back() != filters))
      return node.error() << "the bias does not broadcast to " << filters
                          << " columns";
    for (float &value : values)
      value *= *beta;
    bias = node.constantOf({filters}, values);
  }
  return node.define(nn::FullyConnectedOp::create(
      node.builder(), node.loc(), *type, *input, *filter, bias, nn::ClipAttr(),
      nn::RescaleAttr(), IntegerAttr()));
}

llvm::ArrayRef<HandlerEntry> rowlock::convHandlers() {
  static const HandlerEntry entries[] = {
      {"Conv", 1, importConv, "`nn.conv2d`", "array"},
      {"MatMul", 1, importMatMul,
       "`nn.matmul`, by a constant `nn.fully_connected`",
       "array, if by a constant"},
      {"Gemm", 7, importGemm, "`nn.fully_connected`", "array"}};
  return entries;
}
