//===- NormalizationHandlers.cpp - BatchNormalization, LRN, Softmax -------===//
#include "Elements.h"
#include "Layers.h"

using namespace mlir;
using namespace rowlock;

/// (x - mean) / sqrt(variance + epsilon) * scale + bias with parameters of a
/// shape that broadcasts; null after an error.
static Value applyStatistics(Node &node, Value x, ArrayRef<Value> parameters,
                             float epsilon) {
  using F = BinaryFunction;
  Value variance = makeBinary(node, F::Add, parameters[3], epsilon);
  Value y = makeBinary(node, F::Sub, x, parameters[2]);
  y = makeBinary(node, F::Div, y,
                 variance ? makeUnary(node, UnaryFunction::Sqrt, variance)
                          : variance);
  y = makeBinary(node, F::Mul, y, parameters[0]);
  return makeBinary(node, F::Add, y, parameters[1]);
}

/// momentum * before + (1 - momentum) * now.
static Value runningStatistic(Node &node, Value before, Value now,
                              float momentum) {
  using F = BinaryFunction;
  now = node.reshape(now, shapeOf(before));
  return makeBinary(node, F::Add, makeBinary(node, F::Mul, before, momentum),
                    makeBinary(node, F::Mul, now, 1 - momentum));
}

/// Statistics of the batch itself, and the running ones.
static LogicalResult trainBatchNorm(Node &node, ArrayRef<Value> operands,
                                    MutableArrayRef<Value> parameters,
                                    float epsilon) {
  auto momentum = node.number("momentum", 0.9f);
  if (failed(momentum))
    return failure();
  Value x = operands[0];
  SmallVector<int64_t> axes = {0};
  for (int64_t d = 2; d < int64_t(shapeOf(x).size()); ++d)
    axes.push_back(d);
  Value mean = makeMean(node, x, axes);
  Value centred = makeBinary(node, BinaryFunction::Sub, x, mean);
  Value variance = makeMean(
      node, makeBinary(node, BinaryFunction::Mul, centred, centred), axes);
  parameters[2] = mean;
  parameters[3] = variance;
  Value y = applyStatistics(node, x, parameters, epsilon);
  if (!y)
    return failure();
  return node.define(
      {y, runningStatistic(node, operands[3], mean, *momentum),
       runningStatistic(node, operands[4], variance, *momentum)});
}

static LogicalResult importBatchNorm(Node &node) {
  auto epsilon = node.number("epsilon", 1e-5f);
  auto training = node.integer("training_mode", 0, 0, 1);
  // Up to opset 8 parameters may be of every pixel.
  auto spatial = node.integer("spatial", 1, 0, 1);
  if (failed(epsilon) || failed(training) || failed(spatial))
    return failure();
  SmallVector<Value> operands;
  bool known = true;
  for (int k = 0; k < 5; ++k) {
    auto operand = k && *spatial ? node.real(k, 1) : node.real(k);
    if (failed(operand))
      return failure();
    operands.push_back(*operand);
    known &= !k || node.known(k);
  }
  int64_t rank = int64_t(shapeOf(operands[0]).size());
  if (known && *spatial && !*training && rank > 1)
    return node.define(nn::BatchNormOp::create(
        node.builder(), node.loc(), operands[0].getType(), operands[0],
        operands[1], operands[2], operands[3], operands[4],
        node.builder().getF32FloatAttr(*epsilon)));
  SmallVector<Value> parameters;
  for (Value operand : ArrayRef<Value>(operands).drop_front()) {
    SmallVector<int64_t> shape(shapeOf(operand));
    if (*spatial && rank > 2)
      shape.append(rank - 2, 1);
    parameters.push_back(node.reshape(operand, shape));
  }
  if (*training)
    return trainBatchNorm(node, operands, parameters, *epsilon);
  Value y = applyStatistics(node, operands[0], parameters, *epsilon);
  return y ? node.define(y) : failure();
}

static Value createSoftmax(Node &node, Value input, int64_t axis) {
  return nn::SoftmaxOp::create(node.builder(), node.loc(), input.getType(),
                               input, node.builder().getI64IntegerAttr(axis));
}

