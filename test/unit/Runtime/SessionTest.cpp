//===- SessionTest.cpp - Sessions, devices, memory ------------------------===//
#include "HostProgram.h"

#include "rowlock/Runtime/Session.h"

#include <gtest/gtest.h>

using namespace rowlock;
using namespace rowlock::test;

/// y = x + x on batches of 3 images of 2 floats, y in another order in DRAM.
static HostProgram doubling() {
  HostProgram program;
  uint32_t x =
      program.tensor(fb::TensorKind::Input, fb::ElementType::F32, {3, 2});
  uint32_t y =
      program.tensor(fb::TensorKind::Output, fb::ElementType::F32, {3, 2});
  program.table().tensors[y]->order = {1, 0};
  program.layer(fb::Kernel::Add, {x, x}, y);
  return program;
}

TEST(Session, RunsAnyNumberOfImagesInChunks) {
  Result<Program> program = doubling().finish();
  ASSERT_TRUE(program) << program.message();
  Result<HostDevice> device = HostDevice::create(*program);
  ASSERT_TRUE(device) << device.message();
  Session session(*device);
  ASSERT_EQ(session.inputs().size(), 1u);
  EXPECT_EQ(session.inputs()[0].batch(), 3);
  EXPECT_EQ(session.inputs()[0].imageBytes(), 8u);
  for (int64_t images : {0, 1, 3, 7}) {
    std::vector<float> values(size_t(images) * 2);
    for (size_t k = 0; k < values.size(); ++k)
      values[k] = float(k);
    std::vector<uint8_t> bytes(values.size() * 4);
    if (!bytes.empty())
      std::memcpy(bytes.data(), values.data(), bytes.size());
    std::vector<int64_t> counts;
    auto results = session.run({bytes}, images, [&](int64_t, int64_t count) {
      counts.push_back(count);
      return Status::ok();
    });
    ASSERT_TRUE(results) << results.message();
    EXPECT_EQ(counts.size(), size_t(images + 2) / 3);
    ASSERT_EQ((*results)[0].size(), bytes.size());
    for (size_t k = 0; k < values.size(); ++k) {
      float value;
      std::memcpy(&value, (*results)[0].data() + k * 4, 4);
      EXPECT_EQ(value, 2 * values[k]);
    }
  }
}

TEST(Session, KeepsWholeResultsOfEachRun) {
  HostProgram builder;
  uint32_t x =
      builder.tensor(fb::TensorKind::Input, fb::ElementType::F32, {2, 3});
  uint32_t y =
      builder.tensor(fb::TensorKind::Output, fb::ElementType::F32, {3, 2});
  builder.layer(fb::Kernel::Copy, {x}, y);
  Result<Program> program = builder.finish();
  ASSERT_TRUE(program) << program.message();
  Result<HostDevice> device = HostDevice::create(*program);
  ASSERT_TRUE(device) << device.message();
  Session session(*device);
  EXPECT_TRUE(session.outputs()[0].isWhole);
  auto results = session.run({std::vector<uint8_t>(4 * 12, 7)}, 4);
  ASSERT_TRUE(results) << results.message();
  EXPECT_EQ((*results)[0], std::vector<uint8_t>(2 * 24, 7));
}

TEST(Session, NeedsImages) {
  HostProgram builder;
  uint32_t x =
      builder.tensor(fb::TensorKind::Input, fb::ElementType::F32, {0, 3});
  uint32_t y =
      builder.tensor(fb::TensorKind::Output, fb::ElementType::F32, {0, 3});
  builder.layer(fb::Kernel::Copy, {x}, y);
  Result<Program> program = builder.finish();
  ASSERT_TRUE(program) << program.message();
  Result<HostDevice> device = HostDevice::create(*program);
  ASSERT_TRUE(device) << device.message();
  EXPECT_EQ(Session(*device).run({std::vector<uint8_t>(12)}, 1).message(),
            "an input takes no images");
}

TEST(Session, NamesWrongInputs) {
  Result<Program> program = doubling().finish();
  ASSERT_TRUE(program) << program.message();
  Result<HostDevice> device = HostDevice::create(*program);
  ASSERT_TRUE(device) << device.message();
  Session session(*device);
  EXPECT_EQ(session.run({}, 1).message(), "the program has 1 inputs, got 0");
  auto results = session.run({std::vector<uint8_t>(7)}, 1);
  EXPECT_EQ(results.message(), "input 't0': 1 images have 8 bytes, got 7");
}

TEST(Device, RefusesWrongSizesAndConstants) {
  HostProgram builder = doubling();
  uint32_t constant =
      builder.tensor(fb::TensorKind::Constant, fb::ElementType::U8, {1});
  builder.table().constants.resize(64);
  Result<Program> program = builder.finish();
  ASSERT_TRUE(program) << program.message();
  Result<HostDevice> device = HostDevice::create(*program);
  ASSERT_TRUE(device) << device.message();
  uint8_t bytes[24] = {};
  EXPECT_EQ(device->write(0, bytes, 23).message(),
            "tensor 't0' has 24 bytes, got 23");
  EXPECT_FALSE(device->read(9, bytes, 24));
  EXPECT_FALSE(device->write(constant, bytes, 1));
  EXPECT_TRUE(device->read(constant, bytes, 1));
}

TEST(Device, HostDeviceRefusesArrayCommands) {
  HostProgram builder = doubling();
  fb::LoopT loop;
  loop.trips = 1;
  builder.table().commands.push_back(std::make_unique<fb::CommandT>());
  builder.table().commands.back()->operation.Set(loop);
  builder.table().commands.push_back(std::make_unique<fb::CommandT>());
  builder.table().commands.back()->operation.Set(fb::EndT());
  Result<Program> program = builder.finish();
  ASSERT_TRUE(program) << program.message();
  EXPECT_FALSE(HostDevice::create(*program));
}
