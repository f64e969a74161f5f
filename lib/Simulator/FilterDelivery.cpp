//===- FilterDelivery.cpp - Filters on their way to the PEs ---------------===//
#include "FilterDelivery.h"

#include <algorithm>

using namespace rowlock;

FilterDelivery::FilterDelivery(const ArrayConfiguration &configuration,
                               const PassCounts &counts,
                               const TargetSpec &target)
    : ends(1, 0), width(target.filter_network_bits /
                        (8 * target.operandBytes(configuration.mode16))),
      capacity(target.filterSpad(configuration.mode16)) {
  const FrameValues &frame = configuration.frame;
  int64_t sets = counts.groups * frame.t;
  rows.resize(size_t(sets * frame.r * frame.filter_height));
  for (size_t k = 0; k < rows.size(); ++k) {
    int64_t channelSet = int64_t(k) / frame.filter_height % frame.r;
    int64_t set = int64_t(k) / frame.filter_height / frame.r % frame.t;
    int64_t filters = std::min(frame.p, counts.filters - set * frame.p);
    int64_t channels =
        std::min(frame.q, counts.channels - channelSet * frame.q);
    rows[k].words = std::max<int64_t>(0, filters) *
                    std::max<int64_t>(0, channels) * frame.filter_width;
  }
  for (const FilterTag &tag : configuration.filterTags)
    if (tag.set >= 0 && tag.set < sets)
      rows[size_t((tag.set * frame.r + tag.channelSet) * frame.filter_height +
                  tag.row)]
          .received = true;
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
