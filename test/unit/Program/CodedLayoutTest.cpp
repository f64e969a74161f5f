//===- CodedLayoutTest.cpp - Blocks of coded tensors ----------------------===//
#include "rowlock/Program/CodedLayout.h"
#include "rowlock/Program/RunLength.h"

#include <gtest/gtest.h>

#include <cstring>

using namespace rowlock;

using Values = std::vector<int64_t>;

/// 2 images, 3 channels, planes of 5 x 4 in blocks of 2 rows.
static CodedLayout makeLayout() {
  const int64_t shape[] = {2, 3, 5, 4};
  return *CodedLayout::compute(shape, 2, 8, true);
}

TEST(CodedLayout, PlacesBlocks) {
  CodedLayout layout = makeLayout();
  EXPECT_EQ(layout.blockRows(), 2);
  EXPECT_EQ(layout.blocksPerPlane(), 3);
  EXPECT_EQ(layout.blocks(), 18);
  EXPECT_EQ(layout.block(1, 2, 4), 17);
  EXPECT_EQ(layout.rowsOf(16), 2);
  EXPECT_EQ(layout.rowsOf(17), 1);
  // An index of 18 numbers is 9 words; 8 values take at most 2 words.
  EXPECT_EQ(layout.byteSize(), (9 + 18 * 2) * 8);
}

TEST(CodedLayout, BlocksComeBack) {
  CodedLayout layout = makeLayout();
  std::vector<uint8_t> data(size_t(layout.byteSize()), 0);
  Values full = {-1, 0, 0, 127, -128, 0, 1, 2}, part = {0, 0, 0, 5};
  EXPECT_EQ(layout.write(data.data(), 16, full), 4 + 16);
  EXPECT_EQ(layout.write(data.data(), 17, part), 4 + 8);
  auto back = layout.read(data.data(), 16);
  ASSERT_TRUE(back) << back.message();
  EXPECT_EQ(back->values, full);
  EXPECT_EQ(back->bytes, 4 + 16);
  EXPECT_EQ(layout.read(data.data(), 17)->values, part);
  // Never written: zeros, and only the index is read.
  EXPECT_EQ(layout.read(data.data(), 0)->values, Values(8, 0));
  EXPECT_EQ(layout.read(data.data(), 0)->bytes, 4);
}

TEST(CodedLayout, RefusesDamage) {
  CodedLayout layout = makeLayout();
  std::vector<uint8_t> data(size_t(layout.byteSize()), 0);
  layout.write(data.data(), 3, Values(8, 9));
  uint32_t far = 0xffffffff;
  std::memcpy(data.data() + 4 * 4, &far, 4);
  EXPECT_FALSE(layout.read(data.data(), 4));
  data[size_t((9 + 3 * 2 + 1) * 8 + 7)] = 0; // the bit that ends the code
  EXPECT_FALSE(layout.read(data.data(), 3));
}

/// A tensor that can be coded, with one thing changed.
static Status statusOf(void (*change)(fb::TensorT &)) {
  fb::TensorT tensor;
  tensor.type = fb::ElementType::U8;
  tensor.kind = fb::TensorKind::Intermediate;
  tensor.shape = {1, 2, 4, 4};
  tensor.coded_rows = 4;
  change(tensor);
  flatbuffers::FlatBufferBuilder builder;
  builder.Finish(fb::CreateTensor(builder, &tensor));
  return CodedLayout::compute(
             *flatbuffers::GetRoot<fb::Tensor>(builder.GetBufferPointer()))
      .takeStatus();
}

TEST(CodedLayout, RefusesOtherTensors) {
  EXPECT_TRUE(statusOf([](fb::TensorT &) {}));
  EXPECT_TRUE(statusOf([](fb::TensorT &t) { t.coded_rows = -1; }));
  EXPECT_FALSE(statusOf([](fb::TensorT &t) { t.coded_rows = 5; }));
  EXPECT_FALSE(statusOf([](fb::TensorT &t) { t.coded_rows = -2; }));
  EXPECT_FALSE(statusOf([](fb::TensorT &t) { t.shape.pop_back(); }));
  EXPECT_FALSE(statusOf([](fb::TensorT &t) { t.type = fb::ElementType::F32; }));
  EXPECT_FALSE(
      statusOf([](fb::TensorT &t) { t.kind = fb::TensorKind::Constant; }));
  EXPECT_FALSE(statusOf([](fb::TensorT &t) { t.row_pitch = 8; }));
}
