//===- BranchAndBound.h - The walk over passes and tiles --------*- C++ -*-===//
#ifndef ROWLOCK_LIB_MAPPING_BRANCHANDBOUND_H
#define ROWLOCK_LIB_MAPPING_BRANCHANDBOUND_H

#include "rowlock/Mapping/Search.h"

namespace rowlock {

/// What a search has found so far, and what that rules out. Values are those of
/// the search's objectives.
class Incumbents {
public:
  virtual ~Incumbents() = default;
  /// True unless every mapping with values of at least these, and that p or a
  /// greater one, comes behind what was found.
  virtual bool mayImprove(const std::vector<double> &least,
                          int64_t p) const = 0;
  /// A mapping that may improve.
  virtual void take(const Mapping &mapping, std::vector<double> values) = 0;
};

/// Offers every mapping of the space that `found` does not rule out, nor one
/// that has no more energy, cycles and DRAM bytes. Passes come in the order of
/// the first objective's bounds. An error if the problem fails its `check()` or
/// nothing fits, but for `mostDRAMBytes`.
Result<Certificate> branchAndBound(const MappingProblem &problem,
                                   const Objectives &objectives,
                                   const MapSpace &space, Incumbents &found);

/// The error for a walk that offered no mapping.
Status tooMuchTraffic(const MappingProblem &problem, const MapSpace &space);

} // namespace rowlock

#endif // ROWLOCK_LIB_MAPPING_BRANCHANDBOUND_H
