//===- Accesses.h - Reads and writes by memory and data ---------*- C++ -*-===//
#ifndef ROWLOCK_PIPELINES_ACCESSES_H
#define ROWLOCK_PIPELINES_ACCESSES_H

#include "rowlock/Simulator/Counts.h"

namespace rowlock {

struct ReadsAndWrites {
  int64_t reads = 0, writes = 0;
};
struct DataAccesses {
  ReadsAndWrites ifmap, filter, psum;
};

/// Who is read and written how often: the events that `eventEnergy` charges,
/// in words of the data (operands, psums), of DRAM in bytes.
struct Accesses {
  /// A MAC reads an ifmap word; unless gated, a filter word and a psum, and
  /// writes one. Psums also go through the PE's queue.
  DataAccesses spads;
  /// Filters: the FIFO.
  DataAccesses glb;
  /// Psums: ofmaps, and raw psums out and in; filters: with records.
  DataAccesses dram;
};

Accesses accessesOf(const EventCounts &counts);

} // namespace rowlock

#endif // ROWLOCK_PIPELINES_ACCESSES_H
