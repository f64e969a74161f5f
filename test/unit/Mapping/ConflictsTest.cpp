//===- ConflictsTest.cpp - Why no mapping fits ----------------------------===//

#include "RandomProblem.h"

#include "rowlock/Mapping/Conflicts.h"

#include <gtest/gtest.h>

#include <algorithm>

using namespace rowlock;

/// A problem with a filter that spads and banks may be too small for.
static MappingProblem tightProblem(RandomProblem &random) {
  MappingProblem problem = random.problem(random.target());
  TargetSpec &target = problem.target;
  LayerShape &layer = problem.layer;
  target.ifmap_spad_words = random.number(2, 24);
  target.filter_spad_words = random.number(2, 24);
  target.glb_banks = random.number(2, 4);
  target.bank_bytes = 1024;
  target.max_filter_width = 1024;
  layer.filterWidth = random.number(1, random.number(0, 3) ? 24 : 700);
  layer.width = layer.filterWidth + random.number(0, 6);
  layer.filters = layer.groups * random.number(1, 2);
  layer.channels = random.number(1, 2);
  layer.batch = 1;
  layer.height = layer.filterHeight + random.number(0, 3) * layer.strideY;
  return problem;
}

static void setField(TargetSpec &target, const std::string &field,
                     int64_t value) {
  Status set = setTargetField(target, field, std::to_string(value));
  ASSERT_TRUE(bool(set)) << set.message();
}

/// Trying every mapping of the space agrees that none is legal, and that some
/// is once the fields are relaxed; not once any is relaxed by less.
TEST(Conflicts, AgreeWithTryingEveryMapping) {
  RandomProblem random(71);
  int fits = 0, mended = 0, several = 0, hopeless = 0;
  for (int i = 0; i < 400; ++i) {
    MappingProblem problem = tightProblem(random);
    ASSERT_TRUE(bool(problem.check()));
    std::vector<Conflict> conflicts = conflictsOf(problem);
    ASSERT_EQ(bool(searchBruteForce(problem, {Objective::DRAM})),
              conflicts.empty());
    fits += conflicts.empty();
    several += conflicts.size() > 1;
    TargetSpec relaxed = problem.target;
    bool can = !conflicts.empty();
    for (const Conflict &conflict : conflicts) {
      can &= !conflict.relaxations.empty();
      for (const Relaxation &change : conflict.relaxations) {
        EXPECT_GT(change.value, change.before);
        setField(relaxed, change.field, change.value);
      }
    }
    hopeless += !can && !conflicts.empty();
    if (!can)
      continue;
    ++mended;
    ASSERT_TRUE(bool(validateTarget(relaxed)));
    MappingProblem better{problem.layer, relaxed};
    ASSERT_TRUE(bool(searchBruteForce(better, {Objective::DRAM})));
    EXPECT_TRUE(bool(searchOptimal(better, {Objective::EDP})));
    for (const Conflict &conflict : conflicts)
      for (const Relaxation &change : conflict.relaxations) {
        // Alternatives of the same rule as they were.
        MappingProblem less = better;
        for (const Relaxation &other : conflict.relaxations)
          setField(less.target, other.field, other.before);
        const int64_t step = change.field == "bank_bytes" ? 8 : 1;
        setField(less.target, change.field, change.value - step);
        EXPECT_FALSE(bool(searchBruteForce(less, {Objective::DRAM})))
            << change.field << " " << change.value;
      }
  }
  EXPECT_GE(fits, 50);
  EXPECT_GE(mended, 50);
  EXPECT_GE(several, 20);
  EXPECT_GE(hopeless, 10);
}

TEST(Conflicts, NameEveryRuleInNumbers) {
  MappingProblem problem;
  LayerShape &layer = problem.layer;
  layer.width = layer.filterWidth = 300;
  layer.height = layer.filterHeight = 12;
  problem.target.max_filter_width = 1024;
  problem.target.glb_banks = 2;
  EXPECT_EQ(printConflicts(conflictsOf(problem)),
            "p*q*S is 300, exceeds the filter spad of 224 words (fits with "
            "filter_spad_words 300, 76 more); q*S is 300, exceeds the ifmap "
            "spad of 12 words (fits with ifmap_spad_words 300, 288 more); "
            "banks(ifmap) + banks(psum) is 3, exceeds the 2 banks of the GLB "
            "(3600 ifmap words, 1 psum words) (fits with glb_banks 3, 1 more, "
            "or bank_bytes 7200, 3104 more)");
}

TEST(Conflicts, NoneBeyondValidTargets) {
  MappingProblem problem;
  problem.layer.mode16 = true;
  problem.layer.width = problem.layer.filterWidth = 600;
  problem.target.arithmetic = "int";
  problem.target.psum_bits = 32;
  problem.target.max_filter_width = 1024;
  EXPECT_EQ(printConflicts(conflictsOf(problem)),
            "p*q*S is 600, exceeds the filter spad of 112 words (no one field "
            "of a valid target mends it); q*S is 600, exceeds the ifmap spad "
            "of 6 words (no one field of a valid target mends it)");
}

/// In the chip's space a tile has whole rows of psums.
TEST(Conflicts, OfTheChipsSpace) {
  MappingProblem problem;
  problem.target.bank_bytes = 1024;
  problem.target.glb_banks = 2;
  problem.layer.width = 1000;
  EXPECT_TRUE(bool(searchOptimal(problem, {Objective::DRAM})));
  EXPECT_EQ(
      searchOptimal(problem, {Objective::DRAM}, MapSpace::ofChip()).message(),
      "no mapping fits: banks(ifmap) + banks(psum) is 4, exceeds the 2 "
      "banks of the GLB (1000 ifmap words, 1000 psum words) (fits with "
      "glb_banks 4, 2 more, or bank_bytes 2000, 976 more)");
}

TEST(Conflicts, TooMuchTraffic) {
  MappingProblem problem;
  problem.layer.height = problem.layer.width = 4;
  problem.layer.channels = 8;
  MapSpace space;
  space.mostDRAMBytes = 2 * (8 * 16 + 8 + 16); // each word once
  EXPECT_TRUE(bool(searchOptimal(problem, {Objective::EDP}, space)));
  --*space.mostDRAMBytes;
  EXPECT_EQ(searchOptimal(problem, {Objective::EDP}, space).message(),
            "no mapping fits: between DRAM and the chip move 304 bytes at "
            "least, exceeds the limit of 303 by 1");
}
