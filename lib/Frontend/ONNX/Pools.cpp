//===- Pools.cpp - Pools in one to three dimensions -----------------------===//
#include "Pools.h"

#include "Listed.h"

#include "Convolutions.h"
#include "Elements.h"
#include "Layers.h"

#include <cmath>

using namespace mlir;
using namespace rowlock;

/// nn's pools ask for pads that are smaller than the window.
static bool hasWidePads(const WindowAttributes &window) {
  for (size_t d = 0; d < window.rank(); ++d)
    if (std::max(window.before[d], window.after[d]) >= window.span(d))
      return true;
  return false;
}

/// `pool(input, window, columnMajor)` of two dimensions where the window has
/// two or one.
template <typename Pool>
static FailureOr<Value> poolPlane(Node &node, Value input,
                                  const WindowAttributes &window, Pool pool) {
  FailureOr<Value> result = pool(asPlane(node, input), window.planar());
  if (failed(result) || window.rank() == 2)
    return result;
  SmallVector<int64_t> out(shapeOf(*result));
  return node.reshape(*result, {out[0], out[1], out[3]});
}

/// Planes first, then lines in depth, each with `pool`.
template <typename Pool>
static FailureOr<Value> poolSpace(Node &node, Value input,
                                  const WindowAttributes &window, Pool pool) {
  SmallVector<int64_t> in(shapeOf(input));
  FailureOr<Value> planes =
      pool(node.reshape(input, {in[0], in[1] * in[2], in[3], in[4]}),
           window.part(1, 2));
  if (failed(planes))
    return failure();
  SmallVector<int64_t> out(shapeOf(*planes));
  WindowAttributes depth = window.part(0, 1);
  for (auto *list : {&depth.kernel, &depth.strides, &depth.dilations})
    list->push_back(1);
  for (auto *list : {&depth.before, &depth.after})
    list->push_back(0);
  FailureOr<Value> lines = pool(
      node.reshape(*planes, {in[0], in[1], in[2], out[2] * out[3]}), depth);
  if (failed(lines))
    return failure();
  return node.reshape(*lines,
                      {in[0], in[1], shapeOf(*lines)[2], out[2], out[3]});
}

template <typename Pool>
static FailureOr<Value> poolAny(Node &node, Value input,
                                const WindowAttributes &window, Pool pool) {
  return window.rank() == 3 ? poolSpace(node, input, window, pool)
                            : poolPlane(node, input, window, pool);
}

static FailureOr<RankedTensorType> pooledType(Node &node, Value input,
                                              const WindowAttributes &window) {
  ArrayRef<int64_t> in = shapeOf(input);
  return node.type(joined({in[0], in[1]}, window.outputs(in.drop_front(2))));
}

FailureOr<Value> rowlock::makeMaxPool(Node &node, Value input,
                                      const WindowAttributes &given) {
  WindowAttributes window = given;
  if (hasWidePads(window)) {
    window = window.withoutCeil(shapeOf(input).drop_front(2));
    SmallVector<int64_t> none(window.rank(), 0);
    input = makePad(
        node, input, window.before, window.after, none,
        node.constantOf(ArrayRef<int64_t>(), ArrayRef<float>(-INFINITY)));
    if (!input)
      return failure();
    window.before = window.after = none;
  }
  auto pool = [&](Value maps,
                  const WindowAttributes &window) -> FailureOr<Value> {
    auto type = pooledType(node, maps, window);
    if (failed(type))
      return failure();
    OpBuilder &b = node.builder();
    return Value(nn::MaxPool2DOp::create(
        b, node.loc(), *type, maps, b.getDenseI64ArrayAttr(window.kernel),
        b.getDenseI64ArrayAttr(window.strides),
        b.getDenseI64ArrayAttr(window.pads()),
        b.getDenseI64ArrayAttr(window.dilations),
        window.ceil ? b.getUnitAttr() : UnitAttr()));
  };
  return poolAny(node, input, window, pool);
}

/// For each element, its place where the first spatial dimension runs fastest.
static Value columnMajorPlaces(Node &node, ArrayRef<int64_t> shape) {
  SmallVector<int64_t> turned = {shape[0], shape[1], shape[4], shape[3],
                                 shape[2]};
  int64_t count = 1;
  for (int64_t size : shape)
    count *= size;
  std::vector<int64_t> places(count);
  for (int64_t k = 0; k < count; ++k)
    places[k] = k;
  return node.reshape(makeTranspose(node,
                                    node.constantOf(turned, ArrayRef(places)),
                                    {0, 1, 4, 3, 2}),
                      {count});
}

/// Elements of `table`, flattened.
static Value lookUp(Node &node, Value table, Value indices) {
  OpBuilder &b = node.builder();
  int64_t count =
      llvm::cast<RankedTensorType>(table.getType()).getNumElements();
  return nn::GatherOp::create(
      b, node.loc(), RankedTensorType::get(shapeOf(indices), elementOf(table)),
      node.reshape(table, {count}), indices, b.getI64IntegerAttr(0));
}

