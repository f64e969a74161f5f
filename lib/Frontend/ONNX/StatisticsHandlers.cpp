//===- StatisticsHandlers.cpp - Normalisations by their own statistics ----===//
//
// Instance, layer, group and RMS normalisation, mean and variance, LpNorm: in
// float on the host.
//
//===----------------------------------------------------------------------===//
#include "Elements.h"

using namespace mlir;
using namespace rowlock;
using F = BinaryFunction;

namespace {

struct Normalised {
  Value result, mean, inverseDeviation;
};

} // namespace

/// (x - mean) / sqrt(variance + epsilon) along axes.
static Normalised normalise(Node &node, Value x, ArrayRef<int64_t> axes,
                            float epsilon) {
  Value mean = makeMean(node, x, axes);
  Value centred = makeBinary(node, F::Sub, x, mean);
  Value variance =
      makeMean(node, makeBinary(node, F::Mul, centred, centred), axes);
  Value deviation = makeUnary(node, UnaryFunction::Sqrt,
                              makeBinary(node, F::Add, variance, epsilon));
  return {makeBinary(node, F::Div, centred, deviation), mean,
          makeUnary(node, UnaryFunction::Reciprocal, deviation)};
}

/// `from` to `rank - 1`.
static SmallVector<int64_t> axesFrom(int64_t from, int64_t rank) {
  return llvm::to_vector(llvm::seq(from, rank));
}

/// A vector along dimension 1 of a tensor of the rank.
static Value alongChannels(Node &node, Value vector, int64_t rank) {
  SmallVector<int64_t> shape(rank, 1);
  shape[1] = shapeOf(vector)[0];
  return node.reshape(vector, shape);
}

/// Instance and group normalisation: `groups` of the channels have statistics
/// of their own; scale and bias have an entry for each `perChannel` or group.
static LogicalResult normaliseGroups(Node &node, int64_t groups,
                                     bool perChannel) {
  auto x = node.real(0);
  auto scale = node.real(1, 1), bias = node.real(2, 1);
  auto epsilon = node.number("epsilon", 1e-5f);
  if (failed(x) || failed(scale) || failed(bias) || failed(epsilon))
    return failure();
  SmallVector<int64_t> shape(shapeOf(*x));
  if (shape.size() < 2)
    return node.error() << "the operand has rank " << shape.size()
                        << ", expected 2 or more";
  if (!groups)
    groups = shape[1];
  if (groups < 1 || shape[1] % groups)
    return node.error() << shape[1] << " channels do not divide into " << groups
                        << " groups";
  int64_t entries = perChannel ? shape[1] : groups;
  for (Value parameter : {*scale, *bias})
    if (shapeOf(parameter)[0] != entries)
      return node.error() << "scale or bias has " << shapeOf(parameter)[0]
                          << " entries, expected " << entries;
  int64_t size = shape[1] / groups;
  for (int64_t extent : ArrayRef<int64_t>(shape).drop_front(2))
    size *= extent;
  Value y = node.reshape(*x, {shape[0], groups, size});
  y = normalise(node, y, {2}, *epsilon).result;
  if (perChannel)
    y = node.reshape(y, shape);
  int64_t rank = int64_t(shapeOf(y).size());
  y = makeBinary(node, F::Mul, y, alongChannels(node, *scale, rank));
  y = makeBinary(node, F::Add, y, alongChannels(node, *bias, rank));
  return node.define(node.reshape(y, shape));
}

static LogicalResult importInstanceNorm(Node &node) {
  return normaliseGroups(node, 0, true);
}

template <bool PerChannel> static LogicalResult importGroupNorm(Node &node) {
  auto groups = node.integer("num_groups", 0, 1, INT32_MAX);
  return failed(groups) ? failure()
                        : normaliseGroups(node, *groups, PerChannel);
}

/// Reads what layer and RMS normalisation share: operand 0 in f32 whatever its
/// type, the first of the axes, epsilon.
static FailureOr<Value> startOfLayerNorm(Node &node, int64_t &axis,
                                         float &epsilon) {
  auto x = node.value(0);
  auto given = node.integer("axis", -1, INT32_MIN, INT32_MAX);
  auto least = node.number("epsilon", 1e-5f);
  if (failed(x) || failed(given) || failed(least))
    return failure();
  if (!isa<FloatType>(elementOf(*x)))
    return node.error() << "the operand holds no floats";
  auto normal = node.axis(*given, int64_t(shapeOf(*x).size()));
  if (failed(normal))
    return failure();
  axis = *normal;
  epsilon = *least;
  return node.cast(*x, node.builder().getF32Type());
}

