//===- SearchOptimal.cpp - Branch and bound over passes and tiles ---------===//
//
// Passes in the order of what they cost at least with any tile, each with the
// tiles that might make it the best. docs/rationale/mapping.md proves what is
// left out: sizes that are dominated, orders that the model does not tell
// apart.
//
//===----------------------------------------------------------------------===//
#include "BranchAndBound.h"
#include "Geometry.h"
#include "Pieces.h"
#include "SearchModel.h"

#include "rowlock/Mapping/Conflicts.h"

#include <algorithm>
#include <cassert>
#include <functional>
#include <limits>
#include <map>
#include <tuple>

using namespace rowlock;

namespace {

/// A placement, pass or tile and the least value of any mapping with it.
template <typename Choice> struct Bounded {
  Choice choice;
  std::vector<double> least;
  size_t number; // breaks ties
};

template <typename Choice> void sortByBound(std::vector<Bounded<Choice>> &all) {
  std::sort(all.begin(), all.end(),
            [](const Bounded<Choice> &a, const Bounded<Choice> &b) {
              return std::tie(a.least, a.number) < std::tie(b.least, b.number);
            });
}

class OptimalSearch {
public:
  OptimalSearch(const MappingProblem &problem, const Objectives &objectives,
                const MapSpace &space, Incumbents &incumbents);
  Certificate run();

private:
  using Pass = Bounded<PassChoice>;
  using Tile = Bounded<TileChoice>;
  using Placement = Bounded<Mapping>; // e, r, t, g

  std::vector<double> values(const Figures &figures) const;
  bool inSpace(const Figures &least) const {
    return !space.mostDRAMBytes || least.dram <= double(*space.mostDRAMBytes);
  }
  bool mayImprove(const std::vector<double> &least, int64_t p) const {
    return incumbents.mayImprove(least, p);
  }
  void leaveOut(const std::vector<double> &least, int64_t &count);

  void boundTiles();
  void makePlacements();
  void tryPlacement(Mapping sizes);
  const std::vector<Tile> &tilesOf(int64_t e);
  std::vector<int64_t> sizes(int64_t all, int64_t step,
                             const std::function<int64_t(int64_t)> &stored);

  void tryPass(const Pass &pass);
  void tryTile(const PassChoice &pass, const TileChoice &tile);
  void tryChannels(const PassChoice &pass, const TileChoice &tile,
                   int64_t channels);
  void tryOrders(const PassChoice &pass, const TileChoice &tile,
                 Residency residency);
  int64_t mostFilters(const PassChoice &pass, int64_t room) const;
  void offer(const PassChoice &pass, const TileChoice &tile,
             const Residency &residency);

  const MappingProblem &problem;
  const LayerShape &layer;
  const TargetSpec &target;
  const Objectives &objectives;
  const MapSpace &space;
  const bool times;
  const SearchModel model;
  const int64_t Mg;
  Figures leastTile;
  std::vector<Placement> placements;
  std::map<int64_t, std::vector<Tile>> tiles; // by e, least first
  Incumbents &incumbents;
  Certificate certificate;
};

/// The one best mapping.
class Best : public Incumbents {
public:
  bool mayImprove(const std::vector<double> &least, int64_t p) const override {
    if (!optimum)
      return true;
    int order = compare(least, optimum->values);
    return order < 0 || (order == 0 && p < optimum->mapping.p);
  }
  void take(const Mapping &mapping, std::vector<double> values) override {
    optimum = Optimum{mapping, std::move(values), {}};
  }
  std::optional<Optimum> optimum;
};

} // namespace

static bool needTimes(const Objectives &objectives) {
  return std::any_of(objectives.begin(), objectives.end(), [](Objective o) {
    return o == Objective::Latency || o == Objective::EDP;
  });
}

OptimalSearch::OptimalSearch(const MappingProblem &problem,
                             const Objectives &objectives,
                             const MapSpace &space, Incumbents &incumbents)
    : problem(problem), layer(problem.layer), target(problem.target),
      objectives(objectives), space(space), times(needTimes(objectives)),
      model(problem, times), Mg(layer.filtersPerGroup()),
      incumbents(incumbents) {
  certificate.spaceSize = space.size(layer);
  certificate.bestRemaining = std::numeric_limits<double>::infinity();
}

