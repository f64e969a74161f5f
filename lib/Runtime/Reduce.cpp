//===- Reduce.cpp - Reduce, CumSum ----------------------------------------===//
#include "Broadcast.h"
#include "Kernels.h"
#include "ScalarArithmetic.h"
#include "Scalars.h"

#include "rowlock/Numerics/Functions.h"

using namespace rowlock;

/// Elements of dimensions behind `axis`.
static int64_t innerSize(const std::vector<int64_t> &shape, size_t axis) {
  int64_t inner = 1;
  for (size_t d = axis + 1; d < shape.size(); ++d)
    inner *= shape[d];
  return inner;
}

namespace {

template <typename V> struct Fold {
  V start;
  V (*join)(V, V); // null where the type has no such reduction

  static Fold of(ReduceFunction function) {
    if (function == ReduceFunction::Max)
      return {leastValue<V>(), greaterOf<V>};
    if (function == ReduceFunction::Min)
      return {greatestValue<V>(), lesserOf<V>};
    if constexpr (!std::is_same_v<V, bool>)
      return function == ReduceFunction::Sum ? Fold{V(0), addValues<V>}
                                             : Fold{V(1), multiplyValues<V>};
    return {V(0), nullptr};
  }
};

} // namespace

/// `lines` holds, for each element of the operand, the result's.
template <typename Scalar>
static Result<KernelRun> fold(const Broadcast &lines, ReduceFunction function,
                              int64_t results) {
  using V = typename Scalar::Value;
  auto how = Fold<V>::of(function);
  if (!how.join)
    return Status::error("the function takes no elements of this type");
  return KernelRun([=](const std::vector<const uint8_t *> &data, uint8_t *out) {
    // A bool is a byte here, not a bit of a vector.
    struct Held {
      V value;
    };
    std::vector<Held> held(size_t(results), Held{how.start});
    lines.forEach<1>([&](int64_t k, const std::array<int64_t, 1> &at) {
      V &value = held[size_t(at[0])].value;
      value = how.join(value, Scalar::load(data[0], k));
    });
    for (int64_t k = 0; k < results; ++k)
      Scalar::store(out, k, held[size_t(k)].value);
  });
}

/// Does the value take the place of the best before?
template <typename V> static bool wins(V value, V best, bool least, bool last) {
  if constexpr (isReal<V>)
    if (value != value || best != best)
      return value != value && (last || best == best);
  return (least ? value < best : value > best) || (last && value == best);
}

template <typename Scalar>
static KernelRun findBest(int64_t size, int64_t inner, int64_t results,
                          bool least, bool last) {
  return [=](const std::vector<const uint8_t *> &data, uint8_t *out) {
    for (int64_t line = 0; line < results; ++line) {
      int64_t first = line / inner * size * inner + line % inner, best = 0;
      for (int64_t k = 1; k < size; ++k)
        if (wins(Scalar::load(data[0], first + k * inner),
                 Scalar::load(data[0], first + best * inner), least, last))
          best = k;
      PlainScalar<int64_t>::store(out, line, best);
    }
  };
}

Result<KernelRun> rowlock::prepareReduce(const LayerView &layer) {
  if (layer.operands.size() != 1)
    return Status::error("expected one operand");
  const TensorView &input = layer.operands[0], &result = layer.result;
  auto code = layer.ints("function", 1, 0, 5, {});
  auto last = layer.ints("select_last", 1, 0, 1, {0});
  if (!code)
    return code.takeStatus();
  if (!last)
    return last.takeStatus();
  auto function = ReduceFunction(code->front());
  bool index = function >= ReduceFunction::ArgMax;
  std::vector<int64_t> shape = input.shape, axes = layer.ints("axes");
  for (int64_t axis : axes) {
    if (axis < 0 || axis >= int64_t(shape.size()))
      return Status::error("axis " + std::to_string(axis) +
                           " is none of the operand's");
    shape[size_t(axis)] = 1;
  }
  if (shape != result.shape)
    return Status::error("the result has not the operand's shape with 1 along "
                         "the axes");
  if (result.type != (index ? fb::ElementType::I64 : input.type))
    return Status::error("the result has not the function's type");
  if (index && (axes.size() != 1 || input.shape[size_t(axes[0])] < 1))
    return Status::error("expected one axis, of a size of at least 1");
  auto lines = Broadcast::of(input.shape, {result});
  if (!lines)
    return lines.takeStatus();
  return withScalar(input.type, [&](auto scalar) -> Result<KernelRun> {
    using Scalar = decltype(scalar);
    if (!index)
      return fold<Scalar>(*lines, function, result.elements());
    return findBest<Scalar>(
        input.shape[size_t(axes[0])], innerSize(input.shape, size_t(axes[0])),
        result.elements(), function == ReduceFunction::ArgMin, last->front());
  });
}

template <typename Scalar>
static KernelRun runningSums(int64_t size, int64_t inner, int64_t lines,
                             bool exclusive, bool reverse) {
  return [=](const std::vector<const uint8_t *> &data, uint8_t *out) {
    for (int64_t line = 0; line < lines; ++line) {
      int64_t first = line / inner * size * inner + line % inner;
      typename Scalar::Value sum = 0;
      for (int64_t k = 0; k < size; ++k) {
        int64_t at = first + (reverse ? size - 1 - k : k) * inner;
        if (exclusive)
          Scalar::store(out, at, sum);
        sum = addValues(sum, Scalar::load(data[0], at));
        if (!exclusive)
          Scalar::store(out, at, sum);
      }
    }
  };
}

Result<KernelRun> rowlock::prepareCumSum(const LayerView &layer) {
  const TensorView &result = layer.result;
  if (layer.operands.size() != 1 || layer.operands[0].shape != result.shape ||
      layer.operands[0].type != result.type ||
      result.type == fb::ElementType::I1)
    return Status::error("expected one operand of the result's shape and type, "
                         "a number");
  auto axis = layer.ints("axis", 1, 0, int64_t(result.shape.size()) - 1, {});
  auto exclusive = layer.ints("exclusive", 1, 0, 1, {0});
  auto reverse = layer.ints("reverse", 1, 0, 1, {0});
  if (!axis)
    return axis.takeStatus();
  if (!exclusive)
    return exclusive.takeStatus();
  if (!reverse)
    return reverse.takeStatus();
  int64_t size = result.shape[size_t(axis->front())];
  int64_t lines = size ? result.elements() / size : 0;
  return withScalar(result.type, [&](auto scalar) -> Result<KernelRun> {
    using Scalar = decltype(scalar);
    if constexpr (std::is_same_v<typename Scalar::Value, bool>)
      return Status::error("truth values have no sum");
    else
      return runningSums<Scalar>(size,
                                 innerSize(result.shape, size_t(axis->front())),
                                 lines, exclusive->front(), reverse->front());
  });
}
