//===- ParetoFrontTest.cpp - Every mapping judges the front ---------------===//

#include "RandomProblem.h"

#include "rowlock/Mapping/Pareto.h"
#include "rowlock/Target/YAML/TargetYAML.h"

#include <gtest/gtest.h>

#include <algorithm>

using namespace rowlock;

namespace {

struct Values {
  double energy, cycles;
};

/// Less by more than rounding.
bool less(double a, double b) { return a < b * (1 - 1e-9); }

} // namespace

/// Of all mappings of the space those that no other one beats, sorted; from the
/// definition.
static std::vector<Values> judge(const MappingProblem &problem,
                                 const MapSpace &space) {
  std::vector<Values> all, front;
  Status tried = forEachMapping(problem, space, [&](const Mapping &mapping) {
    Cost cost = estimate(problem, mapping);
    all.push_back({cost.energy, cost.cycles});
  });
  EXPECT_TRUE(bool(tried));
  std::sort(all.begin(), all.end(), [](const Values &a, const Values &b) {
    return less(a.energy, b.energy) ||
           (!less(b.energy, a.energy) && a.cycles < b.cycles);
  });
  for (const Values &values : all)
    if (front.empty() || less(values.cycles, front.back().cycles))
      front.push_back(values);
  return front;
}

static void compareWithJudge(uint64_t first, uint64_t last, MapSpace space,
                             bool limitDRAM = false) {
  size_t compared = 0, points = 0;
  for (uint64_t seed = first; seed < last; ++seed) {
    RandomProblem random(seed);
    MappingProblem problem = random.smallProblem();
    space.mostDRAMBytes.reset();
    if (auto least = searchOptimal(problem, {Objective::DRAM}, space);
        least && limitDRAM)
      space.mostDRAMBytes = int64_t(least->values[0] * 1.25);
    Result<ParetoFront> front = paretoFront(problem, space);
    std::vector<Values> expected = judge(problem, space);
    ASSERT_EQ(bool(front), !expected.empty()) << "seed " << seed;
    if (!front)
      continue;
    ASSERT_EQ(front->points.size(), expected.size()) << "seed " << seed;
    for (size_t k = 0; k < expected.size(); ++k) {
      const ParetoPoint &point = front->points[k];
      Status legal = verify(problem, point.mapping);
      ASSERT_TRUE(bool(legal)) << legal.message();
      EXPECT_TRUE(space.holds(problem, point.mapping));
      Cost cost = estimate(problem, point.mapping);
      EXPECT_EQ(cost.energy, point.energy);
      EXPECT_EQ(cost.cycles, point.cycles);
      EXPECT_NEAR(point.energy, expected[k].energy, 1e-9 * point.energy)
          << "seed " << seed;
      EXPECT_NEAR(point.cycles, expected[k].cycles, 1e-9 * point.cycles)
          << "seed " << seed;
    }
    ++compared;
    points += expected.size();
  }
  EXPECT_GE(compared, (last - first) / 2);
  EXPECT_GE(points, compared * 2) << "fronts of one point judge little";
}

#ifdef ROWLOCK_SLOW
TEST(ParetoFront, EqualsTheDefinitionOften) {
  compareWithJudge(5000, 5400, {});
}
#else
TEST(ParetoFront, EqualsTheDefinition) {
  compareWithJudge(1, 60, {});
  MapSpace few;
  few.chipOrder = true;
  compareWithJudge(100, 140, few);
  compareWithJudge(200, 230, {}, true);
}

/// Its ends are the optima of one objective each, then the other.
TEST(ParetoFront, EndsAtTheOptima) {
  MappingProblem problem;
  problem.target = *loadTarget("eyeriss-v1");
  LayerShape &layer = problem.layer;
  layer.filters = 256;
  layer.channels = 64;
  layer.height = layer.width = 56;
  Result<ParetoFront> front = paretoFront(problem);
  ASSERT_TRUE(bool(front)) << front.message();
  auto energy =
      searchOptimal(problem, {Objective::Energy, Objective::Latency})->values;
  auto latency =
      searchOptimal(problem, {Objective::Latency, Objective::Energy})->values;
  double edp = searchOptimal(problem, {Objective::EDP})->values[0],
         least = 1e300;
  EXPECT_DOUBLE_EQ(front->points.front().energy, energy[0]);
  EXPECT_DOUBLE_EQ(front->points.front().cycles, energy[1]);
  EXPECT_DOUBLE_EQ(front->points.back().cycles, latency[0]);
  EXPECT_DOUBLE_EQ(front->points.back().energy, latency[1]);
  for (const ParetoPoint &point : front->points)
    least = std::min(least, point.energy * point.cycles);
  EXPECT_DOUBLE_EQ(least, edp);
}

TEST(ParetoFront, SaysWhyNothingFits) {
  MappingProblem problem;
  problem.target = *loadTarget("eyeriss-v1");
  problem.layer.filterWidth = problem.layer.width = 13;
  Result<ParetoFront> front = paretoFront(problem);
  ASSERT_FALSE(bool(front));
  EXPECT_EQ(front.message(),
            searchOptimal(problem, {Objective::EDP}).message());
}
#endif