FailureOr<Value> rowlock::makeMaxPoolIndices(Node &node, Value input,
                                             const WindowAttributes &window,
                                             bool columnMajor) {
  if (hasWidePads(window))
    return node.error()
           << "indices where a pad is not smaller than the kernel are not "
              "supported";
  bool spatial = window.rank() == 3;
  auto pool = [&](Value maps,
                  const WindowAttributes &window) -> FailureOr<Value> {
    auto type = pooledType(node, maps, window);
    if (failed(type))
      return failure();
    OpBuilder &b = node.builder();
    return Value(nn::MaxPoolIndices2DOp::create(
        b, node.loc(), type->clone(b.getI64Type()), maps,
        b.getDenseI64ArrayAttr(window.kernel),
        b.getDenseI64ArrayAttr(window.strides),
        b.getDenseI64ArrayAttr(window.pads()),
        b.getDenseI64ArrayAttr(window.dilations),
        window.ceil ? b.getUnitAttr() : UnitAttr(),
        columnMajor && !spatial ? b.getUnitAttr() : UnitAttr()));
  };
  if (!spatial)
    return poolPlane(node, input, window, pool);
  // Of the planes' maxima, at the places where the depth's maxima are; a max of
  // the planes is the operand's element at its index.
  Value planes;
  auto steps = [&](Value maps,
                   const WindowAttributes &part) -> FailureOr<Value> {
    auto indices = pool(maps, part);
    if (failed(indices) || planes)
      return failed(indices) ? indices
                             : FailureOr<Value>(lookUp(node, planes, *indices));
    planes = *indices;
    return lookUp(node, maps, *indices);
  };
  auto places = poolSpace(node, input, window, steps);
  if (failed(places) || !columnMajor)
    return places;
  auto count = cast<RankedTensorType>(input.getType()).getNumElements();
  if (failed(checkListed(node, double(count))))
    return failure();
  return lookUp(node, columnMajorPlaces(node, shapeOf(input)), *places);
}

/// How many elements each window has along one dimension.
static SmallVector<int64_t> countsAlong(const WindowAttributes &window,
                                        size_t d, int64_t size, int64_t outputs,
                                        bool countPadding) {
  int64_t low = countPadding ? -window.before[d] : 0;
  int64_t high = countPadding ? size + window.after[d] : size;
  SmallVector<int64_t> counts;
  for (int64_t o = 0; o < outputs; ++o) {
    int64_t count = 0;
    for (int64_t k = 0; k < window.kernel[d]; ++k) {
      int64_t at =
          o * window.strides[d] + k * window.dilations[d] - window.before[d];
      count += at >= low && at < high;
    }
    counts.push_back(count);
  }
  return counts;
}

/// Means as sums times constants.
static FailureOr<Value> makeDilatedMean(Node &node, Value input,
                                        const WindowAttributes &window,
                                        bool countPadding) {
  SmallVector<int64_t> sizes(shapeOf(input).drop_front(2));
  SmallVector<int64_t> outputs = window.outputs(sizes);
  std::vector<int64_t> counts = {1};
  for (size_t d = 0; d < window.rank(); ++d) {
    std::vector<int64_t> next;
    for (int64_t outer : counts)
      for (int64_t inner :
           countsAlong(window, d, sizes[d], outputs[d], countPadding))
        next.push_back(outer * inner);
    counts = std::move(next);
  }
  bool same = !counts.empty() && llvm::all_equal(counts);
  auto sums =
      makeWindowSums(node, input, window, same ? 1 / float(counts[0]) : 1);
  if (failed(sums) || same)
    return sums;
  std::vector<float> factors;
  for (int64_t count : counts)
    factors.push_back(1 / float(count));
  return makeProduct(node, *sums, node.constantOf(outputs, factors));
}

FailureOr<Value> rowlock::makeMean(Node &node, Value input,
                                   const WindowAttributes &given,
                                   bool countPadding) {
  // What a window has beyond the padding, since sizes round up, counts as well.
  WindowAttributes window =
      countPadding ? given.withoutCeil(shapeOf(input).drop_front(2)) : given;
  auto isOne = [](int64_t dilation) { return dilation == 1; };
  if (hasWidePads(window) || !llvm::all_of(window.dilations, isOne))
    return makeDilatedMean(node, input, window, countPadding);
  auto pool = [&](Value maps,
                  const WindowAttributes &window) -> FailureOr<Value> {
    auto type = pooledType(node, maps, window);
    if (failed(type))
      return failure();
    OpBuilder &b = node.builder();
    return Value(nn::AveragePool2DOp::create(
        b, node.loc(), *type, maps, b.getDenseI64ArrayAttr(window.kernel),
        b.getDenseI64ArrayAttr(window.strides),
        b.getDenseI64ArrayAttr(window.pads()),
        window.ceil ? b.getUnitAttr() : UnitAttr(),
        countPadding ? b.getUnitAttr() : UnitAttr(), nn::RescaleAttr()));
  };
  return poolAny(node, input, window, pool);
}

FailureOr<Value> rowlock::makeNorm(Node &node, Value input,
                                   const WindowAttributes &window,
                                   float power) {
  FailureOr<Value> powers = power == 2
                                ? makeProduct(node, input, input)
                                : makeUnary(node, UnaryFunction::Abs, input);
  if (succeeded(powers) && power != 1 && power != 2)
    powers = makeBinary(node, BinaryFunction::Pow, *powers, power);
  if (failed(powers) || !*powers)
    return failure();
  auto sums = makeWindowSums(node, *powers, window, 1);
  if (failed(sums) || power == 1)
    return sums;
  Value root = power == 2
                   ? makeUnary(node, UnaryFunction::Sqrt, *sums)
                   : makeBinary(node, BinaryFunction::Pow, *sums, 1 / power);
  if (!root)
    return failure();
  return root;
}
