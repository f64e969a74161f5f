//===- MappingExplanation.h - What bounds one problem -----------*- C++ -*-===//
#ifndef ROWLOCK_LIB_PIPELINES_MAPPINGEXPLANATION_H
#define ROWLOCK_LIB_PIPELINES_MAPPINGEXPLANATION_H

#include "rowlock/Mapping/Breakdown.h"
#include "rowlock/Mapping/Improvements.h"

namespace rowlock {

/// All that is said about a legal mapping of a problem.
class MappingExplanation {
public:
  MappingExplanation(const MappingProblem &problem, const Mapping &mapping,
                     const Objectives &objectives);

  double cycles() const { return breakdown.total(); } // modelled
  int64_t activePEs() const { return cost.activePEs; }
  /// The greatest part of the modelled time: "compute", "idle PEs", "ramp-up",
  /// "ifmap network (GIN)", "psum ports (GLB)", "DRAM link", "configuration".
  std::string bound() const;
  /// The change of the machine that is worth most, or null if none is worth
  /// anything.
  const Improvement *best() const;
  std::string text() const;

private:
  std::string searched() const;
  std::string latency() const;
  std::string cycleTable() const;
  std::string linkTable() const;
  std::string limits() const;
  std::string idlePEs() const;
  std::string otherPlacement(int64_t pes) const;
  std::string capacityTable() const;
  std::string machineTable() const;

  MappingProblem problem;
  Mapping mapping;
  Objectives objectives;
  Breakdown breakdown;
  CompulsoryTraffic compulsory;
  Cost cost; // `evaluate`
  Result<Improvements> improvements;
};

/// "12.3 %".
std::string percent(double part, double all);

} // namespace rowlock

#endif // ROWLOCK_LIB_PIPELINES_MAPPINGEXPLANATION_H
