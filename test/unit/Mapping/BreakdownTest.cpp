//===- BreakdownTest.cpp - Where the modelled time of a layer goes --------===//

#include "RandomProblem.h"

#include "rowlock/Mapping/Breakdown.h"

#include <gtest/gtest.h>

#include <numeric>

using namespace rowlock;

TEST(Breakdown, PartsAddUpToTheEstimate) {
  RandomProblem random(81);
  int tried = 0, ifmapBound = 0, psumBound = 0, filtersLate = 0, linkBound = 0;
  for (int i = 0; i < 600; ++i) {
    MappingProblem problem = random.problem(random.target());
    problem.target.mac_cycles_per_bitwidth = random.number(1, 3);
    std::optional<Mapping> mapping = random.legalMapping(problem);
    if (!mapping)
      continue;
    ++tried;
    Breakdown parts = breakDown(problem, *mapping);
    Cost cost = estimate(problem, *mapping);
    const double slack = 1e-9 * cost.cycles;
    EXPECT_NEAR(parts.total(), cost.cycles, slack);
    EXPECT_NEAR(parts.total() - parts.link - parts.configuration,
                cost.processingCycles, slack);
    for (double part : {parts.compute, parts.idlePEs, parts.ifmapNetwork,
                        parts.psumPorts, parts.filters, parts.firstWindows,
                        parts.firstPsums, parts.chain, parts.link})
      EXPECT_GE(part, -slack) << printMapping(*mapping);
    ifmapBound += parts.ifmapNetwork > 0;
    psumBound += parts.psumPorts > 0;
    filtersLate += parts.filters > 0;
    linkBound += parts.link > parts.compute;
  }
  EXPECT_GE(tried, 300);
  for (int count : {ifmapBound, psumBound, filtersLate, linkBound})
    EXPECT_GE(count, 20);
}

/// A wider ifmap network takes from its own parts, and nothing from those that
/// have nothing to do with it.
TEST(Breakdown, APartIsWhatItsNetworkCosts) {
  RandomProblem random(82);
  int stalls = 0, windows = 0;
  for (int i = 0; i < 300; ++i) {
    MappingProblem problem = random.problem(random.target());
    std::optional<Mapping> mapping = random.legalMapping(problem);
    if (!mapping)
      continue;
    problem.target.ifmap_network_bits = 16;
    Breakdown before = breakDown(problem, *mapping);
    problem.target.ifmap_network_bits = 1024;
    Breakdown after = breakDown(problem, *mapping);
    EXPECT_LE(after.ifmapNetwork, before.ifmapNetwork);
    EXPECT_LE(after.firstWindows, before.firstWindows);
    EXPECT_GE(after.psumPorts, before.psumPorts);
    EXPECT_DOUBLE_EQ(after.idlePEs, before.idlePEs);
    EXPECT_DOUBLE_EQ(after.filters, before.filters);
    EXPECT_DOUBLE_EQ(after.firstPsums, before.firstPsums);
    EXPECT_DOUBLE_EQ(after.chain, before.chain);
    stalls += after.ifmapNetwork < before.ifmapNetwork;
    windows += after.firstWindows < before.firstWindows;
  }
  EXPECT_GE(stalls, 50);
  EXPECT_GE(windows, 100);
}

/// AlexNet's CONV1 as the chip ran it: hardware.md, section 4, states 13.9 ms
/// of MACs of the active PEs, and section 5 what limits all five layers.
TEST(Breakdown, OfAlexNetConv1) {
  MappingProblem problem;
  problem.layer = {4, 96, 3, 1, 227, 227, 11, 11, 4, 4};
  Mapping mapping =
      *parseMapping("n=1 m=96 h=7 f=55 c=1 e=7 p=16 q=1 r=1 t=2 g=1");
  ASSERT_TRUE(bool(verify(problem, mapping)));
  Breakdown parts = breakDown(problem, mapping);
  EXPECT_NEAR((parts.compute + parts.idlePEs) / 200e3, 13.9, 0.05);
  EXPECT_DOUBLE_EQ(parts.compute, 4. * 96 * 3 * 121 * 55 * 55 / 168);
  EXPECT_DOUBLE_EQ(parts.configuration, 18000);
  EXPECT_NEAR(double(compulsoryTraffic(problem).total()) / 1e6, 3.63, 0.005);
}

/// Counted word by word: which rows and columns some window uses.
TEST(Breakdown, CompulsoryTrafficIsEveryUsedWordOnce) {
  RandomProblem random(83);
  for (int i = 0; i < 300; ++i) {
    MappingProblem problem = random.problem(random.target());
    LayerShape &layer = problem.layer;
    layer.padTop = random.number(0, layer.height / 3);
    layer.padRight = random.number(0, layer.width / 3);
    auto used = [](int64_t size, int64_t outputs, int64_t stride,
                   int64_t filter, int64_t before, int64_t behind) {
      std::vector<int64_t> use(size_t(size), 0);
      for (int64_t y = 0; y < outputs; ++y)
        for (int64_t k = 0; k < filter; ++k)
          use[size_t(y * stride + k)] = 1;
      return std::accumulate(use.begin() + before, use.end() - behind,
                             int64_t(0));
    };
    int64_t operand = problem.target.operandBytes(layer.mode16);
    CompulsoryTraffic bytes = compulsoryTraffic(problem);
    EXPECT_EQ(bytes.ifmaps,
              layer.batch * layer.groups * layer.channels * operand *
                  used(layer.height, layer.ofmapHeight(), layer.strideY,
                       layer.filterHeight, layer.padTop, 0) *
                  used(layer.width, layer.ofmapWidth(), layer.strideX,
                       layer.filterWidth, 0, layer.padRight));
    if (auto mapping = random.legalMapping(problem)) {
      Cost cost = estimate(problem, *mapping);
      EXPECT_LE(bytes.ifmaps, cost.dramIfmapBytes);
      EXPECT_LE(bytes.filters, cost.dramFilterBytes);
      EXPECT_EQ(bytes.ofmaps, cost.dramOfmapBytes);
    }
  }
}
