//===- PassPlans.cpp - What frames make of passes -------------------------===//
#include "PassPlans.h"

#include <algorithm>

using namespace rowlock;

static PassWork workOf(const ArrayConfiguration &configuration,
                       const PassCounts &n) {
  const FrameValues &frame = configuration.frame;
  PassWork work;
  work.images = n.images;
  work.columns = n.columns;
  work.strideX = frame.stride_x;
  work.filterWidth = frame.filter_width;
  work.groups = n.groups;
  work.channels = n.channels;
  work.channelsPerPE = frame.q;
  work.channelSets = frame.r;
  work.ifmapRows = (n.rows - 1) * frame.stride_y + frame.filter_height;
  work.pes.resize(frame.enable.size());
  work.receivers.resize(size_t(n.groups * frame.r * work.ifmapRows));
  for (int64_t g = 0; g < n.groups; ++g)
    for (int64_t t = 0; t * frame.p < n.filters; ++t)
      for (int64_t y = 0; y < n.rows; ++y) {
        const PsumChain *chain = configuration.chain(g * frame.t + t, y);
        if (!chain)
          continue;
        work.chains.push_back({{chain->pes.begin(), chain->pes.end()},
                               std::min(frame.p, n.filters - t * frame.p)});
        for (size_t pe : chain->pes) {
          const FilterTag &filter = configuration.filterTags[pe];
          const IfmapTag &ifmap = configuration.ifmapTags[pe];
          if (filter.set < 0 || ifmap.group < 0 || ifmap.group >= n.groups ||
              ifmap.row >= work.ifmapRows)
            continue;
          PassWork::PE &given = work.pes[pe];
          given.filters =
              std::min(frame.p, n.filters - filter.set % frame.t * frame.p);
          given.channels =
              std::min(frame.q, n.channels - filter.channelSet * frame.q);
          if (given.works())
            work.receivers[size_t((ifmap.group * frame.r + ifmap.channelSet) *
                                      work.ifmapRows +
                                  ifmap.row)]
                .push_back(uint32_t(pe));
        }
      }
  return work;
}

static FilterDelivery deliveryOf(int64_t number,
                                 const ArrayConfiguration &configuration,
                                 const PassCounts &counts,
                                 const TargetSpec &target) {
  const FrameValues &frame = configuration.frame;
  int64_t sets = counts.groups * frame.t;
  std::vector<FilterDelivery::Row> rows(
      size_t(sets * frame.r * frame.filter_height));
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
  return FilterDelivery(std::move(rows), number, target, configuration.mode16);
}

PassTime rowlock::timePass(const ArrayConfiguration &configuration,
                           const PassCounts &counts, const TargetSpec &target,
                           const TimingRules &rules) {
  const FrameValues &frame = configuration.frame;
  return timePass(
      workOf(configuration, counts),
      NetworkRates(target, configuration.mode16, frame.q, frame.filter_width),
      rules);
}

const PassPlan &PassPlans::get(int64_t frame,
                               const ArrayConfiguration &configuration,
                               const PassCounts &counts) {
  auto found = plans.find({frame, counts});
  if (found == plans.end())
    found = plans
                .try_emplace(
                    {frame, counts},
                    PassPlan{timePass(configuration, counts, target, rules),
                             deliveryOf(frame, configuration, counts, target)})
                .first;
  return found->second;
}
