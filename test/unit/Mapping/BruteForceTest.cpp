//===- BruteForceTest.cpp - `evaluate` against the loops themselves -------===//
//
// Walks every tile and pass of a mapping with its actual counts and adds up the
// words that move.
//
//===----------------------------------------------------------------------===//

#include "RandomProblem.h"
#include "Tags.h"

#include <gtest/gtest.h>

#include <functional>
#include <map>

using namespace rowlock;

namespace {
struct Walk {
  const MappingProblem &problem;
  const Mapping &mapping;
  const LayerShape &layer;
  Schedule plan;
  Cost cost;
  std::map<LoopDim, int64_t> index;
  std::map<std::vector<int64_t>, std::set<std::pair<int64_t, int64_t>>> psums;

  Walk(const MappingProblem &problem, const Mapping &mapping)
      : problem(problem), mapping(mapping), layer(problem.layer),
        plan(schedule(problem, mapping)) {
    countReceivers();
    nest(plan.tileLoops, 0, [&] { tile(); });
  }

  /// Runs `body` for every iteration of the loops from `depth` on.
  void nest(const std::vector<ScheduleLoop> &loops, size_t depth,
            const std::function<void()> &body) {
    if (depth == loops.size())
      return body();
    for (int64_t i = 0; i < loops[depth].trips; ++i) {
      index[loops[depth].dim] = i;
      nest(loops, depth + 1, body);
    }
  }

  /// Elements left of `total` in piece `dim` of `step`.
  int64_t left(LoopDim dim, int64_t step, int64_t total) {
    return std::min(step, total - index[dim] * step);
  }

  /// Actual sizes of the tile.
  int64_t groups, filters, images, rows, columns, channels;

  void tile() {
    groups = left(LoopDim::GroupTile, mapping.g, layer.groups);
    filters = left(LoopDim::FilterTile, mapping.m, layer.filtersPerGroup());
    images = left(LoopDim::ImageTile, mapping.n, layer.batch);
    rows = left(LoopDim::RowTile, mapping.h, layer.ofmapHeight());
    columns = left(LoopDim::ColumnTile, mapping.f, layer.ofmapWidth());
    channels = left(LoopDim::ChannelTile, mapping.c, layer.channels);

    std::vector<int64_t> box = {
        index[LoopDim::GroupTile], index[LoopDim::ImageTile],
        index[LoopDim::RowTile], index[LoopDim::ColumnTile],
        index[LoopDim::ChannelTile]};
    if (box != loadedBox)
      cost.glbFillWords += images * channels * groups *
                           ((rows - 1) * layer.strideY + layer.filterHeight) *
                           ((columns - 1) * layer.strideX + layer.filterWidth);
    loadedBox = box;
    loadedFilters.clear();
    psumEnds.clear();
    nest(plan.passLoops, 0, [&] { pass(); });
    if (index[LoopDim::ChannelTile] + 1 ==
        (layer.channels + mapping.c - 1) / mapping.c)
      cost.glbDrainWords += images * filters * groups * rows * columns;
  }

  void pass() {
    int64_t f = left(LoopDim::FilterPass, mapping.p * mapping.t, filters);
    int64_t c = left(LoopDim::ChannelPass, mapping.q * mapping.r, channels);
    int64_t e = left(LoopDim::Strip, mapping.e, rows);
    std::vector<int64_t> box = {index[LoopDim::FilterPass],
                                index[LoopDim::ChannelPass]};
    bool loads = box != loadedFilters;
    loadedFilters = box;
    if (f <= 0 || c <= 0 || e <= 0)
      return;
    checkPsumSpace(f, e);
    ++cost.passes;
    int64_t inRows = (e - 1) * layer.strideY + layer.filterHeight;
    int64_t inColumns = (columns - 1) * layer.strideX + layer.filterWidth;
    int64_t words = f * c * groups * layer.filterHeight * layer.filterWidth;
    int64_t psumWords = images * f * groups * e * columns;
    if (loads)
      cost.dramFilterBytes += words;
    cost.glbIfmapReads += images * c * groups * inRows * inColumns;
    cost.glbPsumReads += psumWords;
    cost.glbPsumWrites += psumWords;
    cost.macs += psumWords * c * layer.filterHeight * layer.filterWidth;
    deliver(f, c, inRows, inColumns, psumWords, loads);
    addCycles(f, c, e, loads, inRows, inColumns);
  }

