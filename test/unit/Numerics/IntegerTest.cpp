//===- IntegerTest.cpp - Against literal versions in wide integers --------===//

#include "rowlock/Numerics/Integer.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

using namespace rowlock;

namespace {
using Wide = __int128;

/// floor(a / 2^shift) by division, for any sign.
Wide floorShift(Wide a, int shift) {
  Wide unit = Wide(1) << shift;
  Wide quotient = a / unit;
  return quotient * unit > a ? quotient - 1 : quotient;
}

Wide literalWrap(Wide value, int bits) {
  Wide modulus = Wide(1) << bits;
  Wide rest = ((value % modulus) + modulus) % modulus;
  return rest >= modulus / 2 ? rest - modulus : rest;
}
} // namespace

TEST(Integer, RescaleEqualsWideArithmetic) {
  std::mt19937_64 random(1);
  for (int i = 0; i < 200000; ++i) {
    int64_t value = int64_t(random() >> (random() % 30 + 29));
    if (random() & 1)
      value = -value;
    int64_t multiplier = int64_t(random() % (1 << 26));
    int shift = 2 + int(random() % 61);
    Wide expected =
        floorShift(Wide(value) * multiplier + (Wide(1) << (shift - 1)), shift);
    ASSERT_EQ(rescale(value, multiplier, shift), int64_t(expected));
  }
  for (int64_t value : {int64_t(1) << 35, -(int64_t(1) << 35)})
    for (int shift : {2, 61, 62})
      EXPECT_EQ(
          Wide(rescale(value, (1 << 26) - 1, shift)),
          floorShift(Wide(value) * ((1 << 26) - 1) + (Wide(1) << (shift - 1)),
                     shift));
}

TEST(Integer, RescaleTiesTowardsPlusInfinity) {
  EXPECT_EQ(rescale(2, 1, 2), 1);
  EXPECT_EQ(rescale(-2, 1, 2), 0);
  EXPECT_EQ(rescale(-6, 1, 2), -1);
  EXPECT_EQ(rescale(123456, 0, 62), 0);
}

TEST(Integer, QuantizeMultiplier) {
  EXPECT_EQ(quantizeMultiplier(1.0), (Requant{1 << 25, 25}));
  EXPECT_EQ(quantizeMultiplier(0.5), (Requant{1 << 25, 26}));
  EXPECT_EQ(quantizeMultiplier(0.0), Requant());
  EXPECT_EQ(quantizeMultiplier(std::ldexp(1.0, -37)), (Requant{1 << 25, 62}));
  EXPECT_EQ(quantizeMultiplier(std::ldexp(0.999, -37)), Requant());
  EXPECT_EQ(quantizeMultiplier(std::ldexp(1.0, 23)), (Requant{1 << 25, 2}));
  EXPECT_EQ(quantizeMultiplier(std::ldexp(1.0, 24)),
            (Requant{(1 << 26) - 1, 2}));
  EXPECT_EQ(quantizeMultiplier(std::nextafter(1.0, 0.0)),
            (Requant{1 << 25, 25}));
  std::mt19937_64 random(2);
  for (int i = 0; i < 100000; ++i) {
    double factor = std::ldexp(1.0 + double(random() >> 12) * 0x1p-52,
                               int(random() % 60) - 37);
    Requant requant = quantizeMultiplier(factor);
    ASSERT_GE(requant.multiplier, 1 << 25);
    ASSERT_LT(requant.multiplier, 1 << 26);
    ASSERT_GE(requant.shift, 2);
    ASSERT_LE(requant.shift, 62);
    ASSERT_LE(
        std::fabs(std::ldexp(requant.multiplier, -requant.shift) / factor - 1),
        0x1p-26);
  }
}

TEST(Integer, WrapAndSaturate) {
  std::mt19937_64 random(3);
  for (int bits = 1; bits <= 63; ++bits)
    for (int i = 0; i < 200; ++i) {
      int64_t value = int64_t(random()) >> (random() % 64);
      ASSERT_EQ(Wide(wrapToBits(value, bits)), literalWrap(value, bits));
      Wide low = -(Wide(1) << (bits - 1)), high = (Wide(1) << (bits - 1)) - 1;
      Wide clamped = value < low ? low : value > high ? high : Wide(value);
      ASSERT_EQ(Wide(saturateToBits(value, bits, true)), clamped);
      high = (Wide(1) << bits) - 1;
      clamped = value < 0 ? Wide(0) : value > high ? high : Wide(value);
      ASSERT_EQ(Wide(saturateToBits(value, bits, false)), clamped);
    }
}

TEST(Integer, Fixed16) {
  std::mt19937_64 random(4);
  for (int i = 0; i < 200000; ++i) {
    int16_t a = int16_t(random()), b = int16_t(random());
    int shift = int(random() % 17);
    ASSERT_EQ(fixed16Product(a, b, shift),
              int16_t(literalWrap(floorShift(Wide(a) * b, shift), 16)));
    ASSERT_EQ(fixed16Sum(a, b), int16_t(literalWrap(Wide(a) + b, 16)));
  }
  EXPECT_EQ(fixed16Product(-32768, -32768, 16), 16384);
  EXPECT_EQ(fixed16Product(-32768, -32768, 15), -32768);
}
