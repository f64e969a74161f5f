//===- ArithmeticTest.cpp - Evaluator against rowlock/Numerics ------------===//
//
// Two implementations of docs/numerics.md, written apart, give the same bits.
//
//===----------------------------------------------------------------------===//
#include "OneOperation.h"

#include "rowlock/Numerics/Float.h"
#include "rowlock/Numerics/Integer.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <limits>
#include <random>

using namespace mlir;
using namespace rowlock;

static uint32_t bitsOf(float x) {
  uint32_t bits;
  std::memcpy(&bits, &x, sizeof bits);
  return bits;
}

static int64_t between(std::mt19937_64 &random, int64_t low, int64_t high) {
  return low + int64_t(random() % uint64_t(high - low + 1));
}

/// Any float: half of them of ordinary size, the others any pattern of bits.
static float anyFloat(std::mt19937_64 &random) {
  if (random() & 1)
    return float(between(random, -4000, 4000)) / 32;
  uint32_t bits = uint32_t(random());
  float x;
  std::memcpy(&x, &bits, sizeof x);
  return x;
}

/// The bias of a filter that sees zeros is all there is to rescale.
static void compareRescale(ArrayRef<int64_t> values,
                           ArrayRef<int64_t> multipliers,
                           ArrayRef<int64_t> shifts, int bits, bool isSigned,
                           int64_t zeroPoint) {
  OneOperation one;
  int64_t count = values.size();
  RefTensor input{one.quantised({1, 1}, 8, true), {}, {0}};
  RefTensor filter{
      one.quantised({count, 1}, 8, true), {}, std::vector<int64_t>(count, 1)};
  RefTensor bias{one.integers({count}, 32), {}, values.vec()};
  RankedTensorType type =
      one.quantised({1, count}, bits, isSigned, 1, zeroPoint);
  RefTensor result = one.run({input, filter, bias}, [&](ValueRange args) {
    return nn::FullyConnectedOp::create(
               one.builder(), one.builder().getUnknownLoc(), type, args[0],
               args[1], args[2], nn::ClipAttr(),
               nn::RescaleAttr::get(one.builder().getContext(), multipliers,
                                    shifts),
               IntegerAttr())
        .getResult();
  });
  ASSERT_EQ(int64_t(result.integers.size()), count);
  for (int64_t k = 0; k < count; ++k)
    ASSERT_EQ(
        result.integers[k],
        saturateToBits(rescale(values[k], multipliers[k], int(shifts[k])) +
                           zeroPoint,
                       bits, isSigned))
        << values[k] << " * " << multipliers[k] << " >> " << shifts[k];
}

TEST(ReferenceArithmetic, RescaleAtRandom) {
  std::mt19937_64 random(1);
  for (auto [bits, isSigned, zeroPoint] :
       {std::tuple(32, true, 0), std::tuple(16, true, -7),
        std::tuple(8, true, 5), std::tuple(8, false, 200)}) {
    std::vector<int64_t> values, multipliers, shifts;
    for (int k = 0; k < 20000; ++k) {
      values.push_back(int32_t(random()) >> between(random, 0, 31));
      multipliers.push_back(random() % 16
                                ? between(random, 1 << 25, (1 << 26) - 1)
                                : between(random, 0, (1 << 26) - 1));
      shifts.push_back(between(random, 2, 62));
    }
    compareRescale(values, multipliers, shifts, bits, isSigned, zeroPoint);
  }
}

// Every value of 16 bits, with factors whose ties are exact.
TEST(ReferenceArithmetic, RescaleOfAllSixteenBits) {
  for (int64_t shift : {26, 28, 33}) {
    std::vector<int64_t> values;
    for (int64_t value = -32768; value < 32768; ++value)
      values.push_back(value);
    compareRescale(values, std::vector<int64_t>(values.size(), 1 << 25),
                   std::vector<int64_t>(values.size(), shift), 32, true, 0);
  }
}

// Sums are taken in the opposite order: it cannot matter.
TEST(ReferenceArithmetic, Fixed16) {
  std::mt19937_64 random(2);
  for (int shift = 0; shift <= 16; ++shift) {
    OneOperation one;
    const int64_t rows = 40, depth = 9, filters = 30;
    RefTensor input{one.quantised({rows, depth}, 16, true), {}, {}};
    RefTensor filter{one.quantised({filters, depth}, 16, true), {}, {}};
    RefTensor bias{one.integers({filters}, 16), {}, {}};
    for (int64_t k = 0; k < rows * depth; ++k)
      input.integers.push_back(int16_t(random()));
    for (int64_t k = 0; k < filters * depth; ++k)
      filter.integers.push_back(int16_t(random()));
    for (int64_t k = 0; k < filters; ++k)
      bias.integers.push_back(int16_t(random()));
    RankedTensorType type = one.quantised({rows, filters}, 16, true);
    RefTensor result = one.run({input, filter, bias}, [&](ValueRange args) {
      return nn::FullyConnectedOp::create(
                 one.builder(), one.builder().getUnknownLoc(), type, args[0],
                 args[1], args[2], nn::ClipAttr(), nn::RescaleAttr(),
                 one.builder().getI64IntegerAttr(shift))
          .getResult();
    });
    int64_t wraps = 0;
    for (int64_t n = 0; n < rows; ++n)
      for (int64_t m = 0; m < filters; ++m) {
        int16_t psum = int16_t(bias.integers[m]);
        int64_t exact = psum;
        for (int64_t c = depth; c-- > 0;) {
          int64_t w = filter.integers[m * depth + c];
          int64_t x = input.integers[n * depth + c];
          psum =
              fixed16Sum(psum, fixed16Product(int16_t(w), int16_t(x), shift));
          exact += (w * x) >> shift;
        }
        ASSERT_EQ(result.integers[n * filters + m], psum) << "shift " << shift;
        wraps += exact != psum;
      }
    EXPECT_EQ(result.wraps, wraps);
    EXPECT_TRUE(shift == 16 || wraps > 0);
  }
}

