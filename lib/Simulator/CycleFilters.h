//===- CycleFilters.h - Filters, cycle by cycle -----------------*- C++ -*-===//
//
// The literal judge of FilterStream.h: link words come into the FIFO, network
// words leave it for the spads, one in a cycle.
//
//===----------------------------------------------------------------------===//
#ifndef ROWLOCK_LIB_SIMULATOR_CYCLEFILTERS_H
#define ROWLOCK_LIB_SIMULATOR_CYCLEFILTERS_H

#include "ArrayConfiguration.h"

#include "rowlock/Simulator/Counts.h"
#include "rowlock/Simulator/PassCounts.h"

#include <deque>

namespace rowlock {

class CycleFilters {
public:
  explicit CycleFilters(const TargetSpec &target)
      : target(target), capacity(target.filter_banks * target.bank_bytes) {}

  /// A block of filters, `bytes` with its records, begins to come.
  void begin(const ArrayConfiguration &configuration, const PassCounts &counts,
             int64_t bytes);
  bool mayBegin() const { return whole() && fifo < capacity; }
  /// The last block that began has come in full.
  bool whole() const { return blocks.empty() || !blocks.back().toCome; }
  bool hasNext() const { return !blocks.empty(); }

  /// One word from the link, at most so many bytes; false if there is no room.
  bool wants(int64_t linkBytes) const;
  void receive(int64_t linkBytes);

  /// The frame is in the chain, the spads are empty.
  void configure(const ArrayConfiguration &next);
  /// The pass before has ended: its filters may be overwritten.
  void release() { held.clear(); }
  /// The PEs have all filters of the first block; the pass takes it.
  bool delivered() const { return blocks.front().round == rounds(); }
  void take();

  /// A cycle of the filter network.
  void step();
  /// Words that went through, and words times their receivers.
  int64_t words = 0, deliveries = 0;

private:
  struct Row {
    int64_t words = 0, receivers = 0;
  };
  struct Block {
    const ArrayConfiguration *configuration;
    std::vector<Row> rows;
    int64_t wordBytes, width;
    int64_t records; // bytes of them that are left in the FIFO or to come
    int64_t toCome, queued; // bytes on the link; in the FIFO
    int64_t round = 0;
    size_t row = 0;
  };
  int64_t rounds() const;

  const TargetSpec &target;
  const int64_t capacity;
  int64_t fifo = 0; // bytes in it
  std::deque<Block> blocks;
  std::vector<Row> held;
  const ArrayConfiguration *configuration = nullptr;
};

} // namespace rowlock

#endif // ROWLOCK_LIB_SIMULATOR_CYCLEFILTERS_H
