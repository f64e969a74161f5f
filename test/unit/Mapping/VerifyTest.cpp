//===- VerifyTest.cpp - One illegal mapping for each rule -----------------===//

#include "rowlock/Mapping/Mapping.h"
#include "rowlock/Target/YAML/TargetYAML.h"

#include <gtest/gtest.h>

#include <functional>

using namespace rowlock;

namespace {
/// AlexNet's CONV3 on the chip, and its published mapping.
struct Verify : ::testing::Test {
  MappingProblem problem;
  Mapping mapping;
  void SetUp() override {
    problem.target = *loadTarget("eyeriss-v1");
    LayerShape &layer = problem.layer;
    layer.batch = 4;
    layer.filters = 384;
    layer.channels = 256;
    layer.height = layer.width = 15;
    layer.filterHeight = layer.filterWidth = 3;
    mapping.n = 4;
    mapping.m = 64;
    mapping.h = mapping.e = mapping.f = 13;
    mapping.p = 16;
    mapping.q = 3;
    mapping.r = mapping.t = 2;
    mapping.c = 6;
    ASSERT_TRUE(bool(verify(problem, mapping)));
  }
  std::string message() {
    Status status = verify(problem, mapping);
    return status ? "legal" : status.message();
  }
};
} // namespace

TEST_F(Verify, SizesAtLeastOne) {
  mapping.q = 0;
  EXPECT_EQ(message(), "q is 0, below 1");
}

TEST_F(Verify, SizesWithinTheLayer) {
  using Change = std::function<void(Mapping &)>;
  std::vector<std::pair<Change, std::string>> cases = {
      {[](Mapping &m) { m.n = 5; }, "n is 5, exceeds N of 4"},
      {[](Mapping &m) { m.m = 385; }, "m is 385, exceeds M/G of 384"},
      {[](Mapping &m) { m.h = 14; }, "h is 14, exceeds E of 13"},
      {[](Mapping &m) { m.f = 14; }, "f is 14, exceeds F of 13"},
      {[](Mapping &m) { m.c = 257; }, "c is 257, exceeds C of 256"},
      {[](Mapping &m) { m.h = 12; }, "e is 13, exceeds h of 12"},
      {[](Mapping &m) { m.g = 2; }, "g is 2, exceeds G of 1"},
      {[](Mapping &m) { m.m = 31; }, "p*t is 32, exceeds m of 31"},
      {[](Mapping &m) { m.c = 5; }, "q*r is 6, exceeds c of 5"},
  };
  Mapping legal = mapping;
  for (const auto &[change, expected] : cases) {
    mapping = legal;
    change(mapping);
    EXPECT_EQ(message(), expected);
  }
}

TEST_F(Verify, FilterSpad) {
  problem.target.filter_spad_words = 143;
  EXPECT_EQ(message(), "p*q*S is 144, exceeds the filter spad of 143 words");
}

TEST_F(Verify, IfmapSpad) {
  problem.target.ifmap_spad_words = 8;
  EXPECT_EQ(message(), "q*S is 9, exceeds the ifmap spad of 8 words");
}

TEST_F(Verify, SixteenBitModeHalvesSpads) {
  problem.target = *loadTarget("eyeriss-int8");
  problem.layer.mode16 = true;
  problem.target.filter_spad_words = 286;
  mapping.p = 12;
  mapping.q = 4;
  mapping.c = 8;
  EXPECT_EQ(message(), "p*q*S is 144, exceeds the filter spad of 143 words");
}

TEST_F(Verify, PsumSpad) {
  problem.target.psum_spad_words = 15;
  EXPECT_EQ(message(), "p is 16, exceeds the psum spad of 15 words");
}

TEST_F(Verify, RecordMemory) {
  problem.target.record_entries = 63;
  EXPECT_EQ(message(),
            "m*g is 64, exceeds the 63 entries of the record memory");
}

TEST_F(Verify, StackHeight) {
  mapping.r = 5;
  mapping.c = 15;
  EXPECT_EQ(message(), "R*r is 15, exceeds the 12 PE rows");
}

