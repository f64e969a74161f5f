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

ArrayUse rowlock::mostPEs(const MappingProblem &problem) {
  const LayerShape &layer = problem.layer;
  const int64_t R = layer.filterHeight;
  const int64_t sets =
      problem.target.rows * problem.target.columns / R; // columns of PEs in all
  ArrayUse best, use;
  for (use.e = 1; use.e <= std::min(layer.ofmapHeight(), sets); ++use.e)
    for (use.r = 1; use.r <= std::min(layer.channels, sets / use.e); ++use.r)
      for (use.t = 1;
           use.t <= std::min(layer.filtersPerGroup(), sets / (use.e * use.r));
           ++use.t)
        // More groups are more PEs.
        for (use.g = std::min(layer.groups, sets / (use.e * use.r * use.t));
             use.g >= 1; --use.g) {
          use.activePEs = R * use.e * use.r * use.t * use.g;
          if (use.activePEs <= best.activePEs)
            break;
          if (verifyMapping(problem, smallestWith(use)))
            best = use;
        }
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

std::optional<Mapping> rowlock::nearestWith(const MappingProblem &problem,
                                            const Mapping &mapping,
                                            const ArrayUse &use,
                                            const Objectives &objectives) {
  const LayerShape &layer = problem.layer;
  const int64_t Mg = layer.filtersPerGroup();
  auto whole = [](int64_t tile, int64_t pass, int64_t all) {
    return tile == all ? all : std::min(all, ceilDiv(tile, pass) * pass);
  };
  std::optional<Mapping> best;
  std::vector<double> least;
  Mapping near = mapping;
  near.e = use.e;
  near.r = use.r;
  near.t = use.t;
  near.g = use.g;
  near.h = whole(std::max(mapping.h, use.e), use.e, layer.ofmapHeight());
  const int64_t mostChannels =
      std::min(problem.target.ifmapSpad(layer.mode16) / layer.filterWidth,
               layer.channels / use.r);
  const int64_t mostFilters =
      std::min(problem.target.psum_spad_words, Mg / use.t);
  for (near.q = 1; near.q <= mostChannels; ++near.q)
    for (near.p = 1; near.p <= mostFilters; ++near.p) {
      int64_t filters = near.p * near.t, channels = near.q * near.r;
      near.m = whole(std::max(mapping.m, filters), filters, Mg);
      near.c = mapping.c == layer.channels ? mapping.c : channels;
      if (!verifyMapping(problem, near))
        continue;
      std::vector<double> values = valuesOf(problem, near, objectives);
      if (best && compare(values, least) >= 0)
        continue;
      best = near;
      least = std::move(values);
    }
  return best;
}
