//===- SearchOptimalTest.cpp - Brute force judges the search --------------===//

#include "RandomProblem.h"

#include "rowlock/Mapping/Search.h"
#include "rowlock/Target/YAML/TargetYAML.h"

#include <gtest/gtest.h>

using namespace rowlock;

static const Objectives lists[] = {{Objective::Energy},
                                   {Objective::Latency},
                                   {Objective::EDP},
                                   {Objective::DRAM},
                                   {Objective::DRAM, Objective::Energy},
                                   {Objective::Energy, Objective::Latency}};

static void expectNear(const std::vector<double> &a,
                       const std::vector<double> &b, uint64_t seed,
                       const Objectives &objectives) {
  for (size_t k = 0; k < a.size(); ++k)
    ASSERT_NEAR(a[k], b[k], 1e-9 * b[k])
        << "seed " << seed << ", " << printObjectives(objectives);
}

/// With `limited`, the DRAM traffic of each problem is kept within half as much
/// again as the least.
static void compareWithBruteForce(uint64_t first, uint64_t last, MapSpace space,
                                  bool limited = false) {
  int found = 0;
  for (uint64_t seed = first; seed < last; ++seed) {
    RandomProblem random(seed);
    MappingProblem problem = random.smallProblem();
    space.mostDRAMBytes.reset();
    if (limited)
      if (auto least = searchBruteForce(problem, {Objective::DRAM}, space))
        space.mostDRAMBytes =
            int64_t(least->values[0]) * random.number(100, 150) / 100;
    for (const Objectives &objectives : lists) {
      Result<Optimum> best = searchOptimal(problem, objectives, space);
      Result<Optimum> judge = searchBruteForce(problem, objectives, space);
      ASSERT_EQ(bool(best), bool(judge)) << "seed " << seed;
      if (!best)
        break;
      ++found;
      Status legal = verify(problem, best->mapping);
      ASSERT_TRUE(bool(legal)) << legal.message();
      EXPECT_TRUE(space.holds(problem, best->mapping));
      SCOPED_TRACE(printMapping(best->mapping) + " and " +
                   printMapping(judge->mapping));
      expectNear(best->values, judge->values, seed, objectives);
      expectNear(valuesOf(problem, best->mapping, objectives), best->values,
                 seed, objectives);
      EXPECT_EQ(best->mapping.p, judge->mapping.p)
          << "seed " << seed << ", " << printObjectives(objectives);
      const Certificate &certificate = best->certificate;
      EXPECT_GE(certificate.bestRemaining, best->values[0] * (1 - 1e-9));
      EXPECT_GE(certificate.spaceSize, double(certificate.evaluated));
      EXPECT_LE(certificate.evaluated, judge->certificate.evaluated);
    }
  }
  EXPECT_GE(found, int(last - first) * 3);
}

#ifdef ROWLOCK_SLOW
TEST(SearchOptimal, EqualsBruteForceOften) {
  compareWithBruteForce(100, 650, {});
  compareWithBruteForce(2000, 4000, MapSpace::ofChip());
  compareWithBruteForce(5000, 5100, {}, /*limited=*/true);
}
#else
TEST(SearchOptimal, EqualsBruteForce) {
  compareWithBruteForce(1, 25, {});
  compareWithBruteForce(1000, 1100, MapSpace::ofChip());
  MapSpace loops;
  loops.chipOrder = true;
  compareWithBruteForce(1200, 1260, loops);
  MapSpace divisors;
  divisors.divisors = true;
  compareWithBruteForce(1300, 1310, divisors);
  compareWithBruteForce(1400, 1410, {}, /*limited=*/true);
}

/// No mapping of any loop order and any tile sizes of the space is better.
TEST(SearchOptimal, IsNeverBeaten) {
  RandomProblem random(77);
  MapSpace space;
  int compared = 0;
  for (int i = 0; i < 40; ++i) {
    MappingProblem problem = random.problem(random.target());
    std::vector<Optimum> best;
    for (const Objectives &objectives : lists)
      if (auto found = searchOptimal(problem, objectives))
        best.push_back(*found);
    if (best.empty())
      continue;
    for (int k = 0; k < 2000; ++k) {
      Mapping mapping = random.mapping(problem);
      if (!verify(problem, mapping) || !space.holds(problem, mapping))
        continue;
      ++compared;
      for (size_t o = 0; o < best.size(); ++o) {
        double value = valuesOf(problem, mapping, lists[o])[0];
        ASSERT_LE(best[o].values[0], value * (1 + 1e-9))
            << printMapping(mapping) << " beats "
            << printMapping(best[o].mapping) << " in "
            << printObjectives(lists[o]);
      }
    }
  }
  EXPECT_GE(compared, 1000);
}
#endif
