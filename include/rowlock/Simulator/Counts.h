//===- Counts.h - What a run moved ------------------------------*- C++ -*-===//
#ifndef ROWLOCK_SIMULATOR_COUNTS_H
#define ROWLOCK_SIMULATOR_COUNTS_H

#include "rowlock/Timing/CycleCounts.h"

#include <cstdint>

namespace rowlock {

/// Events of the machine, each counted where it happens; none follows from a
/// formula. Words are operands or psums as the counting rules of hardware.md,
/// section 4, have them: operands used, not port words.
struct EventCounts {
  int64_t passes = 0;
  /// The most PEs that worked in one pass.
  int64_t activePEs = 0;
  int64_t macs = 0;
  /// MACs whose ifmap word was zero: they save energy, never time.
  int64_t gatedMacs = 0;

  int64_t glbIfmapReads = 0;    // into the ifmap GIN
  int64_t glbPsumReads = 0;     // into the psum GIN, presets included
  int64_t glbPsumWrites = 0;    // back from the GON
  int64_t glbFillWords = 0;     // ifmap words from DRAM, padding included
  int64_t glbDrainWords = 0;    // psum words to DRAM, and raw ones back
  int64_t glbRestoredWords = 0; // of them: raw ones back

  int64_t filterWords = 0; // through the filter FIFO, records not counted
  // Words times the PEs that their IDs reach; psums: that they run through.
  int64_t filterDeliveries = 0, ifmapDeliveries = 0, psumDeliveries = 0;

  int64_t dramFilterBytes = 0;
  int64_t dramIfmapBytes = 0;    // without padding that is not stored
  int64_t dramOfmapBytes = 0;    // outputs, and raw psums out and in
  int64_t dramRestoredBytes = 0; // of them: raw psums in
  // What ifmaps and ofmaps would be without the run-length code.
  int64_t dramIfmapPlainBytes = 0, dramOfmapPlainBytes = 0;
  int64_t dramRecordBytes = 0; // biases or requantisation records

  CycleCounts cycles; // 0 where engines ran in random order

  /// Runs one behind the other; active PEs are the most of any.
  EventCounts &operator+=(const EventCounts &other);
};

} // namespace rowlock

#endif // ROWLOCK_SIMULATOR_COUNTS_H
