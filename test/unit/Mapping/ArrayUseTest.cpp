//===- ArrayUseTest.cpp - How many PEs a layer can use --------------------===//

#include "RandomProblem.h"

#include "rowlock/Mapping/ArrayUse.h"

#include <gtest/gtest.h>

using namespace rowlock;

static LayerShape layerOf(int64_t filters, int64_t channels, int64_t size,
                          int64_t filter) {
  return {4, filters, channels, 1, size, size, filter, filter, 1, 1};
}

TEST(ArrayUse, OfAlexNetOnTheChip) {
  MappingProblem conv1{{4, 96, 3, 1, 227, 227, 11, 11, 4, 4}, TargetSpec()};
  EXPECT_EQ(mostPEs(conv1).activePEs, 11 * 14);
  EXPECT_TRUE(scarceSizes(conv1).empty()) << "R = 11 of 12 rows limits it";
  // Twice 7 columns, four sets one above the other.
  MappingProblem conv3{layerOf(384, 256, 15, 3), TargetSpec()};
  EXPECT_EQ(mostPEs(conv3).activePEs, 168);
  EXPECT_TRUE(scarceSizes(conv3).empty());
}

/// One filter of one channel: 13 columns of 3 rows. More ofmap rows could be
/// 30, whose 32 ifmap rows take all IDs of 5 bits; more channels or filters,
/// four sets of 13.
TEST(ArrayUse, NamesWhatIsScarce) {
  MappingProblem problem{layerOf(1, 1, 15, 3), TargetSpec()};
  EXPECT_EQ(mostPEs(problem).activePEs, 39);
  std::vector<ScarceSize> scarce = scarceSizes(problem);
  ASSERT_EQ(scarce.size(), 4u);
  EXPECT_STREQ(scarce[0].letter, "E");
  EXPECT_EQ(scarce[0].value, 13);
  EXPECT_EQ(scarce[0].activePEs, 90);
  EXPECT_STREQ(scarce[1].letter, "C");
  EXPECT_EQ(scarce[1].value, 1);
  EXPECT_EQ(scarce[1].activePEs, 156);
}

/// A product with a matrix: filters and channels fill the array. Of too few of
/// both, more of either helps.
TEST(ArrayUse, OfAProduct) {
  MappingProblem problem{layerOf(1000, 1000, 1, 1), TargetSpec()};
  EXPECT_EQ(mostPEs(problem).activePEs, 168);
  problem.layer = layerOf(3, 2, 1, 1);
  EXPECT_EQ(mostPEs(problem).activePEs, 6);
  std::vector<ScarceSize> scarce = scarceSizes(problem);
  ASSERT_EQ(scarce.size(), 4u);
  EXPECT_STREQ(scarce[2].letter, "M/G");
  EXPECT_EQ(scarce[2].activePEs, 168);
}

/// Trying every placement of every size that the layer has.
TEST(ArrayUse, NoMappingUsesMore) {
  RandomProblem random(91);
  int equal = 0;
  for (int i = 0; i < 300; ++i) {
    MappingProblem problem = random.problem(random.target());
    const LayerShape &layer = problem.layer;
    if (!searchOptimal(problem, {Objective::DRAM}))
      continue;
    int64_t most = 0;
    for (int64_t e = 1; e <= layer.ofmapHeight(); ++e)
      for (int64_t r = 1; r <= layer.channels; ++r)
        for (int64_t t = 1; t <= layer.filtersPerGroup(); ++t)
          for (int64_t g = 1; g <= layer.groups; ++g) {
            Mapping mapping;
            mapping.e = mapping.h = e;
            mapping.r = mapping.c = r;
            mapping.t = mapping.m = t;
            mapping.g = g;
            if (verify(problem, mapping))
              most = std::max(most, layer.filterHeight * e * r * t * g);
          }
    EXPECT_EQ(mostPEs(problem).activePEs, most);
    if (auto mapping = random.legalMapping(problem)) {
      int64_t used = estimate(problem, *mapping).activePEs;
      EXPECT_LE(used, most);
      equal += used == most;
    }
  }
  EXPECT_GE(equal, 10);
}

TEST(ArrayUse, TheNearestMappingIsLegalAndNoBetterThanTheOptimum) {
  RandomProblem random(92);
  int found = 0;
  for (int i = 0; i < 200; ++i) {
    MappingProblem problem = random.problem(random.target());
    Result<Optimum> best = searchOptimal(problem, {Objective::EDP});
    if (!best)
      continue;
    ArrayUse use = mostPEs(problem);
    std::vector<ArrayUse> all = placementsWith(problem, use.activePEs);
    ASSERT_FALSE(all.empty());
    auto near = nearestWith(problem, best->mapping, all, {Objective::EDP});
    if (!near)
      continue;
    ++found;
    ASSERT_TRUE(bool(verify(problem, *near)));
    EXPECT_EQ(estimate(problem, *near).activePEs, use.activePEs);
    EXPECT_GE(valuesOf(problem, *near, {Objective::EDP})[0],
              best->values[0] * (1 - 1e-9));
    // With its own PE sets the optimum is its own neighbour.
    const Mapping &own = best->mapping;
    auto same = nearestWith(problem, own, {{own.e, own.r, own.t, own.g, 0}},
                            {Objective::EDP});
    ASSERT_TRUE(same.has_value());
    EXPECT_NEAR(valuesOf(problem, *same, {Objective::EDP})[0], best->values[0],
                best->values[0] * 1e-9);
  }
  EXPECT_GE(found, 80);
}
