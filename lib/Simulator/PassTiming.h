//===- PassTiming.h - How long a pass takes ---------------------*- C++ -*-===//
//
// Event times of one pass by the rules of docs/spec/timing.md: when each word
// reaches its PEs, when each PE starts and ends each window, when psums move
// up and out. The times follow from the frame's IDs, the counts of the pass and
// the target, not from data. lib/Simulator/CycleMachine.h steps through the
// same rules cycle by cycle.
//
//===----------------------------------------------------------------------===//
#ifndef ROWLOCK_LIB_SIMULATOR_PASSTIMING_H
#define ROWLOCK_LIB_SIMULATOR_PASSTIMING_H

#include "ArrayConfiguration.h"
#include "PassCounts.h"

namespace rowlock {

/// Core cycles of a pass from its first delivery on, filters excepted, as the
/// bottom PE of the chain that ends last spends them.
struct PassTime {
  int64_t rampUp = 0;  // until its first window starts
  int64_t mac = 0;     // MACs of its windows
  int64_t network = 0; // stalls between them: words or psums not there yet
  int64_t drain = 0;   // from its last MAC to the last psum in the GLB
  int64_t total() const { return rampUp + mac + network + drain; }
};
PassTime timePass(const ArrayConfiguration &configuration,
                  const PassCounts &counts, const TargetSpec &target);

/// Spads, multiplier, adder: a psum is there so many cycles after its MAC
/// begins.
constexpr int64_t pipelineStages = 3;

/// ifmap words that one cycle brings to a PE: as many neighbours in a row as
/// the network carries and a spad always has room for.
int64_t ifmapWordsPerCycle(const FrameValues &frame, const TargetSpec &target);

} // namespace rowlock

#endif // ROWLOCK_LIB_SIMULATOR_PASSTIMING_H
