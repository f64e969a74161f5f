//===- Link.h - The DRAM link -----------------------------------*- C++ -*-===//
//
// Filters, loads and stores share the link word by word in turn: as long as k
// of them have something to move, each gets one k-th of its rate.
//
//===----------------------------------------------------------------------===//
#ifndef ROWLOCK_LIB_TIMING_LINK_H
#define ROWLOCK_LIB_TIMING_LINK_H

#include "rowlock/Target/TargetSpec.h"

#include <algorithm>
#include <array>
#include <limits>

namespace rowlock {

class Link {
public:
  enum User { Filters, Loads, Stores };

  explicit Link(const TargetSpec &target)
      : bytesPerCycle(double(target.link_bits) / 8 * target.link_mhz /
                      target.core_mhz) {}

  /// What the user still has to move, in bytes.
  void set(User user, double bytes) { left[user] = bytes; }
  double remaining(User user) const { return left[user]; }

  /// Core cycles until the first user is done; infinite if none has anything.
  double untilFirst() const {
    double least = std::numeric_limits<double>::infinity();
    for (double bytes : left)
      if (bytes > 0)
        least = std::min(least, bytes * users() / bytesPerCycle);
    return least;
  }

  /// Moves on by so many core cycles, at most `untilFirst()`.
  void advance(double cycles) {
    double each = users() > 0 ? cycles * bytesPerCycle / users() : 0;
    for (double &bytes : left)
      if (bytes > 0)
        bytes = bytes - each < epsilon ? 0 : bytes - each;
  }

private:
  static constexpr double epsilon = 1e-6; // of a byte
  double users() const {
    return double(std::count_if(left.begin(), left.end(),
                                [](double bytes) { return bytes > 0; }));
  }

  double bytesPerCycle;
  std::array<double, 3> left = {};
};

} // namespace rowlock

#endif // ROWLOCK_LIB_TIMING_LINK_H
