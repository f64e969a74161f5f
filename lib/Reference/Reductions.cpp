//===- Reductions.cpp - reduce, cumsum ------------------------------------===//
#include "Operations.h"

#include <cmath>

using namespace mlir;
using namespace rowlock;
using namespace rowlock::reference;
using llvm::APSInt;

/// The next state of sum, prod, max and min.
template <typename T> static T joinReals(StringRef name, T state, T x) {
  if (name == "sum")
    return state + x;
  if (name == "prod")
    return state * x;
  if (std::isnan(state) || std::isnan(x))
    return std::isnan(state) ? state : x;
  return name == "max" ? (x > state ? x : state) : (x < state ? x : state);
}

static APSInt joinIntegers(StringRef name, const APSInt &state,
                           const APSInt &x) {
  if (name == "sum")
    return state + x;
  if (name == "prod")
    return state * x;
  return name == "max" ? (x > state ? x : state) : (x < state ? x : state);
}

template <typename T> static T firstReal(StringRef name) {
  return name == "sum"    ? 0
         : name == "prod" ? 1
         : name == "max"  ? -INFINITY
                          : INFINITY;
}

static APInt firstInteger(StringRef name, const RefTensor &tensor) {
  auto type = mlir::cast<IntegerType>(tensor.type.getElementType());
  unsigned width = type.getWidth();
  bool isUnsigned = type.isUnsigned() || width == 1;
  if (name == "sum" || name == "prod")
    return APInt(width, name == "prod");
  return name == "max" ? APSInt::getMinValue(width, isUnsigned)
                       : APSInt::getMaxValue(width, isUnsigned);
}

/// Is element k better than element `best` in the sense of arg_max?
static bool isBetter(const RefTensor &input, int64_t k, int64_t best,
                     bool least, bool last) {
  auto better = [&](const auto &x, const auto &y) {
    return (least ? x < y : x > y) || (last && x == y);
  };
  auto realsBetter = [&](auto x, auto y) {
    if (std::isnan(x))
      return last || !std::isnan(y);
    return !std::isnan(y) && better(x, y);
  };
  if (!input.floats.empty())
    return realsBetter(input.floats[k], input.floats[best]);
  if (!input.doubles.empty())
    return realsBetter(input.doubles[k], input.doubles[best]);
  return better(integerAt(input, k), integerAt(input, best));
}

static void findBest(nn::ReduceOp op, const RefTensor &input,
                     RefTensor &result) {
  int64_t axis = op.getAxes()[0], inner = 1;
  for (int64_t size : input.type.getShape().drop_front(axis + 1))
    inner *= size;
  int64_t size = input.type.getDimSize(axis);
  for (int64_t line = 0; line < elements(result); ++line) {
    int64_t first = line / inner * size * inner + line % inner, best = 0;
    for (int64_t i = 1; i < size; ++i)
      if (isBetter(input, first + i * inner, first + best * inner,
                   op.getFunction() == "arg_min", op.getSelectLast()))
        best = i;
    result.integers[line] = best;
  }
}

void reference::reduce(nn::ReduceOp op, Operands operands, RefTensor &result) {
  const RefTensor &input = *operands[0];
  StringRef name = op.getFunction();
  if (name.starts_with("arg_"))
    return findBest(op, input, result);
  // Sums of 16-bit floats are binary32 until the end.
  std::vector<float> floats(result.floats.size(), firstReal<float>(name));
  for (double &state : result.doubles)
    state = firstReal<double>(name);
  for (int64_t k = 0; k < int64_t(result.integers.size()); ++k)
    storeInteger(result, k, firstInteger(name, result));
  for (int64_t k = 0; k < elements(input); ++k) {
    int64_t to = broadcastIndex(result, input.type.getShape(), k);
    if (!floats.empty())
      floats[to] = joinReals(name, floats[to], input.floats[k]);
    else if (!result.doubles.empty())
      result.doubles[to] =
          joinReals(name, result.doubles[to], input.doubles[k]);
    else
      storeInteger(
          result, to,
          joinIntegers(name, integerAt(result, to), integerAt(input, k)));
  }
  for (int64_t k = 0; k < int64_t(floats.size()); ++k)
    storeFloat(result, k, floats[k]);
}

void reference::cumSum(nn::CumSumOp op, Operands operands, RefTensor &result) {
  const RefTensor &input = *operands[0];
  int64_t axis = op.getAxis(), inner = 1;
  for (int64_t size : input.type.getShape().drop_front(axis + 1))
    inner *= size;
  int64_t size = input.type.getDimSize(axis);
  for (int64_t k = 0; k < elements(result); ++k) {
    // The elements that precede k in its line, from the far end on.
    int64_t index = k / inner % size, step = op.getReverse() ? -inner : inner;
    int64_t before = op.getReverse() ? size - 1 - index : index;
    float sum = 0;
    double wide = 0;
    uint64_t bits = 0;
    for (int64_t i = before; i >= (op.getExclusive() ? 1 : 0); --i) {
      int64_t at = k - i * step;
      if (!input.floats.empty())
        sum += input.floats[at];
      else if (!input.doubles.empty())
        wide += input.doubles[at];
      else
        bits += uint64_t(input.integers[at]);
    }
    if (!input.floats.empty())
      storeFloat(result, k, sum);
    else if (!input.doubles.empty())
      result.doubles[k] = wide;
    else
      storeInteger(result, k,
                   APInt(input.type.getElementTypeBitWidth(), bits,
                         /*isSigned=*/false, /*implicitTrunc=*/true));
  }
}
