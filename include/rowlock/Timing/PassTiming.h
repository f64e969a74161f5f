//===- PassTiming.h - How long a pass takes ---------------------*- C++ -*-===//
//
// Event times of one pass by the rules of docs/spec/timing.md: when each word
// reaches its PEs, when each PE starts and ends each window, when psums move
// up and out. A pass is stated by who receives what: the simulator reads that
// off the bits of a frame, `evaluate` off a mapping.
// lib/Simulator/CyclePass.h steps through the same rules cycle by cycle.
//
//===----------------------------------------------------------------------===//
#ifndef ROWLOCK_TIMING_PASSTIMING_H
#define ROWLOCK_TIMING_PASSTIMING_H

#include "rowlock/Target/TargetSpec.h"
#include "rowlock/Timing/TimingRules.h"

#include <cstdint>
#include <vector>

namespace rowlock {

/// What networks and spads do for operands of one width.
struct NetworkRates {
  /// `channels` share a spad in windows of `filterWidth` words.
  NetworkRates(const TargetSpec &target, bool mode16, int64_t channels,
               int64_t filterWidth);

  int64_t macCycles; // of a MAC
  int64_t ifmap;     // words in a cycle: as many neighbours in a row as the
                     // network carries and a spad always has room for
  int64_t psum, local;
  int64_t ifmapSpad; // words
};

/// One pass as the array sees it.
struct PassWork {
  int64_t images = 0, columns = 0; // of the ofmap: windows of a PE
  int64_t strideX = 1, filterWidth = 1;
  int64_t groups = 0, channels = 0; // channels per group
  int64_t channelsPerPE = 1;        // q
  int64_t channelSets = 1;          // r
  int64_t ifmapRows = 0;            // that the network brings

  /// What a PE has been given; with 0 of either it hands psums on.
  struct PE {
    int64_t filters = 0, channels = 0;
    bool works() const { return filters > 0 && channels > 0; }
  };
  std::vector<PE> pes;

  /// The PEs, from the bottom, that the psums of a row of one set run through.
  struct Chain {
    std::vector<uint32_t> pes;
    int64_t filters;
  };
  std::vector<Chain> chains; // in the order in which the psum network has them

  /// Working PEs that take ifmap row (group, channel set, row).
  std::vector<std::vector<uint32_t>> receivers;
};

/// Core cycles of a pass from its first delivery on, filters excepted, as the
/// bottom PE of the chain that ends last spends them.
struct PassTime {
  int64_t rampUp = 0;  // until its first window starts
  int64_t mac = 0;     // MACs of its windows
  int64_t network = 0; // stalls between them: words or psums not there yet
  int64_t drain = 0;   // from its last MAC to the last psum in the GLB
  int64_t total() const { return rampUp + mac + network + drain; }
};
PassTime timePass(const PassWork &work, const NetworkRates &rates,
                  const TimingRules &rules = {});

} // namespace rowlock

#endif // ROWLOCK_TIMING_PASSTIMING_H
