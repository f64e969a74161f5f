//===- ImprovementsTest.cpp - What a better machine would change ----------===//

#include "RandomProblem.h"

#include "rowlock/Mapping/Improvements.h"
#include "rowlock/Target/YAML/TargetYAML.h"

#include <gtest/gtest.h>

#include <algorithm>

using namespace rowlock;

static const Improvement *find(const Improvements &all,
                               const std::string &field) {
  for (const Improvement &change : all.changes)
    if (change.field == field)
      return &change;
  return nullptr;
}

/// Each is the search on a target file that says so.
TEST(Improvements, AreOptimaOfOtherTargets) {
  MappingProblem problem{{1, 64, 32, 1, 30, 30, 3, 3, 1, 1},
                         *loadTarget("eyeriss-int8")};
  for (Objective objective : {Objective::Latency, Objective::Energy}) {
    Result<Improvements> all = improvementsOf(problem, {objective});
    ASSERT_TRUE(bool(all));
    EXPECT_EQ(all->changes.size(), 12u);
    struct {
      const char *field, *yaml, *after;
    } cases[] = {
        {"glb_banks", "glb:\n  glb_banks: 26", "26"},
        {"link_bits", "clocks:\n  link_bits: 128", "128"},
        {"psum_spad_words", "spads:\n  psum_spad_words: 24", "24"},
        {"frame_microseconds", "clocks:\n  frame_microseconds: 45", "45"},
        {"rows", "array:\n  rows: 13", "13"},
    };
    for (const auto &test : cases) {
      const Improvement *change = find(*all, test.field);
      ASSERT_TRUE(change) << test.field;
      EXPECT_EQ(change->after, test.after);
      Result<TargetSpec> target = readTargetYAML(
          std::string("base: eyeriss-int8\n") + test.yaml + "\n", "test");
      ASSERT_TRUE(bool(target)) << target.message();
      Result<Optimum> best =
          searchOptimal({problem.layer, *target}, {objective});
      EXPECT_EQ(change->optimum.values, best->values) << test.field;
      EXPECT_NEAR(change->gain,
                  100 * (1 - best->values[0] / all->present.values[0]), 1e-9);
    }
    for (size_t k = 1; k < all->changes.size(); ++k)
      EXPECT_GE(all->changes[k - 1].gain, all->changes[k].gain);
    EXPECT_GT(all->changes.front().gain, 0);
  }
}

/// IDs of 17 columns need another bit; a machine at the end of its ranges stays
/// within them.
TEST(Improvements, StayValid) {
  MappingProblem problem{{1, 4, 4, 1, 8, 8, 3, 3, 1, 1},
                         *loadTarget("eyeriss-256")};
  TargetSpec &target = problem.target;
  target.glb_banks = 64;
  target.ifmap_spad_words = 1024;
  target.ifmap_column_id_bits = 6;
  target.frame_microseconds = 0;
  Result<Improvements> all = improvementsOf(problem, {Objective::Latency});
  ASSERT_TRUE(bool(all));
  EXPECT_TRUE(find(*all, "columns"));
  EXPECT_TRUE(find(*all, "rows"));
  for (const char *field : {"glb_banks", "ifmap_spad_words",
                            "ifmap_column_id_bits", "frame_microseconds"})
    EXPECT_FALSE(find(*all, field)) << field;
}

/// Capacities, networks and the link never make the best mapping worse.
TEST(Improvements, OfRandomMachines) {
  RandomProblem random(95);
  int helped = 0;
  for (int i = 0; i < 100; ++i) {
    MappingProblem problem = random.problem(random.target());
    Result<Improvements> all = improvementsOf(problem, {Objective::EDP});
    EXPECT_EQ(bool(all), bool(searchOptimal(problem, {Objective::EDP})));
    if (!all)
      continue;
    for (const Improvement &change : all->changes) {
      if (change.field != "columns")
        EXPECT_GE(change.gain, -1e-6) << change.field;
      helped += change.gain > 1;
    }
  }
  EXPECT_GE(helped, 50);
}
