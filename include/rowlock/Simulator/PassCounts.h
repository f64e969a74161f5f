//===- PassCounts.h - The actual sizes of a pass ----------------*- C++ -*-===//
#ifndef ROWLOCK_SIMULATOR_PASSCOUNTS_H
#define ROWLOCK_SIMULATOR_PASSCOUNTS_H

#include <cstdint>
#include <tuple>

namespace rowlock {

/// Actual counts of a pass; filters, channels per group.
struct PassCounts {
  int64_t images, groups, filters, channels, rows, columns;
  bool isVoid() const {
    return images <= 0 || groups <= 0 || filters <= 0 || channels <= 0 ||
           rows <= 0 || columns <= 0;
  }
  bool operator<(const PassCounts &o) const {
    return std::tie(images, groups, filters, channels, rows, columns) <
           std::tie(o.images, o.groups, o.filters, o.channels, o.rows,
                    o.columns);
  }
};

} // namespace rowlock

#endif // ROWLOCK_SIMULATOR_PASSCOUNTS_H