TEST(ReferenceArithmetic, AddWrapsInThirtyTwoBits) {
  std::mt19937_64 random(3);
  OneOperation one;
  const int64_t count = 20000;
  for (int round = 0; round < 8; ++round) {
    int64_t za = between(random, -100, 100), zb = between(random, -100, 100);
    RefTensor a{one.quantised({count}, 16, true, 1, za), {}, {}};
    RefTensor b{one.quantised({count}, 16, true, 1, zb), {}, {}};
    for (int64_t k = 0; k < count; ++k) {
      a.integers.push_back(int16_t(random()));
      b.integers.push_back(int16_t(random()));
    }
    std::vector<int64_t> factors = {between(random, 0, 1 << 22),
                                    between(random, 0, 1 << 22)};
    int64_t multiplier = between(random, 1 << 25, (1 << 26) - 1);
    int64_t shift = between(random, 30, 50);
    RankedTensorType type = one.quantised({count}, 16, true, 1, 3);
    RefTensor result = one.run({a, b}, [&](ValueRange args) {
      return nn::AddOp::create(one.builder(), one.builder().getUnknownLoc(),
                               type, args[0], args[1],
                               one.builder().getDenseI64ArrayAttr(factors),
                               nn::RescaleAttr::get(one.builder().getContext(),
                                                    multiplier, shift),
                               nn::ClipAttr())
          .getResult();
    });
    for (int64_t k = 0; k < count; ++k) {
      int64_t sum = wrapToBits((a.integers[k] - za) * factors[0] +
                                   (b.integers[k] - zb) * factors[1],
                               32);
      ASSERT_EQ(
          result.integers[k],
          saturateToBits(rescale(sum, multiplier, int(shift)) + 3, 16, true));
    }
  }
}

TEST(ReferenceArithmetic, QuantizeAndDequantize) {
  std::mt19937_64 random(4);
  OneOperation one;
  const int64_t count = 50000;
  const float infinity = std::numeric_limits<float>::infinity();
  for (auto [bits, isSigned, scale, zero] :
       {std::tuple(8, true, 0.5, 0), std::tuple(8, false, 0.037, 113),
        std::tuple(16, true, 1.0 / 128, 0), std::tuple(8, true, 1.7, -128)}) {
    RefTensor real{one.floats({count}),
                   {NAN, infinity, -infinity, 0.0f, -0.0f, 0.25f, -0.75f},
                   {}};
    while (int64_t(real.floats.size()) < count)
      real.floats.push_back(anyFloat(random));
    RankedTensorType type = one.quantised({count}, bits, isSigned, scale, zero);
    RefTensor integers = one.run({real}, [&](ValueRange args) {
      return nn::QuantizeOp::create(
                 one.builder(), one.builder().getUnknownLoc(), type, args[0])
          .getResult();
    });
    RefTensor back = one.run({integers}, [&](ValueRange args) {
      return nn::DequantizeOp::create(one.builder(),
                                      one.builder().getUnknownLoc(), real.type,
                                      args[0])
          .getResult();
    });
    int64_t low = isSigned ? -(1 << (bits - 1)) : 0;
    int64_t high = low + (1 << bits) - 1;
    for (int64_t k = 0; k < count; ++k) {
      ASSERT_EQ(integers.integers[k],
                quantizeFloat(real.floats[k], float(scale), zero, low, high))
          << real.floats[k] << " / " << scale;
      ASSERT_EQ(
          bitsOf(back.floats[k]),
          bitsOf(dequantizeToFloat(integers.integers[k], float(scale), zero)));
    }
  }
}

// softmax of (0, x) and of (x, 0): exponentials of everything not above 0.
TEST(ReferenceArithmetic, ExponentialInSoftmax) {
  std::mt19937_64 random(5);
  OneOperation one;
  const int64_t count = 200000;
  RefTensor input{one.floats({count, 2}), {}, {}};
  for (int64_t k = 0; k < count; ++k) {
    float x = std::fmod(std::fabs(anyFloat(random)), 95.0f);
    input.floats.push_back(0.0f);
    input.floats.push_back(std::isfinite(x) ? -x : -1.0f);
  }
  RefTensor result = one.run({input}, [&](ValueRange args) {
    return nn::SoftmaxOp::create(one.builder(), one.builder().getUnknownLoc(),
                                 input.type, args[0],
                                 one.builder().getI64IntegerAttr(1))
        .getResult();
  });
  for (int64_t k = 0; k < count; ++k) {
    float x = input.floats[2 * k + 1];
    float sum = 1.0f + expFloat(x);
    ASSERT_EQ(bitsOf(result.floats[2 * k]), bitsOf(1.0f / sum)) << x;
    ASSERT_EQ(bitsOf(result.floats[2 * k + 1]), bitsOf(expFloat(x) / sum)) << x;
    ASSERT_NEAR(result.floats[2 * k + 1], std::exp(double(x)) / sum, 1e-6);
  }
}
