//===- TimingRules.h - What is assumed of the machine's time ----*- C++ -*-===//
#ifndef ROWLOCK_TIMING_TIMINGRULES_H
#define ROWLOCK_TIMING_TIMINGRULES_H

#include "rowlock/Support/Result.h"

#include <cstdint>
#include <string>
#include <vector>

namespace rowlock {

/// Where the chip's behaviour is not published: what docs/spec/timing.md says,
/// and what else it might be, to see how much depends on it
/// (docs/rationale/simulator.md). Only the default is the machine of the
/// specification.
struct TimingRules {
  /// The first window of a PE starts when all words of it are there; else each
  /// word is used as it comes.
  bool firstWindowWhole = true;
  /// Psums of a window move up when the last of them is done; else each as soon
  /// as it is.
  bool psumsTogether = true;
  /// Windows whose psums may wait at a PE.
  int64_t psumWindows = 2;
  /// Filters of the next pass come into free spad words while a pass runs.
  bool filtersAhead = true;
  /// Filters that did not fit ahead come before ifmaps and psums; else beside
  /// them.
  bool filtersFirst = true;
  /// From the begin of a MAC until its psum is there, in cycles: spads,
  /// multiplier, adder.
  int64_t pipelineStages = 3;

  bool areSpecified() const;

  /// Departures from the specification, by name.
  struct Departure {
    const char *name, *doc;
    void (*apply)(TimingRules &);
  };
  static const std::vector<Departure> &departures();
  /// Applies one. An unknown name is an error that lists the known ones.
  Status depart(const std::string &name);
};

} // namespace rowlock

#endif // ROWLOCK_TIMING_TIMINGRULES_H
