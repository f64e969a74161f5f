//===- SimulatorTest.cpp - Frames and commands made by hand ---------------===//
#include "HandProgram.h"

#include "../Program/SmallProgram.h"

#include "rowlock/Simulator/Simulator.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <random>

using namespace rowlock;
using namespace rowlock::test;

namespace {

/// A simulator of a program; the test stops where there is none.
std::unique_ptr<Simulator> makeSimulator(const Program &program,
                                         uint64_t orderSeed = 0) {
  SimulatorOptions options;
  options.orderSeed = orderSeed;
  auto simulator = Simulator::create(program, options);
  EXPECT_TRUE(simulator) << simulator.message();
  return simulator ? std::move(*simulator) : nullptr;
}

/// What `run` says about a program that loads.
std::string complaint(HandProgram &hand) {
  auto program = hand.finish();
  if (!program)
    return "does not load: " + program.message();
  auto simulator = makeSimulator(*program);
  int8_t x[3][3] = {};
  EXPECT_TRUE(simulator->write(0, x, sizeof(x)));
  Status ran = simulator->run();
  return ran ? "runs" : ran.message();
}

/// Changes bits 58 to 63 of the record.
void setShift(HandProgram &hand, unsigned shift) {
  size_t record = hand.table.tensors[2]->constant_offset;
  hand.table.constants[record + 7] = uint8_t(shift << 2);
}

bool contains(const std::string &text, const std::string &part) {
  return text.find(part) != std::string::npos;
}

} // namespace

TEST(Simulator, ComputesWhatTheFrameSays) {
  std::mt19937 random(1);
  auto program = HandProgram().finish();
  ASSERT_TRUE(program) << program.message();
  for (uint64_t seed = 0; seed < 20; ++seed) {
    auto simulator = makeSimulator(*program, seed);
    int8_t x[3][3], y[2][2];
    for (auto &row : x)
      for (int8_t &value : row)
        value = int8_t(random());
    ASSERT_TRUE(simulator->write(0, x, sizeof(x)));
    Status ran = simulator->run();
    ASSERT_TRUE(ran) << ran.message();
    ASSERT_TRUE(simulator->read(3, y, sizeof(y)));
    for (int row = 0; row < 2; ++row)
      for (int column = 0; column < 2; ++column)
        EXPECT_EQ(y[row][column], expected(x, row, column));
  }
}

TEST(Simulator, CountsWhatMoves) {
  auto program = HandProgram().finish();
  ASSERT_TRUE(program) << program.message();
  auto simulator = makeSimulator(*program);
  int8_t x[3][3] = {};
  ASSERT_TRUE(simulator->write(0, x, sizeof(x)));
  ASSERT_TRUE(simulator->run());
  ASSERT_EQ(simulator->layerCounts().size(), 2u);
  const EventCounts &counts = simulator->layerCounts().front();
  EXPECT_EQ(counts.passes, 1);
  EXPECT_EQ(counts.activePEs, 4);
  EXPECT_EQ(counts.macs, 16);
  EXPECT_EQ(counts.gatedMacs, 16);
  EXPECT_EQ(counts.glbIfmapReads, 9);
  EXPECT_EQ(counts.glbPsumReads, 4); // by the store; the pass presets them
  EXPECT_EQ(counts.glbPsumWrites, 4);
  EXPECT_EQ(counts.glbFillWords, 9);
  EXPECT_EQ(counts.glbDrainWords, 4);
  EXPECT_EQ(counts.filterWords, 4);
  EXPECT_EQ(counts.filterDeliveries, 8); // two columns of PEs
  EXPECT_EQ(counts.ifmapDeliveries, 12); // the middle row reaches two PEs
  EXPECT_EQ(counts.psumDeliveries, 8);   // up a column of two
  EXPECT_EQ(counts.dramFilterBytes, 4);
  EXPECT_EQ(counts.dramIfmapBytes, 9);
  EXPECT_EQ(counts.dramOfmapBytes, 4);
  EXPECT_EQ(simulator->counts().macs, 16);
}

TEST(Simulator, CountsGatedMacs) {
  auto program = HandProgram().finish();
  ASSERT_TRUE(program) << program.message();
  auto simulator = makeSimulator(*program);
  // The corner is one word of one window, the middle of four.
  int8_t x[3][3] = {{0, 1, 1}, {1, 0, 1}, {1, 1, 1}};
  ASSERT_TRUE(simulator->write(0, x, sizeof(x)));
  ASSERT_TRUE(simulator->run());
  EXPECT_EQ(simulator->counts().gatedMacs, 5);
}

