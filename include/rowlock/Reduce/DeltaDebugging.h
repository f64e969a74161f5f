//===- DeltaDebugging.h - The smallest part that still does -----*- C++ -*-===//
//
// Delta debugging (Zeller and Hildebrandt, 2002) by complements: parts of the
// items are left out, from halves down to single ones, until none can be.
//
//===----------------------------------------------------------------------===//
#ifndef ROWLOCK_REDUCE_DELTADEBUGGING_H
#define ROWLOCK_REDUCE_DELTADEBUGGING_H

#include <cstddef>
#include <functional>
#include <vector>

namespace rowlock {

/// Asked for a candidate: may items be kept alone? `kept` is sorted. An answer
/// of true makes it what later candidates are parts of.
using KeepTest = std::function<bool(const std::vector<size_t> &kept)>;

/// The items of 0 ... count - 1 that stay when no single one can be left out
/// (of those that were tried before the test gave up: it answers false from
/// then on). The test is not asked for all items.
std::vector<size_t> deltaDebug(size_t count, const KeepTest &test);

} // namespace rowlock

#endif // ROWLOCK_REDUCE_DELTADEBUGGING_H