std::vector<double> OptimalSearch::values(const Figures &figures) const {
  std::vector<double> values;
  for (Objective objective : objectives)
    values.push_back(valueOf(figures, objective));
  return values;
}

void OptimalSearch::leaveOut(const std::vector<double> &least, int64_t &count) {
  ++count;
  certificate.bestRemaining = std::min(certificate.bestRemaining, least[0]);
}

/// The sizes of tiles of a dimension of `all` outputs, multiples of `step` or
/// all of it. Of those that cut it into equally many the smallest takes the
/// least room and is cut most evenly; a larger one can only have more of its
/// padding not stored.
std::vector<int64_t>
OptimalSearch::sizes(int64_t all, int64_t step,
                     const std::function<int64_t(int64_t)> &stored) {
  std::vector<int64_t> kept;
  int64_t pieces = 0, least = 0;
  for (int64_t size = step;; size += step) {
    size = std::min(size, all);
    int64_t now = ceilDiv(all, size), words = stored(size);
    if (now != pieces || words < least) {
      kept.push_back(size);
      pieces = now;
      least = words;
    }
    if (size == all)
      return kept;
  }
}

const std::vector<OptimalSearch::Tile> &OptimalSearch::tilesOf(int64_t e) {
  auto [found, fresh] = tiles.try_emplace(e);
  if (!fresh)
    return found->second;
  const int64_t E = layer.ofmapHeight(), F = layer.ofmapWidth();
  std::vector<int64_t> heights = {std::min(e, E)}, widths = {F};
  if (!space.chipOrder) {
    heights = sizes(E, e, [&](int64_t h) {
      return storedOf(E, h, layer.strideY, layer.filterHeight, layer.padTop,
                      layer.height - layer.padBottom);
    });
    widths = sizes(F, 1, [&](int64_t f) {
      return storedOf(F, f, layer.strideX, layer.filterWidth, layer.padLeft,
                      layer.width - layer.padRight);
    });
  }
  for (int64_t n : sizes(layer.batch, 1, [](int64_t) { return 0; }))
    for (int64_t f : widths)
      for (int64_t h : heights) {
        TileChoice tile = model.tile(n, f, h);
        if (tile.leastLoads != INT64_MAX && inSpace(model.bound(tile)))
          found->second.push_back(
              {tile, values(model.bound(tile)), found->second.size()});
      }
  sortByBound(found->second);
  return found->second;
}

/// All p and q that fit the spads; where time does not matter those that cut
/// filters and channels into different numbers of passes, since others differ
/// in room alone.
void OptimalSearch::tryPlacement(Mapping sizes) {
  const int64_t S = layer.filterWidth;
  const bool all = times || space.divisors;
  const int64_t mostChannels =
      std::min(target.ifmapSpad(layer.mode16) / S, layer.channels / sizes.r);
  std::vector<Pass> passes;
  int64_t channelPasses = 0;
  for (sizes.q = 1; sizes.q <= mostChannels; ++sizes.q) {
    int64_t now = ceilDiv(layer.channels, sizes.q * sizes.r);
    if (!all && now == channelPasses)
      continue;
    channelPasses = now;
    const int64_t mostFilters =
        std::min({target.filterSpad(layer.mode16) / (sizes.q * S),
                  target.psum_spad_words, Mg / sizes.t,
                  target.record_entries / (sizes.g * sizes.t)});
    int64_t filterPasses = 0;
    for (sizes.p = 1; sizes.p <= mostFilters; ++sizes.p) {
      int64_t cuts = ceilDiv(Mg, sizes.p * sizes.t);
      if (!all && cuts == filterPasses)
        continue;
      filterPasses = cuts;
      PassChoice pass =
          model.pass(sizes.e, sizes.p, sizes.q, sizes.r, sizes.t, sizes.g);
      ++certificate.passes;
      passes.push_back(
          {pass, values(model.bound(pass, leastTile)), passes.size()});
    }
  }
  sortByBound(passes);
  for (const Pass &pass : passes)
    if (mayImprove(pass.least, pass.choice.p))
      tryPass(pass);
    else
      leaveOut(pass.least, certificate.prunedPasses);
}

