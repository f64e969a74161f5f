//===- ReduceHandlers.cpp - Reduce*, ArgMax, ArgMin, CumSum ---------------===//
#include "Elements.h"

#include <limits>

using namespace mlir;
using namespace rowlock;

namespace {

enum class Reduction {
  Sum,
  Mean,
  Max,
  Min,
  Prod,
  L1,
  L2,
  LogSum,
  LogSumExp,
  SumSquare
};

} // namespace

/// The axes from operand 1 or the attribute, rising; all where none are given,
/// unless an attribute says that this means none.
static FailureOr<SmallVector<int64_t>> readAxes(Node &node, int64_t rank) {
  auto noop = node.integer("noop_with_empty_axes", 0, 0, 1);
  auto given = node.integerList("axes", {}, 0, -rank, rank - 1);
  if (failed(noop) || failed(given))
    return failure();
  if (node.has(1)) {
    auto axes = node.integers(1, "axes");
    if (failed(axes))
      return failure();
    given->assign(axes->begin(), axes->end());
  }
  SmallVector<bool> along(rank, given->empty() && !*noop);
  for (int64_t axis : *given) {
    auto normal = node.axis(axis, rank);
    if (failed(normal))
      return failure();
    along[*normal] = true;
  }
  SmallVector<int64_t> result;
  for (int64_t d = 0; d < rank; ++d)
    if (along[d])
      result.push_back(d);
  return result;
}

/// Without the dimensions of size 1 along the axes.
static Value dropAxes(Node &node, Value value, ArrayRef<int64_t> axes) {
  SmallVector<int64_t> shape;
  for (auto [d, size] : llvm::enumerate(shapeOf(value)))
    if (!llvm::is_contained(axes, int64_t(d)))
      shape.push_back(size);
  return node.reshape(value, shape);
}

/// A mean over whole feature maps is a pool, which has a form in integers with
/// one factor for each number of elements.
static Value makeGlobalPool(Node &node, Value input, ArrayRef<int64_t> axes) {
  ArrayRef<int64_t> shape = shapeOf(input);
  if (!elementOf(input).isF32() || shape.size() != 4 ||
      axes != ArrayRef<int64_t>({2, 3}) || shape[2] < 1 || shape[3] < 1 ||
      shape[2] * shape[3] > 4096)
    return {};
  OpBuilder &b = node.builder();
  return nn::AveragePool2DOp::create(
      b, node.loc(),
      RankedTensorType::get({shape[0], shape[1], 1, 1}, elementOf(input)),
      input, b.getDenseI64ArrayAttr(shape.drop_front(2)),
      b.getDenseI64ArrayAttr({1, 1}), b.getDenseI64ArrayAttr({0, 0, 0, 0}),
      UnitAttr(), UnitAttr(), nn::RescaleAttr());
}

/// log(sum(exp(x))) as m + log(sum(exp(x - m))), m the greatest x or the
/// nearest finite number.
static Value logSumExp(Node &node, Value x, ArrayRef<int64_t> axes) {
  constexpr float most = std::numeric_limits<float>::max();
  Value m = makeReduce(node, "max", x, axes);
  m = makeBinary(node, BinaryFunction::Max, m, -most);
  m = makeBinary(node, BinaryFunction::Min, m, most);
  Value shifted = makeBinary(node, BinaryFunction::Sub, x, m);
  Value sum = makeReduce(node, "sum",
                         makeUnary(node, UnaryFunction::Exp, shifted), axes);
  return makeBinary(node, BinaryFunction::Add,
                    makeUnary(node, UnaryFunction::Log, sum), m);
}

static Value sumOfSquares(Node &node, Value x, ArrayRef<int64_t> axes) {
  return makeReduce(node, "sum", makeBinary(node, BinaryFunction::Mul, x, x),
                    axes);
}

static Value reduceAlong(Node &node, Reduction reduction, Value x,
                         ArrayRef<int64_t> axes) {
  switch (reduction) {
  case Reduction::Sum:
    return makeReduce(node, "sum", x, axes);
  case Reduction::Mean:
    if (Value pool = makeGlobalPool(node, x, axes))
      return pool;
    return makeMean(node, x, axes);
  case Reduction::Max:
    return makeReduce(node, "max", x, axes);
  case Reduction::Min:
    return makeReduce(node, "min", x, axes);
  case Reduction::Prod:
    return makeReduce(node, "prod", x, axes);
  case Reduction::L1:
    return makeReduce(node, "sum", makeUnary(node, UnaryFunction::Abs, x),
                      axes);
  case Reduction::L2:
    return makeUnary(node, UnaryFunction::Sqrt, sumOfSquares(node, x, axes));
  case Reduction::LogSum:
    return makeUnary(node, UnaryFunction::Log,
                     makeReduce(node, "sum", x, axes));
  case Reduction::LogSumExp:
    return logSumExp(node, x, axes);
  case Reduction::SumSquare:
    return sumOfSquares(node, x, axes);
  }
  return {};
}

