//===- ScheduledPasses.cpp - What a mapping makes of passes ---------------===//
#include "ScheduledPasses.h"

#include <algorithm>

using namespace rowlock;

ScheduledPasses::ScheduledPasses(const MappingProblem &problem,
                                 const Mapping &mapping)
    : problem(problem), mapping(mapping),
      rates(problem.target, problem.layer.mode16, mapping.q,
            problem.layer.filterWidth) {}

/// PE sets stand side by side; where in the array does not matter here.
PassWork ScheduledPasses::workOf(const Extents &pass) const {
  const LayerShape &layer = problem.layer;
  const int64_t height = layer.filterHeight;
  PassWork work;
  work.images = pass.images;
  work.columns = pass.columns;
  work.strideX = layer.strideX;
  work.filterWidth = layer.filterWidth;
  work.groups = pass.groups;
  work.channels = pass.channels;
  work.channelsPerPE = mapping.q;
  work.channelSets = mapping.r;
  work.ifmapRows = (pass.rows - 1) * layer.strideY + height;
  work.receivers.resize(size_t(pass.groups * mapping.r * work.ifmapRows));
  for (int64_t g = 0; g < pass.groups; ++g)
    for (int64_t first = 0; first < pass.filters; first += mapping.p)
      for (int64_t y = 0; y < pass.rows; ++y) {
        PassWork::Chain chain;
        chain.filters = std::min(mapping.p, pass.filters - first);
        for (int64_t rr = 0; rr < mapping.r; ++rr)
          for (int64_t i = 0; i < height; ++i) {
            uint32_t pe = uint32_t(work.pes.size());
            int64_t channels =
                std::min(mapping.q, pass.channels - rr * mapping.q);
            work.pes.push_back({chain.filters, channels});
            chain.pes.push_back(pe);
            if (channels > 0)
              work.receivers[size_t((g * mapping.r + rr) * work.ifmapRows +
                                    y * layer.strideY + i)]
                  .push_back(pe);
          }
        work.chains.push_back(std::move(chain));
      }
  return work;
}

FilterDelivery ScheduledPasses::deliveryOf(const Extents &pass) const {
  std::vector<FilterDelivery::Row> rows;
  for (int64_t g = 0; g < pass.groups; ++g)
    for (int64_t t = 0; t < mapping.t; ++t)
      for (int64_t rr = 0; rr < mapping.r; ++rr) {
        int64_t filters =
            std::clamp<int64_t>(pass.filters - t * mapping.p, 0, mapping.p);
        int64_t channels =
            std::clamp<int64_t>(pass.channels - rr * mapping.q, 0, mapping.q);
        rows.insert(rows.end(), size_t(problem.layer.filterHeight),
                    {filters * channels * problem.layer.filterWidth, true});
      }
  return FilterDelivery(std::move(rows), /*frame=*/0, problem.target,
                        problem.layer.mode16);
}

const PassPlan &ScheduledPasses::get(const Extents &pass) {
  if (last < plans.size() && plans[last].first == pass)
    return *plans[last].second;
  for (last = 0; last < plans.size(); ++last)
    if (plans[last].first == pass)
      return *plans[last].second;
  plans.emplace_back(
      pass, std::make_unique<PassPlan>(
                PassPlan{timePass(workOf(pass), rates), deliveryOf(pass)}));
  return *plans.back().second;
}
