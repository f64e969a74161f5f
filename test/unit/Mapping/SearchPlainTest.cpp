//===- SearchPlainTest.cpp - Finds a legal mapping, and a decent one ------===//

#include "RandomProblem.h"
#include "rowlock/Mapping/Search.h"
#include "rowlock/Target/YAML/TargetYAML.h"

#include <gtest/gtest.h>

using namespace rowlock;

TEST(SearchPlain, FindsOneWheneverOneIsLegal) {
  RandomProblem random(41);
  int found = 0;
  for (int i = 0; i < 600; ++i) {
    MappingProblem problem = random.problem(random.target());
    Result<Mapping> mapping = searchPlain(problem);
    if (mapping) {
      ++found;
      Status legal = verify(problem, *mapping);
      ASSERT_TRUE(bool(legal)) << legal.message();
    } else {
      ASSERT_FALSE(random.legalMapping(problem).has_value());
    }
  }
  EXPECT_GE(found, 400);
}

TEST(SearchPlain, NamesWhatDoesNotFit) {
  MappingProblem problem;
  problem.target = TargetSpec();
  problem.layer.width = problem.layer.filterWidth = 13;
  EXPECT_EQ(searchPlain(problem).message(),
            "no mapping fits; of the smallest, q*S is 13, exceeds the ifmap "
            "spad of 12 words");
  problem.layer.batch = 0;
  EXPECT_EQ(searchPlain(problem).message(), "batch 0 is below 1");
}

/// The layers of a small digit recogniser and of common networks: utilisation
/// counts useful MACs per PE and processing cycle. The ifmap network bounds the
/// depthwise one.
TEST(SearchPlain, UsesTheArray) {
  struct {
    LayerShape layer;
    double utilisation;
  } cases[] = {
      {{1, 8, 1, 1, 32, 32, 5, 5, 1, 1, false}, 0.2},
      {{1, 16, 8, 1, 18, 18, 5, 5, 1, 1, false}, 0.4},
      {{1, 64, 64, 1, 58, 58, 3, 3, 1, 1, false}, 0.45},
      {{1, 256, 128, 1, 16, 16, 3, 3, 1, 1, false}, 0.55},
      {{1, 32, 1, 32, 34, 34, 3, 3, 1, 1, false}, 0.02},
  };
  for (const char *name : {"eyeriss-int8", "eyeriss-v1", "eyeriss-256"})
    for (const auto &test : cases) {
      MappingProblem problem{test.layer, *loadTarget(name)};
      Result<Mapping> mapping = searchPlain(problem);
      ASSERT_TRUE(bool(mapping)) << mapping.message();
      EXPECT_TRUE(*mapping == *searchPlain(problem));
      Cost cost = evaluate(problem, *mapping);
      double pes = double(problem.target.rows * problem.target.columns);
      double utilisation = double(cost.macs) / (cost.processingCycles * pes);
      EXPECT_GE(utilisation, test.utilisation)
          << name << ": " << printMapping(*mapping) << ", " << cost.activePEs
          << " active PEs";
    }
}

/// AlexNet's CONV1, 2 and 5, batch 16: energy alone costs time, never energy.
TEST(SearchPlain, FollowsItsObjective) {
  const LayerShape layers[] = {
      {16, 96, 3, 1, 227, 227, 11, 11, 4, 4, false},
      {16, 256, 48, 2, 31, 31, 5, 5, 1, 1, false},
      {16, 256, 192, 2, 15, 15, 3, 3, 1, 1, false},
  };
  for (const LayerShape &layer : layers) {
    MappingProblem problem{layer, *loadTarget("eyeriss-256")};
    Cost product = estimate(problem, *searchPlain(problem));
    Cost energy = estimate(problem, *searchPlain(problem, {Objective::Energy}));
    EXPECT_LT(energy.energy, product.energy);
    EXPECT_GT(energy.energy * energy.cycles, product.energy * product.cycles);
  }
}
