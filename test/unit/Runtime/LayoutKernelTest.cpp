//===- LayoutKernelTest.cpp - What layout and product kernels refuse
//-------===//
#include "HostProgram.h"

#include "rowlock/Runtime/HostLayers.h"

#include <gtest/gtest.h>

using namespace rowlock;
using namespace rowlock::test;

static constexpr auto In = fb::TensorKind::Input;
static constexpr auto Out = fb::TensorKind::Output;
static constexpr auto F32 = fb::ElementType::F32;
static constexpr auto I8 = fb::ElementType::I8;
static constexpr auto I32 = fb::ElementType::I32;

static std::string reasonOf(HostProgram &builder) {
  Result<Program> loaded = builder.finish();
  EXPECT_TRUE(loaded) << loaded.message();
  std::string message = HostLayers::prepare(*loaded).message();
  return message.substr(message.find("): ") + 3);
}

TEST(ConcatKernel, Refuses) {
  HostProgram sizes;
  sizes.tensor(In, F32, {2, 3});
  sizes.tensor(Out, F32, {2, 5});
  sizes.layer(fb::Kernel::Concat, {0}, 1);
  sizes.ints("axis", {1});
  EXPECT_EQ(reasonOf(sizes),
            "the operands have 3 elements along the axis, the result 5");
  HostProgram shapes;
  shapes.tensor(In, F32, {1, 3});
  shapes.tensor(Out, F32, {2, 3});
  shapes.layer(fb::Kernel::Concat, {0}, 1);
  shapes.ints("axis", {1});
  EXPECT_EQ(reasonOf(shapes), "an operand does not fit the result");
  HostProgram types;
  types.tensor(In, I8, {3});
  types.tensor(Out, F32, {3});
  types.layer(fb::Kernel::Concat, {0}, 1);
  types.ints("axis", {0});
  EXPECT_EQ(reasonOf(types), "tensors of several types are mixed");
}

TEST(TransposeKernel, Refuses) {
  HostProgram twice;
  twice.tensor(In, I8, {2, 3});
  twice.tensor(Out, I8, {2, 2});
  twice.layer(fb::Kernel::Transpose, {0}, 1);
  twice.ints("permutation", {0, 0});
  EXPECT_EQ(reasonOf(twice), "attribute 'permutation' has 0 twice");
  HostProgram shape;
  shape.tensor(In, I8, {2, 3});
  shape.tensor(Out, I8, {2, 3});
  shape.layer(fb::Kernel::Transpose, {0}, 1);
  shape.ints("permutation", {1, 0});
  EXPECT_EQ(reasonOf(shape), "the result's shape is not the permuted one");
}

TEST(MulKernel, RefusesWideOperands) {
  HostProgram program;
  program.tensor(In, I32, {2});
  program.tensor(In, I8, {2});
  program.tensor(Out, I8, {2});
  program.layer(fb::Kernel::Mul, {0, 1}, 2);
  program.ints("rescale_multipliers", {1 << 25}).ints("rescale_shifts", {25});
  program.ints("input_zero_points", {0, 0});
  EXPECT_EQ(reasonOf(program), "an operand is no integer of 8 or 16 bits");
}

TEST(LRNKernel, Refuses) {
  HostProgram program;
  program.tensor(In, F32, {1, 2});
  program.tensor(Out, F32, {1, 2});
  program.layer(fb::Kernel::LRN, {0}, 1);
  program.ints("size", {0}).reals("factors", {1, 1, 1});
  EXPECT_EQ(reasonOf(program),
            "attribute 'size' is 0, expected 1 to 2147483647");
}
