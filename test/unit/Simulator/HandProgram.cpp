//===- HandProgram.cpp - A pass configured by hand ------------------------===//
#include "HandProgram.h"

#include "../Program/SmallProgram.h"

#include "rowlock/Program/ProgramWriter.h"

#include <algorithm>
#include <cmath>
#include <cstring>

using namespace rowlock;
using namespace rowlock::test;

static FrameValues handFrame(const FrameLayout &layout) {
  FrameValues frame(layout);
  frame.filter_height = frame.filter_width = 2;
  frame.segment_width = 2;
  frame.bank_psum = {0, 0, 1};
  frame.ifmap_row_pitch = 3;
  frame.clip_low = -128;
  frame.clip_high = 127;
  // Buses 2 and 3 have IDs that nothing is sent to.
  frame.filter_row_id = {0, 1, 3, 3};
  frame.ifmap_row_id = {0, 0, 3, 3};
  frame.psum_row_id = {0, 0, 3, 3};
  frame.psum_column_id = {0, 1, 2};
  for (size_t i = 0; i < 2; ++i)
    for (size_t y = 0; y < 2; ++y) {
      size_t pe = i * 3 + y;
      frame.enable[pe] = 1;
      frame.psum_from_below[pe] = i;
      frame.filter_column_id[pe] = 0;
      frame.ifmap_column_id[pe] = int64_t(y + i);
    }
  return frame;
}

HandProgram::HandProgram() {
  TargetSpec target = smallTarget();
  table.producer = "hand";
  table.target = std::make_unique<fb::TargetT>(encodeTarget(target));
  frame = handFrame(FrameLayout(target));
  uint64_t record = uint32_t(kBias) | uint64_t(1) << (32 + 25) |
                    uint64_t(26) << 58; // 2^25 * 2^-26
  std::vector<uint8_t> weights, records(8);
  for (const auto &row : kFilter)
    for (int weight : row)
      weights.push_back(uint8_t(weight));
  std::memcpy(records.data(), &record, 8);
  using fb::ElementType;
  using fb::TensorKind;
  addTensor(table, "x", TensorKind::Input, ElementType::I8, {1, 1, 3, 3},
            std::vector<uint8_t>(9));
  addTensor(table, "w", TensorKind::Constant, ElementType::I8, {1, 1, 2, 2},
            weights);
  addTensor(table, "records", TensorKind::Constant, ElementType::I64, {1},
            records);
  addTensor(table, "y", TensorKind::Output, ElementType::I8, {1, 1, 2, 2},
            std::vector<uint8_t>(4));

  load.images = count(1);
  load.groups = count(1);
  load.channels = count(1);
  load.rows = count(3);
  load.columns = count(3);
  load.row_stride = 3;
  load.glb = std::make_unique<fb::AddressT>();

  pass.ifmap = std::make_unique<fb::AddressT>();
  pass.psum = std::make_unique<fb::AddressT>();
  pass.images = count(1);
  pass.groups = count(1);
  pass.filters = count(1);
  pass.channels = count(1);
  pass.rows = count(2);
  pass.columns = count(2);
  pass.filters_from = std::make_unique<fb::FilterBoxT>();
  pass.filters_from->tensor = 1;
  pass.records_from = std::make_unique<fb::RecordBoxT>();
  pass.records_from->tensor = 2;
  pass.records_from->count = count(1);

  store.tensor = 3;
  store.psum = std::make_unique<fb::AddressT>();
  store.images = count(1);
  store.groups = count(1);
  store.filters = count(1);
  store.rows = count(2);
  store.columns = count(2);
}

Result<Program> HandProgram::finish() {
  auto words = encodeFrame(FrameLayout(smallTarget()), frame);
  if (!words)
    return words.takeStatus();
  table.frames.push_back(std::make_unique<fb::FrameT>());
  table.frames.back()->words = *words;
  table.tokens = {"configured", "loaded", "passed"};
  add(table, fb::ConfigureT()).signals.push_back(signal(0));
  fb::CommandT &loads = add(table, load);
  loads.waits.push_back(wait(0, 1));
  loads.signals.push_back(signal(1));
  fb::CommandT &passes = add(table, pass);
  passes.waits.push_back(wait(1, 1));
  passes.signals.push_back(signal(2));
  add(table, store).waits.push_back(wait(2, 1));
  auto layer = std::make_unique<fb::LayerT>();
  layer->name = "conv";
  layer->operands = {0, 1, 2};
  layer->results = {3};
  layer->last_command = 4;
  table.layers.push_back(std::move(layer));
  auto bytes = serialize(table);
  if (!bytes)
    return bytes.takeStatus();
  return Program::fromBytes(*bytes, "hand.rlk");
}

int test::expected(const int8_t (&x)[3][3], int row, int column) {
  int psum = 0;
  for (int i = 0; i < 2; ++i)
    for (int s = 0; s < 2; ++s)
      psum += kFilter[i][s] * x[row + i][column + s];
  return std::clamp(int(std::floor((psum + kBias) / 2.0 + 0.5)), -128, 127);
}