TEST(Simulator, FindsThePassAndThePE) {
  auto program = HandProgram().finish();
  ASSERT_TRUE(program) << program.message();
  auto simulator = makeSimulator(*program);
  int8_t x[3][3] = {};
  ASSERT_TRUE(simulator->write(0, x, sizeof(x)));
  ASSERT_TRUE(simulator->run());
  for (int64_t element = 0; element < 4; ++element) {
    auto producer = simulator->findProducer(3, element);
    ASSERT_TRUE(producer && *producer);
    EXPECT_EQ((*producer)->store, 3u);
    EXPECT_EQ((*producer)->pass, std::optional<size_t>(2));
    EXPECT_EQ((*producer)->peRow, 1); // where the psums leave
    EXPECT_EQ((*producer)->peColumn, element / 2);
  }
  auto input = simulator->findProducer(0, 0);
  ASSERT_TRUE(bool(input));
  EXPECT_FALSE(input->has_value());
}

// Delivery is by the frame's bits and nothing else.
TEST(Simulator, OtherIDsGiveOtherResults) {
  HandProgram hand;
  hand.frame.ifmap_column_id = {1, 0, 0, 2, 1, 0, 0, 0, 0, 0, 0, 0};
  // Columns 0 and 1 have changed places.
  auto program = hand.finish();
  ASSERT_TRUE(program) << program.message();
  auto simulator = makeSimulator(*program);
  int8_t x[3][3] = {{1, 2, 3}, {4, 5, 6}, {7, 8, 9}}, y[2][2];
  ASSERT_TRUE(simulator->write(0, x, sizeof(x)));
  Status ran = simulator->run();
  ASSERT_TRUE(ran) << ran.message();
  ASSERT_TRUE(simulator->read(3, y, sizeof(y)));
  for (int row = 0; row < 2; ++row)
    for (int column = 0; column < 2; ++column)
      EXPECT_EQ(y[row][column], expected(x, 1 - row, column));
}

// In a ring of two rows the third is the first.
TEST(Simulator, RowsWrapInTheRingOfTheFrame) {
  HandProgram hand;
  hand.frame.ifmap_ring = 2 * hand.frame.ifmap_row_pitch;
  auto program = hand.finish();
  ASSERT_TRUE(program) << program.message();
  auto simulator = makeSimulator(*program);
  int8_t x[3][3] = {{1, 2, 3}, {4, 5, 6}, {7, 8, 9}}, y[2][2];
  ASSERT_TRUE(simulator->write(0, x, sizeof(x)));
  Status ran = simulator->run();
  ASSERT_TRUE(ran) << ran.message();
  ASSERT_TRUE(simulator->read(3, y, sizeof(y)));
  std::copy_n(x[0], 3, x[2]);
  for (int row = 0; row < 2; ++row)
    for (int column = 0; column < 2; ++column)
      EXPECT_EQ(y[row][column], expected(x, row, column));
}

TEST(Simulator, SaysWhatAConfigurationLacks) {
  struct {
    std::function<void(HandProgram &)> change;
    const char *part;
  } cases[] = {
      {[](HandProgram &h) { h.frame.ifmap_column_id[0] = 3; },
       "has filters, but no ifmap row comes"},
      {[](HandProgram &h) { h.frame.enable[0] = 0; }, "taken by no PE"},
      {[](HandProgram &h) { h.frame.psum_column_id[1] = 0; }, "are taken by"},
      {[](HandProgram &h) { h.pass.psum->affine = affine(1 << 20); }, "psum"},
      {[](HandProgram &h) { h.pass.ifmap->affine = affine(1 << 20); }, "ifmap"},
      {[](HandProgram &h) { h.load.glb->affine = affine(1 << 20); }, "ifmap"},
      {[](HandProgram &h) { h.store.psum->affine = affine(1 << 20); }, "psum"},
      {[](HandProgram &h) { h.store.row = affine(1); }, "y"},
      {[](HandProgram &h) { h.pass.filters_from->filter = affine(1); }, "w"},
      {[](HandProgram &h) { h.store.tensor = 1; }, "constant"},
      {[](HandProgram &h) { h.pass.channels = count(2); }, "channel"},
      {[](HandProgram &h) { setShift(h, 1); }, "record 0 has the shift 1"},
      {[](HandProgram &h) { setShift(h, 63); }, "record 0 has the shift 63"},
  };
  for (auto &[change, part] : cases) {
    HandProgram hand;
    change(hand);
    std::string said = complaint(hand);
    EXPECT_TRUE(contains(said, part) && contains(said, "hand.rlk"))
        << part << ": " << said;
    EXPECT_EQ(said.find('\n'), std::string::npos) << said;
  }
}
