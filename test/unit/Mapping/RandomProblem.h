//===- RandomProblem.h - Random targets, layers, mappings -------*- C++ -*-===//
#ifndef ROWLOCK_TEST_UNIT_MAPPING_RANDOMPROBLEM_H
#define ROWLOCK_TEST_UNIT_MAPPING_RANDOMPROBLEM_H

#include "rowlock/Mapping/Parts.h"

#include <optional>
#include <random>

namespace rowlock {

class RandomProblem {
public:
  explicit RandomProblem(uint64_t seed) : engine(seed) {}

  /// Uniform in [low, high], the same on every machine.
  int64_t number(int64_t low, int64_t high) {
    return low + int64_t(engine() % uint64_t(high - low + 1));
  }
  /// A valid target, any within hardware.md's ranges, mostly small.
  TargetSpec target();
  /// A small layer that passes `check` on the target.
  MappingProblem problem(const TargetSpec &target);
  /// One small enough to try every mapping.
  MappingProblem smallProblem();
  /// A small convolution of any size, stride, dilation and groups.
  ConvShape convolution();
  /// Makes the native ranges of a target so small that `convolution` leaves
  /// them.
  void narrow(TargetSpec &target);
  /// A mapping of any shape and order; not always legal.
  Mapping mapping(const MappingProblem &problem);
  /// A legal mapping, if a few hundred tries find one.
  std::optional<Mapping> legalMapping(const MappingProblem &problem);

private:
  std::mt19937_64 engine;
};

} // namespace rowlock

#endif // ROWLOCK_TEST_UNIT_MAPPING_RANDOMPROBLEM_H
