//===- LoaderTest.cpp - What the loader takes and refuses -----------------===//

#include "SmallProgram.h"
#include "rowlock/Program/TensorLayout.h"
#include "rowlock/Program/Text.h"
#include "rowlock/Program/Values.h"

#include <gtest/gtest.h>

using namespace rowlock;
using namespace rowlock::test;

static std::string errorOf(const fb::ProgramT &program) {
  auto loaded = Program::fromBytes(*serialize(program), "p");
  return loaded ? "" : loaded.message();
}

TEST(Loader, OpensWhatTheWriterMade) {
  fb::ProgramT made = smallProgram();
  auto program = Program::fromBytes(*serialize(made));
  ASSERT_TRUE(bool(program)) << program.message();
  EXPECT_EQ(program->target().name, "small");
  EXPECT_EQ(program->frameCount(), 1u);
  EXPECT_EQ(program->frame(0).p, 4);
  EXPECT_EQ(program->constants().size, made.constants.size());
  EXPECT_EQ(program->constant(1).data[1], 7);
  EXPECT_EQ(items(program->table().commands()).size(), 7u);
}

TEST(Loader, AnyBitFlipIsAnErrorOrHarmless) {
  auto bytes = *serialize(smallProgram());
  for (size_t i = 0; i < bytes.size(); ++i) {
    auto broken = bytes;
    broken[i] ^= uint8_t(1u << (i % 8));
    auto program = Program::fromBytes(std::move(broken), "p");
    if (program)
      disassemble(*program);
    else
      EXPECT_EQ(program.message().find('\n'), std::string::npos);
  }
}

TEST(Loader, AnyTruncationIsAnErrorOrHarmless) {
  auto bytes = *serialize(smallProgram());
  for (size_t size = 0; size < bytes.size(); ++size) {
    auto program =
        Program::fromBytes({bytes.begin(), bytes.begin() + ptrdiff_t(size)});
    if (program)
      disassemble(*program);
  }
}

TEST(Loader, NamesFileAndReason) {
  EXPECT_EQ(Program::open("/nowhere/x.rlk").message(),
            "cannot open '/nowhere/x.rlk': No such file or directory");
  EXPECT_EQ(Program::open("/").message(), "cannot open '/': Is a directory");
  EXPECT_EQ(Program::fromBytes({}, "e").message(), "'e': the file is empty");
  EXPECT_EQ(Program::fromBytes(std::vector<uint8_t>(20), "z").message(),
            "'z': not a Rowlock program");
}

TEST(Loader, Structure) {
  auto refused = [](auto change) {
    fb::ProgramT program = smallProgram();
    change(program);
    return errorOf(program);
  };
  EXPECT_EQ(refused([](auto &p) { p.dram_bytes = 100; }).substr(0, 22),
            "'p': tensor 0 'x': add");
  EXPECT_EQ(refused([](auto &p) { p.tensors[3]->address = 128; }),
            "'p': tensors 'w' and 'conv' overlap at address 128");
  EXPECT_EQ(refused([](auto &p) { p.tensors[1]->constant_offset = 99; }),
            "'p': tensor 1 'w': constant_offset 99 and size 72 exceed the "
            "constants' 104 bytes");
  EXPECT_EQ(refused([](auto &p) { p.tensors[0]->shape[3] = 9; }),
            "'p': tensor 0 'x': size 128 is below the 144 bytes of its layout");
  EXPECT_EQ(refused([](auto &p) {
              p.commands.pop_back();
              p.commands.pop_back();
              p.layers.clear();
              p.debug.clear();
            }),
            "'p': 1 loops without an end");
  EXPECT_EQ(
      refused([](auto &p) { p.commands[1]->operation.AsLoop()->trips = 0; }),
      "'p': command 1: trips 0 is below 1");
  EXPECT_EQ(refused([](auto &p) { p.commands[2]->waits[0]->token = 6; }),
            "'p': command 2: wait for token 6 is not below 6");
  EXPECT_EQ(refused([](auto &p) {
              p.commands[2]->operation.AsLoad()->rows->terms.clear();
            }),
            "'p': command 2: rows has no terms");
  EXPECT_EQ(refused([](auto &p) {
              p.commands[2]->operation.AsLoad()->row->strides = {1, 1};
            }),
            "'p': command 2: row has 2 strides in a nest of 1 loops");
  EXPECT_EQ(refused([](auto &p) {
              p.layers[0]->last_command = 4;
              p.layers[1]->first_command = 6;
            }),
            "'p': layer 0 'conv \"1\"': commands 0 to 4 cut a loop");
  EXPECT_EQ(
      refused([](auto &p) { p.frames[0]->words.pop_back(); }).substr(0, 22),
      "'p': frame 0: chain of");
}

TEST(TensorLayout, OrderPitchPadding) {
  fb::TensorT tensor;
  tensor.type = fb::ElementType::I16;
  tensor.shape = {1, 2, 3, 4};
  tensor.order = {0, 2, 1, 3};
  tensor.row_pitch = 8;
  tensor.stored_padding = {0, 0, 0, 0, 1, 0, 2, 0};
  flatbuffers::FlatBufferBuilder builder;
  builder.Finish(fb::Tensor::Pack(builder, &tensor));
  TensorLayout layout(
      *flatbuffers::GetRoot<fb::Tensor>(builder.GetBufferPointer()));
  EXPECT_EQ(layout.strides(), (std::vector<int64_t>{64, 8, 16, 1}));
  int64_t first[] = {0, 0, 0, 0}, last[] = {0, 1, 2, 3};
  EXPECT_EQ(layout.byte(first), 36);
  EXPECT_EQ(layout.byte(last), 122);
  EXPECT_EQ(layout.byteSize(), 124);
  EXPECT_FALSE(layout.dense());
}

TEST(Values, AddressesWrapByBoxOrByRow) {
  Place place;
  place.affine = 100;
  place.term = 30;
  place.modulus = 40;
  EXPECT_EQ(place.row(1, 15), 145);
  place.ring = true;
  EXPECT_EQ(place.row(1, 15), 105);
  place.term = -10;
  EXPECT_EQ(place.start(), 130);
}
