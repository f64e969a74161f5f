//===- FilterDelivery.h - Filters on their way to the PEs -------*- C++ -*-===//
#ifndef ROWLOCK_LIB_SIMULATOR_FILTERDELIVERY_H
#define ROWLOCK_LIB_SIMULATOR_FILTERDELIVERY_H

#include "ArrayConfiguration.h"
#include "PassCounts.h"

namespace rowlock {

/// The network words that bring the PEs the filters of a pass, one in a cycle.
/// They come in rounds: in each, every filter row of every set gives its
/// receivers one word.
class FilterDelivery {
public:
  FilterDelivery(const ArrayConfiguration &configuration,
                 const PassCounts &counts, const TargetSpec &target);

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
  /// A filter row of one set: the words of each receiver.
  struct Row {
    int64_t words = 0;
    bool received = false;
  };
  std::vector<Row> rows;     // (set, channel set, filter row)
  std::vector<int64_t> ends; // words after so many cycles
  int64_t width;             // words of a network word
  int64_t capacity;          // of a spad
};

} // namespace rowlock

#endif // ROWLOCK_LIB_SIMULATOR_FILTERDELIVERY_H
