//===- SearchPlain.cpp - One plain, deterministic search ------------------===//
//
// Candidates, in this order; the first of the best wins:
// 1. passes: e, q and r among the sizes that cut E and C into equal parts, p as
//    large as the spads take (and cut M/G evenly), g and t as many as there are
//    slots. The `keptPasses` passes of most work per PE-cycle go on;
// 2. tiles of each: h, n, f by halving, c of one pass or of all channels, m as
//    large as the banks and records leave; filter tiles innermost where all
//    channels stay in the GLB.
// The smallest mapping of all stands first: it is legal if any is.
//
//===----------------------------------------------------------------------===//

#include "Geometry.h"
#include "Objectives.h"

#include <algorithm>

using namespace rowlock;

static constexpr size_t keptPasses = 16;

namespace {
struct Best {
  const MappingProblem &problem;
  const Objectives &objectives;
  Mapping mapping = {};
  std::vector<double> values = {};

  void offer(const Mapping &candidate) {
    if (!verifyMapping(problem, candidate))
      return;
    std::vector<double> its = valuesOf(problem, candidate, objectives);
    if (values.empty() || compare(its, values) < 0) {
      values = std::move(its);
      mapping = candidate;
    }
  }
};

struct RankedPass {
  double rank;
  size_t order; // breaks ties
  Mapping mapping;
};
} // namespace

/// At most `limit` sizes of parts that cut `total` evenly, each at most `most`,
/// largest first; the last is 1.
static std::vector<int64_t> evenParts(int64_t total, int64_t most,
                                      size_t limit) {
  std::vector<int64_t> sizes;
  if (most < 1)
    return sizes;
  for (int64_t size = std::min(most, total); size >= 1;) {
    int64_t even = ceilDiv(total, ceilDiv(total, size));
    sizes.push_back(even);
    if (sizes.size() == limit || even == 1)
      break;
    size = even - 1;
  }
  if (sizes.back() != 1)
    sizes.push_back(1);
  return sizes;
}

/// `total`, its half, and so on; at most `limit` sizes and 1.
static std::vector<int64_t> halves(int64_t total, size_t limit) {
  std::vector<int64_t> sizes;
  for (int64_t size = total; size > 1 && sizes.size() < limit;
       size = ceilDiv(size, 2))
    sizes.push_back(size);
  sizes.push_back(1);
  return sizes;
}

/// Share of MACs per PE and cycle that the pass's shape allows, edges counted,
/// with a term for the words that each pass feeds to the PEs.
static double rankOf(const MappingProblem &problem, const Mapping &pass) {
  const LayerShape &layer = problem.layer;
  auto fill = [](int64_t total, int64_t part) {
    return double(total) / double(ceilDiv(total, part) * part);
  };
  double used = double(layer.filterHeight * pass.e * pass.r * pass.t * pass.g) /
                double(problem.target.rows * problem.target.columns);
  used *= fill(layer.ofmapHeight(), pass.e) *
          fill(layer.channels, pass.q * pass.r) *
          fill(layer.filtersPerGroup(), pass.p * pass.t) *
          fill(layer.groups, pass.g);
  double perMac =
      1 / double(pass.p * pass.t * std::min<int64_t>(pass.e, 4)) +
      1 / double(pass.q * pass.r * layer.filterHeight * layer.filterWidth);
  return used / (0.2 + perMac);
}

/// Fills the slots with groups and filter sets and ranks the result.
static void addPasses(const MappingProblem &problem, Mapping pass,
                      std::vector<RankedPass> &passes) {
  const LayerShape &layer = problem.layer;
  const TargetSpec &target = problem.target;
  Placement place = placementOf(problem, pass);
  int64_t slots = place.slotRows * place.slotsAcross / place.segments;
  if (slots < 1)
    return;
  int64_t mostFilters = std::min(
      {target.filterSpad(layer.mode16) / (pass.q * layer.filterWidth),
       target.psum_spad_words, layer.filtersPerGroup(), target.record_entries});
  for (int64_t p : evenParts(layer.filtersPerGroup(), mostFilters, 3)) {
    pass.p = p;
    int64_t mostSets = std::min(slots, ceilDiv(layer.filtersPerGroup(), p));
    for (int64_t t : evenParts(mostSets, mostSets, 2)) {
      pass.t = t;
      if (p * t > std::min(layer.filtersPerGroup(), target.record_entries))
        continue;
      pass.g =
          std::min({layer.groups, slots / t, target.record_entries / (p * t)});
      // Fewer groups where the ifmap columns run out of IDs.
      while (pass.g > 1 && ifmapTagsOf(problem, pass, place).columnsUsed >
                               int64_t(1) << target.ifmap_column_id_bits)
        --pass.g;
      pass.m = p * t;
      pass.h = pass.e;
      pass.f = 1;
      pass.c = pass.q * pass.r;
      if (verifyMapping(problem, pass))
        passes.push_back({rankOf(problem, pass), passes.size(), pass});
    }
  }
}

