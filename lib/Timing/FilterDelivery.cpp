//===- FilterDelivery.cpp - Filters on their way to the PEs ---------------===//
#include "rowlock/Timing/FilterDelivery.h"

#include <algorithm>

using namespace rowlock;

FilterDelivery::FilterDelivery(std::vector<Row> given, int64_t frame,
                               const TargetSpec &target, bool mode16)
    : rows(std::move(given)), ends(1, 0), frameNumber(frame),
      bytes(target.operandBytes(mode16)),
      width(target.filter_network_bits / (8 * bytes)),
      capacity(target.filterSpad(mode16)) {
  for (int64_t first = 0, last = -1; last != words(); first += width) {
    last = words();
    for (const Row &row : rows)
      if (row.words > first)
        ends.push_back(words() + std::min(width, row.words - first));
  }
}

int64_t FilterDelivery::cyclesOf(double words) const {
  return std::upper_bound(ends.begin(), ends.end(), words) - ends.begin() - 1;
}

int64_t FilterDelivery::cyclesBeside(const FilterDelivery &held) const {
  int64_t cycle = 0;
  for (int64_t first = 0; cycle < cycles(); first += width)
    for (size_t k = 0; k < rows.size(); ++k) {
      if (rows[k].words <= first)
        continue;
      int64_t used = k < held.rows.size() ? held.rows[k].words : 0;
      if (rows[k].received &&
          used + std::min(rows[k].words, first + width) > capacity)
        return cycle;
      ++cycle;
    }
  return cycle;
}