/// (x - m) - log(sum(exp(x - m))), m the greatest x.
static Value createLogSoftmax(Node &node, Value input, int64_t axis) {
  using F = BinaryFunction;
  Value shifted =
      makeBinary(node, F::Sub, input, makeReduce(node, "max", input, axis));
  Value sum = makeReduce(node, "sum",
                         makeUnary(node, UnaryFunction::Exp, shifted), axis);
  return makeBinary(node, F::Sub, shifted,
                    makeUnary(node, UnaryFunction::Log, sum));
}

using CreateSoftmax = Value (*)(Node &, Value, int64_t);

template <CreateSoftmax create>
static FailureOr<Value> makeSoftmax13(Node &node, Value input, int64_t axis) {
  auto normal = node.axis(axis, int64_t(shapeOf(input).size()));
  if (failed(normal))
    return failure();
  return create(node, input, *normal);
}

/// Up to opset 12 all dimensions from `axis` on are one.
template <CreateSoftmax create>
static FailureOr<Value> makeSoftmax1(Node &node, Value input, int64_t axis) {
  SmallVector<int64_t> shape(shapeOf(input));
  auto first = node.axis(axis, int64_t(shape.size()));
  if (failed(first))
    return failure();
  bool single = true;
  int64_t outer = 1, inner = 1;
  for (int64_t d = 0; d < int64_t(shape.size()); ++d) {
    (d < *first ? outer : inner) *= shape[d];
    single &= d <= *first || shape[d] == 1;
  }
  if (single)
    return create(node, input, *first);
  Value flat = node.reshape(input, {outer, inner});
  return node.reshape(create(node, flat, 1), shape);
}

FailureOr<Value> rowlock::makeSoftmax(Node &node, Value input, int64_t axis,
                                      int64_t opset) {
  return opset < 13 ? makeSoftmax1<createSoftmax>(node, input, axis)
                    : makeSoftmax13<createSoftmax>(node, input, axis);
}

template <FailureOr<Value> (*make)(Node &, Value, int64_t), int64_t otherwise>
static LogicalResult importSoftmax(Node &node) {
  auto input = node.real(0);
  auto axis = node.integer("axis", otherwise, INT32_MIN, INT32_MAX);
  if (failed(input) || failed(axis))
    return failure();
  auto result = make(node, *input, *axis);
  return failed(result) ? failure() : node.define(*result);
}

static LogicalResult importLRN(Node &node) {
  auto input = node.real(0);
  auto alpha = node.number("alpha", 1e-4f), beta = node.number("beta", 0.75f);
  auto bias = node.number("bias", 1.0f);
  auto size = node.integer("size", 0, 0, INT32_MAX);
  if (failed(input) || failed(alpha) || failed(beta) || failed(bias) ||
      failed(size))
    return failure();
  if (*size < 1)
    return node.error() << "attribute 'size' is missing or 0";
  OpBuilder &b = node.builder();
  return node.define(
      nn::LRNOp::create(b, node.loc(), (*input).getType(), *input,
                        b.getI64IntegerAttr(*size), b.getF32FloatAttr(*alpha),
                        b.getF32FloatAttr(*beta), b.getF32FloatAttr(*bias)));
}

llvm::ArrayRef<HandlerEntry> rowlock::normalizationHandlers() {
  static const HandlerEntry entries[] = {
      {"BatchNormalization", 7, importBatchNorm,
       "`nn.batch_norm`, a part of the convolution before, else a depthwise "
       "one; `nn.binary` where parameters are not known or in training",
       "array"},
      {"LRN", 1, importLRN, "`nn.lrn`", "host, in float"},
      {"Softmax", 1, importSoftmax<makeSoftmax1<createSoftmax>, 1>,
       "`nn.softmax`", "host, in float"},
      {"Softmax", 13, importSoftmax<makeSoftmax13<createSoftmax>, -1>,
       "`nn.softmax`", "host, in float"},
      {"LogSoftmax", 1, importSoftmax<makeSoftmax1<createLogSoftmax>, 1>,
       "`nn.reduce`, `nn.binary`, `nn.unary`", "host, in float"},
      {"LogSoftmax", 13, importSoftmax<makeSoftmax13<createLogSoftmax>, -1>,
       "`nn.reduce`, `nn.binary`, `nn.unary`", "host, in float"}};
  return entries;
}