/// y times operand `position`, or plus it, in f32.
static Value applyParameter(Node &node, BinaryFunction function, Value y,
                            int position) {
  auto parameter = node.value(position);
  if (failed(parameter) || !y)
    return {};
  return makeBinary(node, function, y,
                    node.cast(*parameter, node.builder().getF32Type()));
}

static LogicalResult importLayerNorm(Node &node) {
  int64_t axis = 0;
  float epsilon = 0;
  auto x = startOfLayerNorm(node, axis, epsilon);
  if (failed(x))
    return failure();
  Normalised normal =
      normalise(node, *x, axesFrom(axis, int64_t(shapeOf(*x).size())), epsilon);
  Value y = applyParameter(node, F::Mul, normal.result, 1);
  if (y && node.has(2))
    y = applyParameter(node, F::Add, y, 2);
  if (!y)
    return failure();
  Type element = elementOf(*node.value(0));
  return node.define(
      {node.cast(y, element), normal.mean, normal.inverseDeviation});
}

static LogicalResult importRMSNorm(Node &node) {
  int64_t axis = 0;
  float epsilon = 0;
  auto x = startOfLayerNorm(node, axis, epsilon);
  if (failed(x))
    return failure();
  Value square = makeMean(node, makeBinary(node, F::Mul, *x, *x),
                          axesFrom(axis, int64_t(shapeOf(*x).size())));
  Value root = makeUnary(node, UnaryFunction::Sqrt,
                         makeBinary(node, F::Add, square, epsilon));
  Value y = applyParameter(node, F::Mul, makeBinary(node, F::Div, *x, root), 1);
  return y ? node.define(node.cast(y, elementOf(*node.value(0)))) : failure();
}

static LogicalResult importMeanVariance(Node &node) {
  auto x = node.real(0);
  auto given = node.integerList("axes", {0, 2, 3}, 0, -8, 7);
  if (failed(x) || failed(given))
    return failure();
  SmallVector<int64_t> axes;
  for (int64_t axis : *given) {
    auto normal = node.axis(axis, int64_t(shapeOf(*x).size()));
    if (failed(normal))
      return failure();
    axes.push_back(*normal);
  }
  llvm::sort(axes);
  Value centred = makeBinary(node, F::Sub, *x, makeMean(node, *x, axes));
  Value variance =
      makeMean(node, makeBinary(node, F::Mul, centred, centred), axes);
  Value deviation = makeBinary(
      node, F::Add, makeUnary(node, UnaryFunction::Sqrt, variance), 1e-9f);
  return node.define(makeBinary(node, F::Div, centred, deviation));
}

/// A line whose norm is 0 stays 0.
static LogicalResult importLpNorm(Node &node) {
  auto x = node.real(0);
  auto given = node.integer("axis", -1, INT32_MIN, INT32_MAX);
  auto p = node.integer("p", 2, 1, 2);
  if (failed(x) || failed(given) || failed(p))
    return failure();
  auto axis = node.axis(*given, int64_t(shapeOf(*x).size()));
  if (failed(axis))
    return failure();
  Value size = *p == 1 ? makeUnary(node, UnaryFunction::Abs, *x)
                       : makeBinary(node, F::Mul, *x, *x);
  Value norm = makeReduce(node, "sum", size, *axis);
  if (*p == 2)
    norm = makeUnary(node, UnaryFunction::Sqrt, norm);
  Value one = scalarOf(node, 1, elementOf(norm));
  norm = makeSelect(node, makeBinary(node, F::Equal, norm, 0), one, norm);
  return node.define(makeBinary(node, F::Div, *x, norm));
}

llvm::ArrayRef<HandlerEntry> rowlock::statisticsHandlers() {
  constexpr const char *layers = "`nn.reduce`, `nn.binary`, `nn.unary`";
  constexpr const char *runs = "host, in float";
  static const HandlerEntry entries[] = {
      {"InstanceNormalization", 1, importInstanceNorm, layers, runs},
      {"GroupNormalization", 18, importGroupNorm<false>, layers, runs},
      {"GroupNormalization", 21, importGroupNorm<true>, layers, runs},
      {"LayerNormalization", 17, importLayerNorm, layers, runs},
      {"RMSNormalization", 23, importRMSNorm, layers, runs},
      {"MeanVarianceNormalization", 9, importMeanVariance, layers, runs},
      {"LpNormalization", 1, importLpNorm, layers, runs}};
  return entries;
}
