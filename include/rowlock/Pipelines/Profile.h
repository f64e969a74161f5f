//===- Profile.h - What a run on the simulator cost -------------*- C++ -*-===//
#ifndef ROWLOCK_PIPELINES_PROFILE_H
#define ROWLOCK_PIPELINES_PROFILE_H

#include "rowlock/Program/Program.h"
#include "rowlock/Simulator/Counts.h"

#include <string>
#include <vector>

namespace rowlock {

/// Energy by part of the machine, in units of one 16-bit MAC: the normalised
/// account of hardware.md, section 6, on counted events. A gated MAC spends one
/// spad read and nothing else in its PE.
struct EnergyParts {
  double alu = 0;   // multipliers and adders
  double rf = 0;    // spads: 4 accesses per MAC, fills are free
  double array = 0; // deliveries and hops
  double glb = 0;
  double dram = 0;

  double total() const { return alu + rf + array + glb + dram; }
  EnergyParts &operator+=(const EnergyParts &other);
};

/// The energy of a layer's events; `mode16` on `int` targets: 16-bit operands.
EnergyParts energyOf(const EventCounts &counts, const TargetSpec &target,
                     bool mode16);

/// One line for each layer on the array, and their sum: `counts` are the
/// simulator's, by layer.
std::string profileTable(const Program &program,
                         const std::vector<EventCounts> &counts);

/// The same as JSON: docs/spec/profile.md.
std::string profileJSON(const Program &program,
                        const std::vector<EventCounts> &counts);

} // namespace rowlock

#endif // ROWLOCK_PIPELINES_PROFILE_H
