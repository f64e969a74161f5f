//===- SearchCasesTest.cpp - What the search finds ------------------------===//

#include "RandomProblem.h"

#include "rowlock/Mapping/Search.h"
#include "rowlock/Target/YAML/TargetYAML.h"

#include <gtest/gtest.h>

using namespace rowlock;

TEST(SearchCases, FindsOneWheneverOneIsLegal) {
  RandomProblem random(41);
  int found = 0;
  for (int i = 0; i < 600; ++i) {
    MappingProblem problem = random.problem(random.target());
    Result<Optimum> best = searchOptimal(problem, {Objective::EDP});
    if (best) {
      ++found;
      Status legal = verify(problem, best->mapping);
      ASSERT_TRUE(bool(legal)) << legal.message();
    } else {
      ASSERT_FALSE(random.legalMapping(problem).has_value());
    }
  }
  EXPECT_GE(found, 400);
}

TEST(SearchCases, NamesWhatDoesNotFit) {
  MappingProblem problem;
  problem.target = TargetSpec();
  problem.layer.width = problem.layer.filterWidth = 13;
  EXPECT_EQ(searchOptimal(problem, {Objective::EDP}).message(),
            "no mapping fits: q*S is 13, exceeds the ifmap spad of 12 words "
            "(fits with ifmap_spad_words 13, 1 more)");
  problem.layer.batch = 0;
  EXPECT_EQ(searchOptimal(problem, {Objective::EDP}).message(),
            "batch 0 is below 1");
}

/// The layers of a small digit recogniser and of common networks: utilisation
/// counts useful MACs per PE and processing cycle. The ifmap network bounds the
/// depthwise one, the link the smallest.
TEST(SearchCases, UsesTheArray) {
  struct {
    LayerShape layer;
    double utilisation;
  } cases[] = {
      {{1, 8, 1, 1, 32, 32, 5, 5, 1, 1, false}, 0.13},
      {{1, 16, 8, 1, 18, 18, 5, 5, 1, 1, false}, 0.39},
      {{1, 64, 64, 1, 58, 58, 3, 3, 1, 1, false}, 0.45},
      {{1, 256, 128, 1, 16, 16, 3, 3, 1, 1, false}, 0.55},
      {{1, 32, 1, 32, 34, 34, 3, 3, 1, 1, false}, 0.02},
  };
  for (const char *name : {"eyeriss-int8", "eyeriss-v1", "eyeriss-256"})
    for (const auto &test : cases) {
      MappingProblem problem{test.layer, *loadTarget(name)};
      Result<Optimum> best = searchOptimal(problem, {Objective::EDP});
      ASSERT_TRUE(bool(best)) << best.message();
      EXPECT_TRUE(best->mapping ==
                  searchOptimal(problem, {Objective::EDP})->mapping);
      Cost cost = evaluate(problem, best->mapping);
      double pes = double(problem.target.rows * problem.target.columns);
      double utilisation = double(cost.macs) / (cost.processingCycles * pes);
      EXPECT_GE(utilisation, test.utilisation)
          << name << ": " << printMapping(best->mapping) << ", "
          << cost.activePEs << " active PEs";
    }
}