void OptimalSearch::boundTiles() {
  // Tiles of whole passes of one row are all tiles, but in the chip's space.
  leastTile = {std::numeric_limits<double>::infinity(), 0,
               std::numeric_limits<double>::infinity()};
  for (int64_t e = 1; e <= (space.chipOrder ? layer.ofmapHeight() : 1); ++e)
    for (const Tile &tile : tilesOf(e)) {
      Figures least = model.bound(tile.choice);
      leastTile.energy = std::min(leastTile.energy, least.energy);
      leastTile.dram = std::min(leastTile.dram, least.dram);
    }
}

/// Where PE sets can stand, each with the bound of the largest p and q that fit
/// by themselves.
void OptimalSearch::makePlacements() {
  const int64_t R = layer.filterHeight, S = layer.filterWidth;
  const int64_t mostGroups = space.chipOrder || !times ? 1 : layer.groups;
  const int64_t filterSpad = target.filterSpad(layer.mode16) / S;
  Mapping sizes;
  for (sizes.e = 1; sizes.e <= layer.ofmapHeight(); ++sizes.e)
    for (sizes.r = 1; R * sizes.r <= target.rows && sizes.r <= layer.channels;
         ++sizes.r) {
      rowlock::Placement place = placementOf(problem, sizes);
      int64_t slots = place.slotRows * place.slotsAcross / place.segments;
      sizes.q = std::min({target.ifmapSpad(layer.mode16) / S, filterSpad,
                          layer.channels / sizes.r});
      for (sizes.t = 1; sizes.t <= std::min(slots, Mg); ++sizes.t) {
        sizes.p = std::min({filterSpad, target.psum_spad_words, Mg / sizes.t});
        for (sizes.g = 1; sizes.g <= std::min(slots / sizes.t, mostGroups);
             ++sizes.g)
          if (ifmapTagsOf(problem, sizes, place).columnsUsed <=
              int64_t(1) << target.ifmap_column_id_bits)
            placements.push_back(
                {sizes, values(model.placementBound(sizes, leastTile)),
                 placements.size()});
      }
    }
  sortByBound(placements);
}

void OptimalSearch::offer(const PassChoice &pass, const TileChoice &tile,
                          const Residency &residency) {
  Figures figures = model.figures(pass, tile, residency);
  if (!inSpace(figures))
    return;
  ++certificate.evaluated;
  std::vector<double> reached = values(figures);
  if (mayImprove(reached, pass.p))
    incumbents.take(model.mapping(pass, tile, residency), std::move(reached));
}

/// The largest m that fits: it loads ifmaps least.
int64_t OptimalSearch::mostFilters(const PassChoice &pass, int64_t room) const {
  const int64_t filters = pass.filtersOfPass();
  if (space.divisors) {
    for (int64_t m = room / filters * filters; m > 0; m -= filters)
      if (Mg % m == 0)
        return m;
    return 0;
  }
  return room == Mg ? Mg : room / filters * filters;
}

/// The orders of the pass loops; where time matters all that differ: loops of
/// one trip stand inside in the plain order.
void OptimalSearch::tryOrders(const PassChoice &pass, const TileChoice &tile,
                              Residency residency) {
  if (!times || space.chipOrder)
    return offer(pass, tile, residency);
  residency.prefetch = Prefetch::Ring;
  Mapping mapping = model.mapping(pass, tile, residency);
  do {
    bool single = false, plain = true;
    for (size_t k = 0; k < 3; ++k) {
      bool one = tripsOf(mapping, residency.passOrder[k]) == 1;
      plain &= !single ||
               (one && residency.passOrder[k - 1] < residency.passOrder[k]);
      single |= one;
    }
    if (!plain)
      continue;
    std::vector<double> least =
        values(model.figures(pass, tile, residency, /*exposed=*/false));
    if (mayImprove(least, pass.p))
      offer(pass, tile, residency);
    else
      leaveOut(least, certificate.prunedResidencies);
  } while (std::next_permutation(residency.passOrder.begin(),
                                 residency.passOrder.end()));
}

