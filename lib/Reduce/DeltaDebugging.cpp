//===- DeltaDebugging.cpp - The smallest part that still does -------------===//
#include "rowlock/Reduce/DeltaDebugging.h"

#include <algorithm>
#include <numeric>

using namespace rowlock;

/// Leaves out every part of `size` items that can be, from the last: what
/// comes late depends on what comes early. True if there was one.
static bool leaveOut(std::vector<size_t> &kept, size_t size,
                     const KeepTest &test) {
  bool smaller = false;
  for (size_t end = kept.size(); end > 0;) {
    size_t begin = end > size ? end - size : 0;
    std::vector<size_t> rest(kept.begin(), kept.begin() + begin);
    rest.insert(rest.end(), kept.begin() + end, kept.end());
    if (test(rest)) {
      kept = std::move(rest);
      smaller = true;
    }
    end = begin;
  }
  return smaller;
}

std::vector<size_t> rowlock::deltaDebug(size_t count, const KeepTest &test) {
  std::vector<size_t> kept(count);
  std::iota(kept.begin(), kept.end(), size_t(0));
  for (size_t size = (count + 1) / 2; size > 0 && !kept.empty();) {
    bool smaller = leaveOut(kept, size, test);
    if (size > 1)
      size /= 2;
    else if (!smaller)
      break;
  }
  return kept;
}
