//===- Energy.h - What events cost ------------------------------*- C++ -*-===//
//
// Two accounts of a layer's energy, both in units of one 16-bit MAC and from
// the simulator's events with the target's table (hardware.md, section 6).
//
//===----------------------------------------------------------------------===//
#ifndef ROWLOCK_PIPELINES_ENERGY_H
#define ROWLOCK_PIPELINES_ENERGY_H

#include "rowlock/Simulator/Counts.h"
#include "rowlock/Target/TargetSpec.h"

namespace rowlock {

/// Energy of moving data, by what they are.
struct DataEnergy {
  double ifmap = 0, filter = 0, psum = 0;
  double total() const { return ifmap + filter + psum; }
  DataEnergy &operator+=(const DataEnergy &other);
};

struct Energy {
  double alu = 0;   // multipliers and adders
  DataEnergy rf;    // spads
  DataEnergy array; // deliveries to PEs, hops on the LN
  DataEnergy glb;
  DataEnergy dram;
  double onChip() const {
    return alu + rf.total() + array.total() + glb.total();
  }
  double total() const { return onChip() + dram.total(); }
  Energy &operator+=(const Energy &other);
};

/// The normalised account, for objectives and comparison with ISCA 2016,
/// Figure 10: 4 spad accesses per MAC, fills of spads and the filter FIFO free.
/// A gated MAC spends the read of its ifmap word and nothing else in its PE.
/// `mode16` on `int` targets: 16-bit operands.
Energy normalisedEnergy(const EventCounts &counts, const TargetSpec &target,
                        bool mode16);

/// Every counted event: also what spads and psum queues are filled with, the
/// filter FIFO in and out, records from DRAM.
Energy eventEnergy(const EventCounts &counts, const TargetSpec &target,
                   bool mode16);

/// The chip without DRAM, from `eventEnergy` and the target's
/// `mac16_picojoules` and `static_milliwatts`: joules over all of the layer's
/// cycles, watts while it processes, as the chip's were measured
/// (docs/rationale/simulator.md).
double chipJoules(const Energy &events, const CycleCounts &cycles,
                  const TargetSpec &target);
double chipWatts(const Energy &events, const CycleCounts &cycles,
                 const TargetSpec &target);

} // namespace rowlock

#endif // ROWLOCK_PIPELINES_ENERGY_H