void OptimalSearch::tryChannels(const PassChoice &pass, const TileChoice &tile,
                                int64_t channels) {
  const bool all = channels == layer.channels;
  const int64_t banks =
      target.glb_banks - model.ifmapBanks(tile, channels, pass.g);
  const int64_t room = banks > 0
                           ? std::min({model.filtersIn(banks, tile, pass.g), Mg,
                                       target.record_entries / pass.g})
                           : 0;
  std::vector<int64_t> filters;
  if (space.chipOrder || (!times && !all))
    filters = {mostFilters(pass, room)};
  else if (space.divisors)
    for (int64_t m = pass.filtersOfPass(); m <= room; m += pass.filtersOfPass())
      filters.insert(filters.end(), Mg % m == 0, m);
  else if (!times)
    filters = {pass.filtersOfPass()};
  else
    filters = sizes(Mg, pass.filtersOfPass(), [](int64_t) { return 0; });
  bool fits = false;
  for (int64_t m : filters) {
    if (m < 1 || m > room)
      continue;
    fits = true;
    const int64_t tiles = ceilDiv(Mg, m);
    if (all && !space.chipOrder)
      tryOrders(pass, tile, {channels, m, true, 1});
    // A box stays where no loop inside the filter tiles' moves it.
    const bool stays = all && tile.filterLoads == 1;
    if (space.chipOrder || !all || (times && !stays && tiles > 1))
      tryOrders(pass, tile, {channels, m, false, stays ? 1 : tiles});
  }
  certificate.doNotFit += !fits;
}

/// Channels of one pass or all; where time matters, others too: they give psums
/// more time to leave.
void OptimalSearch::tryTile(const PassChoice &pass, const TileChoice &tile) {
  const int64_t step = pass.channelsOfPass();
  if (space.chipOrder)
    return tryChannels(pass, tile, step);
  if (times) {
    for (int64_t channels :
         sizes(layer.channels, step, [](int64_t) { return 0; }))
      tryChannels(pass, tile, channels);
    return;
  }
  tryChannels(pass, tile, layer.channels);
  if (step < layer.channels)
    tryChannels(pass, tile, step);
}

void OptimalSearch::tryPass(const Pass &pass) {
  for (const Tile &tile : tilesOf(pass.choice.e)) {
    std::vector<double> least = values(model.bound(pass.choice, tile.choice));
    if (mayImprove(least, pass.choice.p))
      tryTile(pass.choice, tile.choice);
    else
      leaveOut(least, certificate.prunedTiles);
  }
}

/// The smallest mapping of the space is legal, so the limit of DRAM traffic is
/// what none keeps.
Status rowlock::tooMuchTraffic(const MappingProblem &problem,
                               const MapSpace &space) {
  assert(space.mostDRAMBytes && "a legal mapping was not found");
  MapSpace unlimited = space;
  unlimited.mostDRAMBytes.reset();
  const int64_t least = int64_t(
      searchOptimal(problem, {Objective::DRAM}, unlimited)->values.front());
  return Status::error("no mapping fits: between DRAM and the chip move " +
                       std::to_string(least) +
                       " bytes at least, exceeds the limit of " +
                       std::to_string(*space.mostDRAMBytes) + " by " +
                       std::to_string(least - *space.mostDRAMBytes));
}

Certificate OptimalSearch::run() {
  boundTiles();
  makePlacements();
  for (const Placement &placement : placements)
    if (mayImprove(placement.least, 1))
      tryPlacement(placement.choice);
    else
      leaveOut(placement.least, certificate.prunedPlacements);
  return certificate;
}

Result<Certificate> rowlock::branchAndBound(const MappingProblem &problem,
                                            const Objectives &objectives,
                                            const MapSpace &space,
                                            Incumbents &found) {
  if (Status status = problem.check(); !status)
    return status;
  if (auto conflicts = conflictsOf(problem, space); !conflicts.empty())
    return Status::error("no mapping fits: " + printConflicts(conflicts));
  return OptimalSearch(problem, objectives, space, found).run();
}

Result<Optimum> rowlock::searchOptimal(const MappingProblem &problem,
                                       const Objectives &objectives,
                                       const MapSpace &space) {
  Best best;
  Result<Certificate> certificate =
      branchAndBound(problem, objectives, space, best);
  if (!certificate)
    return certificate.takeStatus();
  if (!best.optimum)
    return tooMuchTraffic(problem, space);
  best.optimum->values = valuesOf(problem, best.optimum->mapping, objectives);
  best.optimum->certificate = *certificate;
  return *best.optimum;
}
