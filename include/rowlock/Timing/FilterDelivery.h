//===- FilterDelivery.h - Filters on their way to the PEs -------*- C++ -*-===//
#ifndef ROWLOCK_TIMING_FILTERDELIVERY_H
#define ROWLOCK_TIMING_FILTERDELIVERY_H

#include "rowlock/Target/TargetSpec.h"

#include <cstdint>
#include <vector>

namespace rowlock {

/// The network words that bring the PEs the filters of a pass, one in a cycle.
/// They come in rounds: in each, every filter row of every set gives its
/// receivers one word.
class FilterDelivery {
public:
  /// A filter row of one set: the words of each receiver, and whether there is
  /// any.
  struct Row {
    int64_t words = 0;
    bool received = false;
  };
  /// `rows` by (set, channel set, filter row). Passes of one `frame` alone can
  /// wait in the spads beside each other.
  FilterDelivery(std::vector<Row> rows, int64_t frame, const TargetSpec &target,
                 bool mode16);

  int64_t frame() const { return frameNumber; }
  int64_t wordBytes() const { return bytes; }
  /// Network words, that is cycles, of all filters.
  int64_t cycles() const { return int64_t(ends.size()) - 1; }
  /// Filter words in the first so many cycles.
  int64_t wordsIn(int64_t cycles) const { return ends[size_t(cycles)]; }
  int64_t words() const { return ends.back(); }
  /// Cycles that so many words keep the network busy at most.
  int64_t cyclesOf(double words) const;
  /// Cycles until a spad has no more room beside the filters of `held`, of the
  /// same frame, which stay until their pass ends.
  int64_t cyclesBeside(const FilterDelivery &held) const;

private:
  std::vector<Row> rows;
  std::vector<int64_t> ends; // words after so many cycles
  int64_t frameNumber;
  int64_t bytes;    // of a filter word
  int64_t width;    // words of a network word
  int64_t capacity; // of a spad
};

} // namespace rowlock

#endif // ROWLOCK_TIMING_FILTERDELIVERY_H
