//===- ArrayUse.cpp - How many PEs a layer can use ------------------------===//
#include "rowlock/Mapping/ArrayUse.h"

#include "Geometry.h"
#include "Objectives.h"

#include <algorithm>

using namespace rowlock;

/// The smallest mapping with such PE sets.
static Mapping smallestWith(const ArrayUse &use) {
  Mapping mapping;
  mapping.e = mapping.h = use.e;
  mapping.r = mapping.c = use.r;
  mapping.t = mapping.m = use.t;
  mapping.g = use.g;
  return mapping;
}

/// Calls `use(placement)` for all that may be legal and keep more PEs busy than
/// `least()` says, one by one; of those with equal e, r and t most groups come
/// first.
template <typename Least, typename Use>
static void forEachPlacement(const MappingProblem &problem, Least least,
                             Use use) {
  const LayerShape &layer = problem.layer;
  const int64_t R = layer.filterHeight;
  const int64_t sets = problem.target.rows * problem.target.columns / R;
  ArrayUse place;
  for (place.e = 1; place.e <= std::min(layer.ofmapHeight(), sets); ++place.e)
    for (place.r = 1; place.r <= std::min(layer.channels, sets / place.e);
         ++place.r)
      for (place.t = 1; place.t <= std::min(layer.filtersPerGroup(),
                                            sets / (place.e * place.r));
           ++place.t)
        for (place.g =
                 std::min(layer.groups, sets / (place.e * place.r * place.t));
             place.g >= 1; --place.g) {
          place.activePEs = R * place.e * place.r * place.t * place.g;
          if (place.activePEs <= least())
            break;
          if (verifyMapping(problem, smallestWith(place)))
            use(place);
        }
}

std::vector<ArrayUse> rowlock::placementsWith(const MappingProblem &problem,
                                              int64_t leastPEs) {
  std::vector<ArrayUse> all;
  forEachPlacement(
      problem, [&] { return leastPEs - 1; },
      [&](const ArrayUse &place) { all.push_back(place); });
  return all;
}

ArrayUse rowlock::mostPEs(const MappingProblem &problem) {
  ArrayUse best;
  forEachPlacement(
      problem, [&] { return best.activePEs; },
      [&](const ArrayUse &place) { best = place; });
  return best;
}

std::vector<ScarceSize> rowlock::scarceSizes(const MappingProblem &problem) {
  const LayerShape &layer = problem.layer;
  const int64_t pes = problem.target.rows * problem.target.columns;
  const int64_t now = mostPEs(problem).activePEs;
  LayerShape rows = layer, channels = layer, filters = layer, groups = layer;
  rows.height =
      std::max(layer.height, (pes - 1) * layer.strideY + layer.filterHeight);
  channels.channels = std::max(layer.channels, pes);
  filters.filters = std::max(layer.filters, layer.groups * pes);
  groups.groups = std::max(layer.groups, pes);
  groups.filters = groups.groups * layer.filtersPerGroup();
  std::vector<ScarceSize> scarce;
  auto consider = [&](const char *letter, const char *what, int64_t value,
                      const LayerShape &more) {
    int64_t most = mostPEs({more, problem.target}).activePEs;
    if (most > now)
      scarce.push_back({letter, what, value, most});
  };
  consider("E", "ofmap rows", layer.ofmapHeight(), rows);
  consider("C", "channels", layer.channels, channels);
  consider("M/G", "filters", layer.filtersPerGroup(), filters);
  consider("G", "groups", layer.groups, groups);
  return scarce;
}

namespace {

/// The least of the mappings offered.
struct Least {
  const MappingProblem &problem;
  const Objectives &objectives;
  std::optional<Mapping> mapping;
  std::vector<double> values;

  void offer(const Mapping &other) {
    if (!verifyMapping(problem, other))
      return;
    std::vector<double> found = valuesOf(problem, other, objectives);
    if (mapping && compare(found, values) >= 0)
      return;
    mapping = other;
    values = std::move(found);
  }
};

} // namespace

/// Tiles rounded up to whole passes.
static int64_t whole(int64_t tile, int64_t pass, int64_t all) {
  return tile == all
             ? all
             : std::min(all, ceilDiv(std::max(tile, pass), pass) * pass);
}

/// Any p and q.
static void offerPasses(const Mapping &mapping, Mapping near, Least &least) {
  const LayerShape &layer = least.problem.layer;
  const TargetSpec &target = least.problem.target;
  const int64_t filterSpad =
      target.filterSpad(layer.mode16) / layer.filterWidth;
  const int64_t mostChannels =
      std::min(target.ifmapSpad(layer.mode16) / layer.filterWidth,
               layer.channels / near.r);
  for (near.q = 1; near.q <= mostChannels; ++near.q)
    for (near.p = 1;
         near.p <= std::min({filterSpad / near.q, target.psum_spad_words,
                             layer.filtersPerGroup() / near.t});
         ++near.p) {
      near.m = whole(mapping.m, near.p * near.t, layer.filtersPerGroup());
      near.c = mapping.c == layer.channels ? mapping.c : near.q * near.r;
      least.offer(near);
    }
}

std::optional<Mapping>
rowlock::nearestWith(const MappingProblem &problem, const Mapping &mapping,
                     const std::vector<ArrayUse> &placements,
                     const Objectives &objectives) {
  Least least{problem, objectives, std::nullopt, {}};
  for (const ArrayUse &place : placements) {
    Mapping near = mapping;
    near.e = place.e;
    near.r = place.r;
    near.t = place.t;
    near.g = place.g;
    near.h = whole(mapping.h, place.e, problem.layer.ofmapHeight());
    offerPasses(mapping, near, least);
  }
  return least.mapping;
}
