//===- KernelTest.cpp - Elementwise kernels, matrix products, errors ------===//
#include "HostProgram.h"

#include <cmath>
#include <gtest/gtest.h>

using namespace rowlock;
using namespace rowlock::test;

static constexpr auto In = fb::TensorKind::Input;
static constexpr auto Out = fb::TensorKind::Output;
static constexpr auto F32 = fb::ElementType::F32;
static constexpr auto I8 = fb::ElementType::I8;
static constexpr auto I32 = fb::ElementType::I32;

/// Writes the operands, runs, and reads the result of a program's one layer.
template <typename T, typename... Operands>
static std::vector<T> run(HostProgram &builder, const Operands &...operands) {
  Result<Program> program = builder.finish();
  EXPECT_TRUE(program) << program.message();
  Result<HostDevice> device = HostDevice::create(*program);
  EXPECT_TRUE(device) << device.message();
  if (!device)
    return {};
  uint32_t next = 0;
  for (Status status : {writeTensor(*device, next++, operands)...})
    EXPECT_TRUE(status) << status.message();
  EXPECT_TRUE(device->run());
  return readTensor<T>(*device, next,
                       elementsOf(builder.table().tensors[next]->shape));
}

TEST(MatMulKernel, FloatBothOrders) {
  std::mt19937 random(1);
  for (int k = 0; k < 40; ++k) {
    int64_t n = 1 + random() % 3, c = 1 + random() % 20, m = 1 + random() % 20;
    bool transposed = k % 2;
    HostProgram program;
    program.tensor(In, F32, {n, c});
    program.tensor(In, F32, transposed ? Ints{m, c} : Ints{c, m});
    program.tensor(In, F32, {m});
    program.tensor(Out, F32, {n, m});
    program.layer(fb::Kernel::MatMul, {0, 1, 2}, 3);
    program.ints("transpose_rhs", {transposed});
    auto a = randomFloats(random, n * c), b = randomFloats(random, c * m);
    auto bias = randomFloats(random, m);
    auto result = run<float>(program, a, b, bias);
    ASSERT_EQ(result.size(), size_t(n * m));
    for (int64_t i = 0; i < n; ++i)
      for (int64_t j = 0; j < m; ++j) {
        float sum = 0; // the order is part of the definition
        for (int64_t d = 0; d < c; ++d)
          sum += a[i * c + d] * b[transposed ? j * c + d : d * m + j];
        EXPECT_EQ(result[i * m + j], sum + bias[j]);
      }
  }
}

TEST(MatMulKernel, Integer) {
  std::mt19937 random(2);
  HostProgram program;
  program.tensor(In, I8, {2, 9}, 1, -7);
  program.tensor(In, I8, {11, 9}, 1);
  program.tensor(Out, I32, {2, 11}, 1);
  program.layer(fb::Kernel::MatMul, {0, 1}, 2);
  program.ints("transpose_rhs", {1}).ints("input_zero_points", {-7, 0});
  program.ints("rescale_multipliers", {1 << 25}).ints("rescale_shifts", {25});
  auto a = randomIntegers<int8_t>(random, 18, -128, 127);
  auto b = randomIntegers<int8_t>(random, 99, -128, 127);
  auto result = run<int32_t>(program, a, b);
  ASSERT_EQ(result.size(), 22u);
  for (int i = 0; i < 22; ++i) {
    int64_t sum = 0;
    for (int d = 0; d < 9; ++d)
      sum += (a[i / 11 * 9 + d] + 7) * b[i % 11 * 9 + d];
    EXPECT_EQ(result[i], sum);
  }
}

TEST(AddKernel, BroadcastsFloat) {
  std::mt19937 random(3);
  HostProgram program;
  program.tensor(In, F32, {2, 3, 4});
  program.tensor(In, F32, {3, 1});
  program.tensor(Out, F32, {2, 3, 4});
  program.layer(fb::Kernel::Add, {0, 1}, 2);
  program.reals("clip", {0, INFINITY});
  auto a = randomFloats(random, 24), b = randomFloats(random, 3);
  auto result = run<float>(program, a, b);
  ASSERT_EQ(result.size(), 24u);
  for (int k = 0; k < 24; ++k)
    EXPECT_EQ(result[k], std::max(a[k] + b[k / 4 % 3], 0.0f));
}

TEST(AddKernel, Quantised) {
  std::mt19937 random(4);
  HostProgram program;
  program.tensor(In, I8, {50}, 1, 2);
  program.tensor(In, I8, {50}, 1, -3);
  program.tensor(Out, I8, {50}, 1, 5);
  program.layer(fb::Kernel::Add, {0, 1}, 2);
  program.ints("multipliers", {1 << 20, 3 << 18});
  program.ints("rescale_multipliers", {1 << 25}).ints("rescale_shifts", {45});
  program.ints("input_zero_points", {2, -3}).ints("output_zero_point", {5});
  program.ints("clip_low", {-128}).ints("clip_high", {127});
  auto a = randomIntegers<int8_t>(random, 50, -128, 127);
  auto b = randomIntegers<int8_t>(random, 50, -128, 127);
  auto result = run<int8_t>(program, a, b);
  ASSERT_EQ(result.size(), 50u);
  for (int k = 0; k < 50; ++k) {
    double sum = std::floor((a[k] - 2) + 0.75 * (b[k] + 3) + 0.5) + 5;
    EXPECT_EQ(result[k], std::min(std::max(sum, -128.0), 127.0));
  }
}

