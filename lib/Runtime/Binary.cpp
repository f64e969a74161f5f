//===- Binary.cpp - A function of two elements, Select --------------------===//
#include "Broadcast.h"
#include "Kernels.h"
#include "ScalarArithmetic.h"
#include "Scalars.h"

#include "rowlock/Numerics/Elementary.h"
#include "rowlock/Program/TensorLayout.h"

#include <cmath>

using namespace rowlock;

template <typename V> static V quotient(V a, V b) {
  if constexpr (isReal<V>)
    return a / b;
  else if (b == 0)
    return 0;
  else if (std::is_signed_v<V> && b == V(-1))
    return subtractValues(V(0), a);
  else
    return V(a / b);
}

/// With the sign of the dividend.
template <typename V> static V truncatedRest(V a, V b) {
  if constexpr (isReal<V>)
    return std::fmod(a, b);
  else if (b == 0 || (std::is_signed_v<V> && b == V(-1)))
    return 0;
  else
    return V(a % b);
}

/// With the sign of the divisor.
template <typename V> static V modulus(V a, V b) {
  V rest = truncatedRest(a, b);
  return rest != 0 && (rest < 0) != (b < 0) ? V(rest + b) : rest;
}

template <typename V> static V exponentiate(V x, V y) {
  if constexpr (isReal<V>) {
    return power(x, y);
  } else {
    if (y < 0)
      return x == 1 || (x == V(-1) && y % 2 == 0) ? V(1)
             : x == V(-1)                         ? x
                                                  : V(0);
    V result = 1;
    for (; y > 0; y /= 2, x = multiplyValues(x, x))
      if (y % 2)
        result = multiplyValues(result, x);
    return result;
  }
}

template <typename V> static V rectify(V x, V slope) {
  return x >= 0 ? x : multiplyValues(x, slope);
}

/// Functions whose result has the operands' type; null for others.
template <typename V> static auto combination(BinaryFunction function) {
  using Combine = V (*)(V, V);
  if constexpr (!std::is_same_v<V, bool>) {
    constexpr Combine table[] = {
        addValues<V>,     subtractValues<V>, multiplyValues<V>, quotient<V>,
        exponentiate<V>,  lesserOf<V>,       greaterOf<V>,      modulus<V>,
        truncatedRest<V>, rectify<V>};
    if (function < BinaryFunction::Equal)
      return table[size_t(function)];
  }
  return Combine(nullptr);
}

/// Functions whose result is a truth value; null for others.
template <typename V> static auto predicate(BinaryFunction function) {
  using Compare = bool (*)(V, V);
  constexpr bool truth = std::is_same_v<V, bool>;
  constexpr Compare comparisons[] = {
      [](V a, V b) { return a == b; }, [](V a, V b) { return a > b; },
      [](V a, V b) { return a >= b; }, [](V a, V b) { return a < b; },
      [](V a, V b) { return a <= b; }};
  constexpr bool (*connectives[])(bool, bool) = {
      [](bool a, bool b) { return a && b; },
      [](bool a, bool b) { return a || b; },
      [](bool a, bool b) { return a != b; }};
  if constexpr (truth)
    if (function >= BinaryFunction::And)
      return connectives[size_t(function) - size_t(BinaryFunction::And)];
  if (isPredicate(function) && function < BinaryFunction::And &&
      (!truth || function == BinaryFunction::Equal))
    return comparisons[size_t(function) - size_t(BinaryFunction::Equal)];
  return Compare(nullptr);
}

template <typename From, typename To, typename Function>
static Result<KernelRun> pairwise(const Broadcast &pairs, Function function) {
  if (!function)
    return Status::error("the function takes no elements of this type");
  return KernelRun([=](const std::vector<const uint8_t *> &data, uint8_t *out) {
    pairs.forEach<2>([&](int64_t k, const std::array<int64_t, 2> &at) {
      To::store(
          out, k,
          function(From::load(data[0], at[0]), From::load(data[1], at[1])));
    });
  });
}

Result<KernelRun> rowlock::prepareBinary(const LayerView &layer) {
  if (layer.operands.size() != 2 ||
      layer.operands[0].type != layer.operands[1].type)
    return Status::error("expected 2 operands of one type");
  auto code = layer.ints("function", 1, 0, binaryFunctions - 1, {});
  auto pairs = Broadcast::of(layer);
  if (!code)
    return code.takeStatus();
  if (!pairs)
    return pairs.takeStatus();
  auto function = BinaryFunction(code->front());
  fb::ElementType type = layer.operands[0].type;
  if (layer.result.type != (isPredicate(function) ? fb::ElementType::I1 : type))
    return Status::error("the result has not the function's type");
  return withScalar(type, [&](auto scalar) {
    using Scalar = decltype(scalar);
    using Value = typename Scalar::Value;
    return isPredicate(function)
               ? pairwise<Scalar, BoolScalar>(*pairs,
                                              predicate<Value>(function))
               : pairwise<Scalar, Scalar>(*pairs, combination<Value>(function));
  });
}

/// By their bytes: floats keep every bit.
template <typename Bits> static KernelRun select(const Broadcast &triples) {
  using Scalar = PlainScalar<Bits>;
  return [=](const std::vector<const uint8_t *> &data, uint8_t *out) {
    triples.forEach<3>([&](int64_t k, const std::array<int64_t, 3> &at) {
      bool first = BoolScalar::load(data[0], at[0]);
      Scalar::store(out, k,
                    first ? Scalar::load(data[1], at[1])
                          : Scalar::load(data[2], at[2]));
    });
  };
}

Result<KernelRun> rowlock::prepareSelect(const LayerView &layer) {
  if (layer.operands.size() != 3 ||
      layer.operands[0].type != fb::ElementType::I1 ||
      layer.operands[1].type != layer.result.type ||
      layer.operands[2].type != layer.result.type)
    return Status::error("expected a condition (I1) and 2 operands of the "
                         "result's type");
  auto triples = Broadcast::of(layer);
  if (!triples)
    return triples.takeStatus();
  switch (elementBytes(layer.result.type)) {
  case 1:
    return select<uint8_t>(*triples);
  case 2:
    return select<uint16_t>(*triples);
  case 4:
    return select<uint32_t>(*triples);
  default:
    return select<uint64_t>(*triples);
  }
}
