//===- ScalarArithmetic.h - Operations of every element type ----*- C++ -*-===//
//
// On the `Value` of a Scalar: floats as IEEE 754 says, integers modulo their
// width. docs/spec/kernels.md, "Binary".
//
//===----------------------------------------------------------------------===//
#ifndef ROWLOCK_LIB_RUNTIME_SCALARARITHMETIC_H
#define ROWLOCK_LIB_RUNTIME_SCALARARITHMETIC_H

#include <cstdint>
#include <limits>
#include <type_traits>

namespace rowlock {

template <typename V> constexpr bool isReal = std::is_floating_point_v<V>;

template <typename V> V addValues(V a, V b) {
  if constexpr (isReal<V>)
    return a + b;
  else
    return V(uint64_t(a) + uint64_t(b));
}

template <typename V> V subtractValues(V a, V b) {
  if constexpr (isReal<V>)
    return a - b;
  else
    return V(uint64_t(a) - uint64_t(b));
}

template <typename V> V multiplyValues(V a, V b) {
  if constexpr (isReal<V>)
    return a * b;
  else
    return V(uint64_t(a) * uint64_t(b));
}

/// NaN wins; the first of equal elements.
template <typename V> V greaterOf(V a, V b) {
  if constexpr (isReal<V>)
    if (a != a || b != b)
      return a != a ? a : b;
  return a < b ? b : a;
}

template <typename V> V lesserOf(V a, V b) {
  if constexpr (isReal<V>)
    if (a != a || b != b)
      return a != a ? a : b;
  return b < a ? b : a;
}

/// What every element exceeds or equals, and the other way round.
template <typename V> constexpr V leastValue() {
  return isReal<V> ? -std::numeric_limits<V>::infinity()
                   : std::numeric_limits<V>::lowest();
}
template <typename V> constexpr V greatestValue() {
  return isReal<V> ? std::numeric_limits<V>::infinity()
                   : std::numeric_limits<V>::max();
}

} // namespace rowlock

#endif // ROWLOCK_LIB_RUNTIME_SCALARARITHMETIC_H
