//===- ArrayConfiguration.h - Who receives what -----------------*- C++ -*-===//
//
// A frame decoded: for every PE which tags it takes (docs/spec/execution.md,
// "Tags"), for every psum tag the chain of PEs that its psums run through. All
// of it follows from the IDs and psum sources in the frame.
//
//===----------------------------------------------------------------------===//
#ifndef ROWLOCK_LIB_SIMULATOR_ARRAYCONFIGURATION_H
#define ROWLOCK_LIB_SIMULATOR_ARRAYCONFIGURATION_H

#include "rowlock/Program/FrameLayout.h"
#include "rowlock/Target/TargetSpec.h"

#include <vector>

namespace rowlock {

/// The filter row that a PE takes: of set `set`, channel set `channelSet`.
struct FilterTag {
  int64_t set = -1, channelSet = 0, row = 0;
};
/// The ifmap row that a PE takes.
struct IfmapTag {
  int64_t group = -1, channelSet = 0, row = 0;
};

/// The PEs, from the bottom, through which the psums with one tag run.
struct PsumChain {
  std::vector<size_t> pes;
  size_t receivers = 0;     // PEs that take the psum from the network
  bool returnsSame = false; // the last PE sends it with the tag it came with
};

struct ArrayConfiguration {
  ArrayConfiguration(const FrameValues &frame, const TargetSpec &target);

  FrameValues frame;
  bool mode16;
  int64_t setRows;     // e: rows that segments * segment_width columns make
  int64_t ifmapPeriod; // V
  std::vector<FilterTag> filterTags; // per PE
  std::vector<IfmapTag> ifmapTags;   // per PE

  /// Banks of the regions, ascending.
  std::vector<size_t> ifmapBanks, psumBanks;

  /// The chain of ofmap row `row` of set `set`; null if nobody takes the tag.
  const PsumChain *chain(int64_t set, int64_t row) const;

private:
  void decodeFilterTag(size_t pe, int64_t busRow, int64_t column);
  void decodeIfmapTag(size_t pe, int64_t busRow, int64_t column);
  void makeChains(const TargetSpec &target);

  std::vector<PsumChain> chains; // set * setRows + row
};

} // namespace rowlock

#endif // ROWLOCK_LIB_SIMULATOR_ARRAYCONFIGURATION_H
