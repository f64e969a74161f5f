//===- RandomValues.h - Inputs from a fixed seed ----------------*- C++ -*-===//
#ifndef ROWLOCK_LIB_REDUCE_RANDOMVALUES_H
#define ROWLOCK_LIB_REDUCE_RANDOMVALUES_H

#include <cstdint>
#include <random>
#include <vector>

namespace rowlock {

/// Numbers that are the same in every run and on every machine.
class RandomValues {
public:
  /// In [-2, 2), multiples of 2^-20.
  float number() {
    return float(int64_t(next() >> 42) - (1 << 21)) / (1 << 20);
  }
  /// In [low, high].
  int64_t integer(int64_t low, int64_t high) {
    return low + int64_t(next() % uint64_t(high - low + 1));
  }
  std::vector<float> numbers(int64_t count) {
    std::vector<float> values(static_cast<size_t>(count));
    for (float &value : values)
      value = number();
    return values;
  }

private:
  uint64_t next() { return engine(); }
  std::mt19937_64 engine{1};
};

} // namespace rowlock

#endif // ROWLOCK_LIB_REDUCE_RANDOMVALUES_H
