//===- Pareto.h - Energy against latency ------------------------*- C++ -*-===//
//
//   Result<ParetoFront> front = paretoFront({layer, target});
//   front->points.front() // least energy
//   front->points.back()  // least latency
//
//===----------------------------------------------------------------------===//
#ifndef ROWLOCK_MAPPING_PARETO_H
#define ROWLOCK_MAPPING_PARETO_H

#include "rowlock/Mapping/Search.h"

namespace rowlock {

struct ParetoPoint {
  Mapping mapping;
  double energy = 0; // `Cost::energy`, normalised
  double cycles = 0; // `estimate().cycles`
};

struct ParetoFront {
  /// From the least energy to the least cycles: energies increase, cycles
  /// decrease.
  std::vector<ParetoPoint> points;
  double spaceSize = 0;  // `MapSpace::size`
  int64_t evaluated = 0; // mappings
};

/// The mappings of the space that no other one equals in energy or latency and
/// beats in the other, by the model of `estimate`; of those with the same
/// values one. Values that differ by less than a part in 10^11 are the same.
/// Exact: by the bounds of `searchOptimal`, but what is left out has both
/// figures no better than one mapping that was found. Deterministic. An error
/// if the problem fails its `check()` or nothing fits.
Result<ParetoFront> paretoFront(const MappingProblem &problem,
                                const MapSpace &space = {});

} // namespace rowlock

#endif // ROWLOCK_MAPPING_PARETO_H