static std::vector<RankedPass> rankPasses(const MappingProblem &problem) {
  const LayerShape &layer = problem.layer;
  const TargetSpec &target = problem.target;
  int64_t mostRows = std::min(
      layer.ofmapHeight(), target.columns * (target.rows / layer.filterHeight));
  int64_t mostSets = target.rows / layer.filterHeight;
  int64_t mostChannels = target.ifmapSpad(layer.mode16) / layer.filterWidth;
  std::vector<RankedPass> passes;
  for (int64_t e : evenParts(layer.ofmapHeight(), mostRows, 5))
    for (int64_t r : evenParts(std::min(mostSets, layer.channels), mostSets, 3))
      for (int64_t q : evenParts(ceilDiv(layer.channels, r), mostChannels, 4)) {
        if (q * r > layer.channels)
          continue;
        Mapping pass;
        pass.e = e;
        pass.r = r;
        pass.q = q;
        addPasses(problem, pass, passes);
      }
  std::sort(passes.begin(), passes.end(),
            [](const RankedPass &a, const RankedPass &b) {
              return a.rank != b.rank ? a.rank > b.rank : a.order < b.order;
            });
  if (passes.size() > keptPasses)
    passes.resize(keptPasses);
  return passes;
}

/// The most filters that the banks left by the ifmaps take, cut evenly.
static void offerFilters(const MappingProblem &problem, Mapping tile,
                         Best &best) {
  const LayerShape &layer = problem.layer;
  const TargetSpec &target = problem.target;
  int64_t pass = tile.p * tile.t;
  tile.m = pass;
  TileWords words = tileWordsOf(problem, tile);
  int64_t banks = target.glb_banks - words.ifmapBanks;
  if (banks < words.psumBanks)
    return;
  int64_t perFilter = tile.n * tile.h * tile.f * tile.g * target.psumBytes();
  int64_t most =
      std::min({banks * target.bank_bytes / perFilter, layer.filtersPerGroup(),
                target.record_entries / tile.g});
  int64_t all = layer.filtersPerGroup();
  if (most < all)
    most = most / pass * pass;
  if (most < pass)
    return;
  int64_t even = ceilDiv(ceilDiv(all, ceilDiv(all, most)), pass) * pass;
  for (int64_t m : {most, std::min(even, most)}) {
    tile.m = m;
    best.offer(tile);
    if (even >= most)
      break;
  }
}

static void offerTiles(const MappingProblem &problem, const Mapping &pass,
                       Best &best) {
  const LayerShape &layer = problem.layer;
  const TargetSpec &target = problem.target;
  std::vector<int64_t> rows;
  for (int64_t strips : halves(ceilDiv(layer.ofmapHeight(), pass.e), 5))
    rows.push_back(std::min(strips * pass.e, layer.ofmapHeight()));
  std::vector<int64_t> channels = {layer.channels};
  if (pass.q * pass.r < layer.channels)
    channels.push_back(pass.q * pass.r);

  for (int64_t c : channels)
    for (int64_t f : halves(layer.ofmapWidth(), 3))
      for (int64_t n : halves(layer.batch, 3))
        for (int64_t h : rows) {
          Mapping tile = pass;
          tile.c = c;
          tile.f = f;
          tile.n = n;
          tile.h = h;
          tile.m = pass.p * pass.t;
          if (c == layer.channels)
            tile.tileOrder = {TileLoop::Group, TileLoop::N, TileLoop::H,
                              TileLoop::F,     TileLoop::M, TileLoop::C};
          TileWords words = tileWordsOf(problem, tile);
          if (words.ifmapBanks + words.psumBanks <= target.glb_banks)
            offerFilters(problem, tile, best);
        }
}

Result<Mapping> rowlock::searchPlain(const MappingProblem &problem) {
  return searchPlain(problem, {Objective::EDP});
}

Result<Mapping> rowlock::searchPlain(const MappingProblem &problem,
                                     const Objectives &objectives) {
  if (Status status = problem.check(); !status)
    return status;
  Best best{problem, objectives};
  Mapping smallest;
  smallest.tileOrder = {TileLoop::Group, TileLoop::M, TileLoop::N,
                        TileLoop::H,     TileLoop::F, TileLoop::C};
  if (Status status = verifyMapping(problem, smallest); !status)
    return Status::error("no mapping fits; of the smallest, " +
                         status.message());
  best.offer(smallest);
  for (const RankedPass &pass : rankPasses(problem))
    offerTiles(problem, pass.mapping, best);
  return best.mapping;
}
