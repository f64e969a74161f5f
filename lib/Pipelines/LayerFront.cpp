//===- LayerFront.cpp - The front of a layer's parts ----------------------===//
#include "rowlock/Pipelines/LayerFront.h"

#include <algorithm>
#include <tuple>

using namespace rowlock;

using Points = std::vector<LayerFront::Point>;

/// Those that no other one beats.
static Points keepFront(Points all) {
  std::sort(all.begin(), all.end(),
            [](const LayerFront::Point &a, const LayerFront::Point &b) {
              return std::tie(a.energy, a.cycles, a.dramBytes) <
                     std::tie(b.energy, b.cycles, b.dramBytes);
            });
  Points front;
  for (LayerFront::Point &point : all)
    if (front.empty() || point.cycles < front.back().cycles)
      front.push_back(std::move(point));
  return front;
}

/// Each point of `left` with each point of a part's front. Only what is on both
/// fronts can be on that of their sums.
static Points add(const Points &left, const LayerFront::Part &part,
                  const ParetoFront &right) {
  Points sums;
  for (const LayerFront::Point &point : left)
    for (const ParetoPoint &other : right.points) {
      Cost cost = estimate(part.problem, other.mapping);
      LayerFront::Point sum = point;
      sum.energy += double(part.count) * other.energy;
      sum.cycles += double(part.count) * other.cycles;
      sum.dramBytes += part.count * cost.dramBytes();
      sum.activePEs = std::max(sum.activePEs, cost.activePEs);
      sum.mappings.push_back(other.mapping);
      sums.push_back(std::move(sum));
    }
  return keepFront(std::move(sums));
}

Result<LayerFront> rowlock::layerFront(const std::string &model,
                                       const NetworkLayers::Layer &layer,
                                       const TargetSpec &target) {
  LayerFront front;
  front.model = model;
  front.layer = layer.name;
  front.target = target;
  front.split = splitReason(layer.shape, target);
  auto parts = partsOf(layer.shape, target);
  if (!parts)
    return parts.takeStatus();
  for (const LayerPart &part : *parts) {
    auto known = std::find_if(front.parts.begin(), front.parts.end(),
                              [&](const LayerFront::Part &other) {
                                return other.problem.layer == part.shape;
                              });
    if (known != front.parts.end())
      ++known->count;
    else
      front.parts.push_back({{part.shape, target}, 1});
  }
  front.points.emplace_back();
  for (const LayerFront::Part &part : front.parts) {
    Result<ParetoFront> found = paretoFront(part.problem);
    if (!found)
      return found.takeStatus();
    front.spaceSize += found->spaceSize;
    front.evaluated += found->evaluated;
    front.points = add(front.points, part, *found);
  }
  return front;
}