TEST_F(Verify, Slots) {
  mapping.t = 3;
  EXPECT_EQ(message(), "t*g*segments is 3, exceeds the 2 slots of 6 rows by 13 "
                       "columns");
  mapping.t = 2;
  problem.target.columns = 12; // 13 columns become 7 + 6
  EXPECT_EQ(message(), "t*g*segments is 4, exceeds the 2 slots of 6 rows by 7 "
                       "columns");
}

TEST_F(Verify, IfmapIds) {
  problem.target.ifmap_column_id_bits = 3;
  EXPECT_EQ(message(),
            "number of ifmap column IDs on one row ID is 15, exceeds "
            "the 8 of 3 bits");
}

TEST_F(Verify, Buffer) {
  problem.target.glb_banks = 23;
  EXPECT_EQ(message(), "banks(ifmap) + banks(psum) is 25, exceeds the 23 banks "
                       "of the GLB (5400 ifmap words, 43264 psum words)");
  problem.target.glb_banks = 25;
  EXPECT_EQ(message(), "legal");
  mapping.prefetch = Prefetch::Double;
  EXPECT_EQ(message(), "banks(ifmap) + banks(psum) is 28, exceeds the 25 banks "
                       "of the GLB (5400 ifmap words twice, 43264 psum words)");
  mapping.prefetch = Prefetch::Ring;
  EXPECT_EQ(message(), "legal");
}

TEST_F(Verify, PsumsLieWithoutGaps) {
  mapping.e = 4; // strips of 4, 4, 4, 1 rows
  mapping.t = 1;
  mapping.m = 40; // passes of 16, 16, 8 filters
  problem.target.glb_banks = 17;
  EXPECT_EQ(message(), "legal");
  problem.target.glb_banks = 16;
  EXPECT_EQ(message(), "banks(ifmap) + banks(psum) is 17, exceeds the 16 banks "
                       "of the GLB (5400 ifmap words, 27040 psum words)");
}

TEST_F(Verify, Order) {
  mapping.tileOrder[0] = TileLoop::C;
  EXPECT_EQ(message(), "order is no permutation of gmnhfc and of cms");
  mapping.tileOrder[5] = TileLoop::Group;
  EXPECT_EQ(message(),
            "order has 43 channel tiles outside loop m of 6 trips, exceeds 1: "
            "psums stay in the GLB until their last channel");
}

TEST_F(Verify, LayerItself) {
  using Change = std::function<void(LayerShape &)>;
  std::vector<std::pair<Change, std::string>> cases = {
      {[](LayerShape &l) { l.batch = 0; }, "batch 0 is below 1"},
      {[](LayerShape &l) { l.groups = 5; },
       "filters 384 do not divide into 5 groups"},
      {[](LayerShape &l) { l.filterHeight = 13; },
       "filter height 13 exceeds the 12 PE rows"},
      {[](LayerShape &l) { l.filterWidth = 33; },
       "filter width 33 exceeds the 32 columns of a native filter"},
      {[](LayerShape &l) { l.filters = 1025; },
       "filters 1025 exceeds the 1024 of a native layer"},
      {[](LayerShape &l) { l.channels = 1025; },
       "channels 1025 exceeds the 1024 of a native layer"},
      {[](LayerShape &l) { l.strideY = 3; },
       "vertical stride 3 is none of the target's 1,2,4"},
      {[](LayerShape &l) { l.strideX = 13; },
       "horizontal stride 13 exceeds the 12 of the target"},
      {[](LayerShape &l) { l.height = 2; },
       "filter height 3 exceeds the 2 rows of the padded ifmap"},
      {[](LayerShape &l) { l.width = 2; },
       "filter width 3 exceeds the 2 columns of the padded ifmap"},
      {[](LayerShape &l) { l.height = l.width = int64_t(1) << 30; },
       "ifmap exceeds 2^40 words"},
  };
  LayerShape legal = problem.layer;
  for (const auto &[change, expected] : cases) {
    problem.layer = legal;
    change(problem.layer);
    EXPECT_EQ(message(), expected);
  }
}