  /// Receivers of each tag, in a full pass.
  std::map<std::array<int64_t, 4>, int64_t> filterReceivers;
  std::map<std::array<int64_t, 3>, int64_t> ifmapReceivers;

  void countReceivers() {
    TagFields tags(problem, mapping, plan);
    int64_t R = layer.filterHeight;
    for (int64_t gg = 0; gg < mapping.g; ++gg)
      for (int64_t rr = 0; rr < mapping.r; ++rr) {
        for (int64_t tt = 0; tt < mapping.t; ++tt)
          for (int64_t i = 0; i < R; ++i)
            filterReceivers[{gg, tt, rr, i}] = int64_t(
                reachedByFilter(plan, tags.filter(gg, tt, rr, i)).size());
        for (int64_t a = 0; a < (mapping.e - 1) * layer.strideY + R; ++a)
          if (std::optional<Tag> tag = tags.ifmap(gg, rr, a))
            ifmapReceivers[{gg, rr, a}] =
                int64_t(reachedByIfmap(plan, *tag).size());
      }
  }

  void deliver(int64_t f, int64_t c, int64_t inRows, int64_t inColumns,
               int64_t psumWords, bool loads) {
    for (int64_t gg = 0; gg < groups; ++gg)
      for (int64_t channel = 0; channel < c; ++channel) {
        int64_t rr = channel / mapping.q;
        for (int64_t a = 0; a < inRows; ++a)
          cost.ifmapDeliveries +=
              images * inColumns * ifmapReceivers[{gg, rr, a}];
        for (int64_t filter = 0; loads && filter < f; ++filter)
          for (int64_t i = 0; i < layer.filterHeight; ++i)
            cost.filterDeliveries +=
                layer.filterWidth *
                filterReceivers[{gg, filter / mapping.p, rr, i}];
      }
    // One delivery to the bottom PE of a stack, and the hops up to its top.
    cost.psumDeliveries += psumWords * layer.filterHeight * mapping.r;
  }

  /// hardware.md's formula; a network cycle brings one PE's words, of ifmaps no
  /// more than its spad always has room for.
  void addCycles(int64_t f, int64_t c, int64_t e, bool loads, int64_t inRows,
                 int64_t inColumns) {
    const TargetSpec &target = problem.target;
    int64_t operandBits = 8 * target.operandBytes(layer.mode16);
    auto rate = [](int64_t bits, int64_t word) {
      return std::max<int64_t>(1, bits / word);
    };
    double filterRate = double(rate(target.filter_network_bits, operandBits));
    int64_t ifmapRate = rate(target.ifmap_network_bits, operandBits);
    while (ifmapRate > 1 && mapping.q * (layer.filterWidth - 1 + ifmapRate) >
                                target.ifmapSpad(layer.mode16))
      --ifmapRate;
    int64_t psumRate = rate(target.psum_network_bits, 8 * target.psumBytes());
    int64_t psumCycles = 0, firstWords = 0; // of a column's psums; of a row
    for (int64_t set = 0; set < f; set += mapping.p)
      for (int64_t k = 0; k < std::min(mapping.p, f - set); k += psumRate)
        psumCycles += groups * e;
    for (int64_t s = 0; s < layer.filterWidth; s += ifmapRate)
      ++firstWords;
    double p = double(std::min(f, mapping.p));
    double q = double(std::min(c, mapping.q));
    double S = double(layer.filterWidth);
    double mac = double(images) * p * q * S * double(columns);
    double ifmap =
        double(images * c * groups * inRows * inColumns) / double(ifmapRate);
    double psum = double(images * psumCycles * columns);
    double spad = double(target.filterSpad(layer.mode16));
    double filter = loads ? std::max(0.0, 2 * p * q * S - spad) * double(f) /
                                p * double(c) / q *
                                double(groups * layer.filterHeight) / filterRate
                          : 0;
    double window = double(inRows * c * groups * firstWords);
    double first = double(psumCycles);
    double chain = double(layer.filterHeight * mapping.r - 1) * p;
    cost.processingCycles +=
        std::max({mac, ifmap, psum}) + filter + window + first + chain;
  }