TEST(AddRawKernel, AddsPartsPerFilter) {
  HostProgram program;
  program.tensor(In, I32, {1, 2, 1, 2});
  program.tensor(In, I32, {1, 2, 1, 2});
  program.tensor(Out, I8, {1, 2, 1, 2}, 1);
  program.layer(fb::Kernel::AddRaw, {0, 1}, 2);
  program.ints("rescale_multipliers", {1 << 25, 1 << 25});
  program.ints("rescale_shifts", {25, 26});
  std::vector<int32_t> a = {1, INT32_MAX, 3, -3}, b = {5, 1, 4, -4};
  EXPECT_EQ((run<int8_t>(program, a, b)),
            (std::vector<int8_t>{6, 127, 4, -3})); // ties upwards
}

TEST(ElementKernels, ClipCopyRescale) {
  std::vector<int8_t> x = {-128, -1, 0, 127};
  HostProgram clip;
  clip.tensor(In, I8, {4}, 1);
  clip.tensor(Out, I8, {4}, 1);
  clip.layer(fb::Kernel::Clip, {0}, 1);
  clip.ints("input_zero_points", {0}).ints("output_zero_point", {0});
  clip.ints("clip_low", {0}).ints("clip_high", {100});
  EXPECT_EQ((run<int8_t>(clip, x)), (std::vector<int8_t>{0, 0, 0, 100}));
  HostProgram copy;
  copy.tensor(In, I8, {4}, 1);
  copy.tensor(Out, I8, {2, 2}, 1);
  copy.layer(fb::Kernel::Copy, {0}, 1);
  EXPECT_EQ((run<int8_t>(copy, x)), x);
  HostProgram rescale;
  rescale.tensor(In, I8, {4}, 1);
  rescale.tensor(Out, I8, {4}, 1);
  rescale.layer(fb::Kernel::Rescale, {0}, 1);
  rescale.ints("input_zero_points", {1}).ints("output_zero_point", {-1});
  rescale.ints("rescale_multipliers", {1 << 25}).ints("rescale_shifts", {26});
  EXPECT_EQ((run<int8_t>(rescale, x)), (std::vector<int8_t>{-65, -2, -1, 62}));
}

TEST(FloatKernels, QuantizeDequantizeSoftmax) {
  HostProgram quantize;
  quantize.tensor(In, F32, {5});
  quantize.tensor(Out, I8, {5}, 0.5f, 1);
  quantize.layer(fb::Kernel::Quantize, {0}, 1);
  EXPECT_EQ((run<int8_t>(quantize, std::vector<float>{0.25f, 0.75f, -1e9f,
                                                      INFINITY, NAN})),
            (std::vector<int8_t>{1, 3, -128, 127, 1}));
  HostProgram dequantize;
  dequantize.tensor(In, I8, {2}, 0.5f, 1);
  dequantize.tensor(Out, F32, {2});
  dequantize.layer(fb::Kernel::Dequantize, {0}, 1);
  EXPECT_EQ((run<float>(dequantize, std::vector<int8_t>{-1, 4})),
            (std::vector<float>{-1, 1.5f}));
  HostProgram channels;
  channels.tensor(In, F32, {1, 2, 2});
  channels.tensor(Out, fb::ElementType::U8, {1, 2, 2});
  channels.layer(fb::Kernel::Quantize, {0}, 1);
  channels.ints("axis", {1}).ints("zero_points", {0, 9});
  channels.reals("scales", {1, 0.5f});
  EXPECT_EQ((run<uint8_t>(channels, std::vector<float>{3, -1, 3, -1})),
            (std::vector<uint8_t>{3, 0, 15, 7}));
  HostProgram softmax;
  softmax.tensor(In, F32, {2, 3, 2});
  softmax.tensor(Out, F32, {2, 3, 2});
  softmax.layer(fb::Kernel::Softmax, {0}, 1);
  softmax.ints("axis", {1});
  std::mt19937 random(5);
  auto x = randomFloats(random, 12);
  auto y = run<float>(softmax, x);
  ASSERT_EQ(y.size(), 12u);
  for (int k = 0; k < 12; ++k) {
    int first = k / 6 * 6 + k % 2;
    double sum = 0;
    for (int i = 0; i < 3; ++i)
      sum += std::exp(double(x[first + 2 * i]));
    EXPECT_NEAR(y[k], std::exp(double(x[k])) / sum, 1e-6);
  }
}

TEST(HostLayers, NamesLayerAndReason) {
  HostProgram program;
  program.tensor(In, F32, {1, 2, 4, 4});
  program.tensor(In, F32, {3, 1, 3, 3});
  program.tensor(Out, F32, {1, 3, 2, 2});
  program.layer(fb::Kernel::Conv, {0, 1}, 2);
  Result<Program> loaded = program.finish();
  ASSERT_TRUE(loaded) << loaded.message();
  EXPECT_EQ(HostLayers::prepare(*loaded).message(),
            "'host': layer 0 'layer0' (Conv): filter has 1 channels and 3 "
            "filters for 2 channels in 1 groups");
}

TEST(HostLayers, RefusesWindowsInPaddingAlone) {
  HostProgram program;
  program.tensor(In, F32, {1, 1, 2, 1});
  program.tensor(Out, F32, {1, 1, 2, 1});
  program.layer(fb::Kernel::AveragePool, {0}, 1);
  program.ints("kernel", {3, 1}).ints("strides", {3, 1});
  program.ints("pads", {0, 0, 2, 0});
  Result<Program> loaded = program.finish();
  ASSERT_TRUE(loaded) << loaded.message();
  EXPECT_FALSE(HostLayers::prepare(*loaded));
}