template <Reduction R> static LogicalResult importReduce(Node &node) {
  auto input = wideOperand(node, 0);
  auto keep = node.integer("keepdims", 1, 0, 1);
  if (failed(input) || failed(keep))
    return failure();
  auto axes = readAxes(node, int64_t(shapeOf(*input).size()));
  if (failed(axes))
    return failure();
  // Roots and logarithms of integers are taken in binary64 and truncated.
  constexpr bool real =
      R == Reduction::L2 || R == Reduction::LogSum || R == Reduction::LogSumExp;
  Type element = elementOf(*input);
  Value x = *input;
  if (real && isa<IntegerType>(element))
    x = node.cast(x, node.builder().getF64Type());
  Value result = reduceAlong(node, R, x, *axes);
  if (!result)
    return failure();
  result = node.cast(result, element);
  return node.define(*keep ? result : dropAxes(node, result, *axes));
}

static LogicalResult importArg(Node &node, StringRef function) {
  auto input = node.value(0);
  auto given = node.integer("axis", 0, INT32_MIN, INT32_MAX);
  auto keep = node.integer("keepdims", 1, 0, 1);
  auto last = node.integer("select_last_index", 0, 0, 1);
  if (failed(input) || failed(given) || failed(keep) || failed(last))
    return failure();
  auto axis = node.axis(*given, int64_t(shapeOf(*input).size()));
  if (failed(axis))
    return failure();
  Value result = makeReduce(node, function, *input, *axis, *last);
  return node.define(*keep ? result : dropAxes(node, result, *axis));
}

static LogicalResult importArgMax(Node &node) {
  return importArg(node, "arg_max");
}

static LogicalResult importArgMin(Node &node) {
  return importArg(node, "arg_min");
}

static LogicalResult importCumSum(Node &node) {
  auto input = wideOperand(node, 0);
  auto given = node.integers(1, "axis");
  auto exclusive = node.integer("exclusive", 0, 0, 1);
  auto reverse = node.integer("reverse", 0, 0, 1);
  if (failed(input) || failed(given) || failed(exclusive) || failed(reverse))
    return failure();
  if (given->size() != 1)
    return node.error() << "the axis has " << given->size()
                        << " elements, expected 1";
  auto axis = node.axis(given->front(), int64_t(shapeOf(*input).size()));
  if (failed(axis))
    return failure();
  OpBuilder &b = node.builder();
  return node.define(nn::CumSumOp::create(
      b, node.loc(), (*input).getType(), *input, b.getI64IntegerAttr(*axis),
      *exclusive ? b.getUnitAttr() : UnitAttr(),
      *reverse ? b.getUnitAttr() : UnitAttr()));
}

llvm::ArrayRef<HandlerEntry> rowlock::reduceHandlers() {
  using R = Reduction;
  constexpr const char *layers = "`nn.reduce`", *runs = "host, in float";
  static const HandlerEntry entries[] = {
      {"ReduceSum", 1, importReduce<R::Sum>, layers, runs},
      {"ReduceMean", 1, importReduce<R::Mean>,
       "`nn.average_pool2d` over whole maps, else `nn.reduce`", "host"},
      {"ReduceMax", 1, importReduce<R::Max>, layers, runs},
      {"ReduceMin", 1, importReduce<R::Min>, layers, runs},
      {"ReduceProd", 1, importReduce<R::Prod>, layers, runs},
      {"ReduceL1", 1, importReduce<R::L1>, layers, runs},
      {"ReduceL2", 1, importReduce<R::L2>, layers, runs},
      {"ReduceLogSum", 1, importReduce<R::LogSum>, layers, runs},
      {"ReduceLogSumExp", 1, importReduce<R::LogSumExp>, layers, runs},
      {"ReduceSumSquare", 1, importReduce<R::SumSquare>, layers, runs},
      {"ArgMax", 1, importArgMax, layers, "host"},
      {"ArgMin", 1, importArgMin, layers, "host"},
      {"CumSum", 11, importCumSum, "`nn.cumsum`", runs}};
  return entries;
}