  /// Psums of different passes of a tile lie apart, within the tile's words.
  void checkPsumSpace(int64_t f, int64_t e) {
    if (index[LoopDim::ChannelPass] != 0)
      return;
    int64_t strip = index[LoopDim::Strip];
    int64_t begin =
        std::min(index[LoopDim::FilterPass] * plan.psumFilterPassStride +
                     strip * plan.psumStripStride,
                 plan.psumLastBase + strip * plan.psumLastStripStride);
    int64_t end = begin + f * e * images * columns * groups;
    EXPECT_LE(end, mapping.m * mapping.n * mapping.h * mapping.f * mapping.g);
    for (const auto &[otherBegin, otherEnd] : psumEnds)
      EXPECT_TRUE(end <= otherBegin || otherEnd <= begin);
    psumEnds.emplace_back(begin, end);
  }

  std::vector<int64_t> loadedBox, loadedFilters;
  std::vector<std::pair<int64_t, int64_t>> psumEnds;
};

void compare(const MappingProblem &problem, const Mapping &mapping) {
  Walk walk(problem, mapping);
  Cost cost = estimate(problem, mapping);
  const TargetSpec &target = problem.target;
  int64_t operand = target.operandBytes(problem.layer.mode16);
  EXPECT_EQ(cost.macs, walk.cost.macs);
  EXPECT_EQ(cost.passes, walk.cost.passes);
  EXPECT_EQ(cost.glbIfmapReads, walk.cost.glbIfmapReads);
  EXPECT_EQ(cost.glbPsumReads, walk.cost.glbPsumReads);
  EXPECT_EQ(cost.glbPsumWrites, walk.cost.glbPsumWrites);
  EXPECT_EQ(cost.glbFillWords, walk.cost.glbFillWords);
  EXPECT_EQ(cost.glbDrainWords, walk.cost.glbDrainWords);
  EXPECT_EQ(cost.filterDeliveries, walk.cost.filterDeliveries);
  EXPECT_EQ(cost.ifmapDeliveries, walk.cost.ifmapDeliveries);
  EXPECT_EQ(cost.psumDeliveries, walk.cost.psumDeliveries);
  EXPECT_EQ(cost.dramFilterBytes, walk.cost.dramFilterBytes * operand);
  EXPECT_EQ(cost.dramIfmapBytes, walk.cost.glbFillWords * operand);
  EXPECT_EQ(cost.dramOfmapBytes, walk.cost.glbDrainWords * operand);
  EXPECT_EQ(cost.glbBytes, walk.cost.glbIfmapReads * operand +
                               2 * walk.cost.glbPsumReads * target.psumBytes());
  EXPECT_NEAR(cost.processingCycles, walk.cost.processingCycles,
              1e-9 * walk.cost.processingCycles);
  int64_t active = 0;
  for (const PEPlacement &pe : walk.plan.pes)
    active += pe.enable;
  EXPECT_EQ(cost.activePEs, active);
  if (target.isFixed16()) {
    double glb = double(cost.glbBytes) / 2 + double(cost.glbFillWords) +
                 double(cost.glbDrainWords);
    double energy = 5 * double(cost.macs) + 6 * glb +
                    2 * double(cost.arrayDeliveries()) +
                    200 * double(cost.dramBytes()) / 2;
    EXPECT_NEAR(cost.energy, energy, 1e-9 * energy);
  }
}
} // namespace

TEST(BruteForce, EvaluateCountsWhatTheLoopsMove) {
  RandomProblem random(21);
  int checked = 0;
  for (int i = 0; i < 4000 && checked < 1000; ++i) {
    MappingProblem problem = random.problem(random.target());
    std::optional<Mapping> mapping = random.legalMapping(problem);
    if (!mapping)
      continue;
    ++checked;
    compare(problem, *mapping);
    if (HasFailure())
      FAIL() << printMapping(*mapping);
  }
  EXPECT_GE(checked, 500);
}
