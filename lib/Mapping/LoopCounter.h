//===- LoopCounter.h - Counters of a loop nest ------------------*- C++ -*-===//
#ifndef ROWLOCK_LIB_MAPPING_LOOPCOUNTER_H
#define ROWLOCK_LIB_MAPPING_LOOPCOUNTER_H

#include <cstddef>
#include <cstdint>
#include <vector>

namespace rowlock {

/// The indices of a nest, as one engine walks it.
class LoopCounter {
public:
  LoopCounter() = default;
  explicit LoopCounter(std::vector<int64_t> trips)
      : trips(std::move(trips)), indices(this->trips.size(), 0) {}

  bool done() const { return over; }
  int64_t operator[](size_t depth) const { return indices[depth]; }
  /// Iterations before this one.
  int64_t number() const { return count; }
  /// To the next iteration.
  void advance() {
    ++count;
    for (size_t depth = indices.size(); depth-- > 0;) {
      if (++indices[depth] < trips[depth])
        return;
      indices[depth] = 0;
    }
    over = true;
  }
  /// True in the first iteration of the loops from `depth` on.
  bool atStart(size_t depth) const {
    for (; depth < indices.size(); ++depth)
      if (indices[depth] != 0)
        return false;
    return true;
  }

private:
  std::vector<int64_t> trips, indices;
  int64_t count = 0;
  bool over = false;
};

} // namespace rowlock

#endif // ROWLOCK_LIB_MAPPING_LOOPCOUNTER_H
