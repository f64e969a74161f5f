//===- FloatTest.cpp - Against double precision ---------------------------===//

#include "rowlock/Numerics/Float.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <random>

using namespace rowlock;

static uint32_t bitsOf(float value) {
  uint32_t bits;
  std::memcpy(&bits, &value, sizeof bits);
  return bits;
}

TEST(Float, ExpIsCloseEverywhere) {
  for (float x = -87.33f; x < 88.7f; x += 0.000917f) {
    double expected = std::exp(double(x));
    double unit = std::ldexp(1.0, std::ilogb(expected) - 23);
    ASSERT_LE(std::fabs(double(expFloat(x)) - expected), 2 * unit) << x;
  }
  EXPECT_EQ(expFloat(0.0f), 1.0f);
  EXPECT_EQ(expFloat(89.0f), std::numeric_limits<float>::infinity());
  EXPECT_EQ(expFloat(-88.0f), 0.0f);
  EXPECT_TRUE(std::isnan(expFloat(std::nanf(""))));
  EXPECT_TRUE(std::isfinite(expFloat(88.72283f)));
}

/// The bits are part of the definition: a change here breaks programs.
TEST(Float, ExpBits) {
  EXPECT_EQ(bitsOf(expFloat(1.0f)), 0x402df854u);
  EXPECT_EQ(bitsOf(expFloat(-1.0f)), 0x3ebc5ab2u);
}

TEST(Float, LogIsClose) {
  for (float x = 1e-38f; x < 1e38f; x *= 1.0003f) {
    double expected = std::log(double(x));
    double unit = std::ldexp(1.0, std::ilogb(expected) - 23);
    ASSERT_LE(std::fabs(double(logFloat(x)) - expected), 2 * unit) << x;
  }
  EXPECT_EQ(logFloat(1.0f), 0.0f);
  EXPECT_EQ(logFloat(0.0f), -std::numeric_limits<float>::infinity());
  EXPECT_EQ(logFloat(INFINITY), INFINITY);
  EXPECT_TRUE(std::isnan(logFloat(-1.0f)));
  EXPECT_TRUE(std::isnan(logFloat(std::nanf(""))));
  EXPECT_TRUE(std::isfinite(logFloat(1e-44f)));
}

TEST(Float, Pow) {
  EXPECT_EQ(powFloat(2.0f, 1.0f), 2.0f);
  EXPECT_EQ(powFloat(9.0f, 0.5f), 3.0f);
  EXPECT_NEAR(powFloat(3.0f, 0.6f), std::pow(3.0, 0.6), 1e-6);
  EXPECT_EQ(powFloat(16.0f, 0.75f), 8.0f);
  EXPECT_EQ(powFloat(0.0f, 0.75f), 0.0f);
  EXPECT_NEAR(powFloat(3.0f, 0.75f), std::pow(3.0, 0.75), 1e-6);
}

TEST(Float, RoundHalfEven) {
  EXPECT_EQ(roundHalfEven(0.5f), 0);
  EXPECT_EQ(roundHalfEven(1.5f), 2);
  EXPECT_EQ(roundHalfEven(2.5f), 2);
  EXPECT_EQ(roundHalfEven(-0.5f), 0);
  EXPECT_EQ(roundHalfEven(-1.5f), -2);
  EXPECT_EQ(roundHalfEven(-2.51f), -3);
  std::mt19937 random(1);
  for (int i = 0; i < 100000; ++i) {
    float x = std::ldexp(float(int32_t(random())), -int(random() % 32));
    ASSERT_EQ(roundHalfEven(x), int64_t(std::nearbyint(double(x)))) << x;
  }
}

TEST(Float, QuantizeAndDequantize) {
  EXPECT_EQ(quantizeFloat(1.26f, 0.5f, 0, -128, 127), 3);
  EXPECT_EQ(quantizeFloat(1.25f, 0.5f, 0, -128, 127), 2);
  EXPECT_EQ(quantizeFloat(-1e30f, 0.5f, 3, -128, 127), -128);
  EXPECT_EQ(quantizeFloat(1e30f, 0.5f, 3, 0, 255), 255);
  EXPECT_EQ(quantizeFloat(std::nanf(""), 0.5f, 3, 0, 255), 3);
  EXPECT_EQ(quantizeFloat(std::numeric_limits<float>::infinity(), 1, 0, 0, 255),
            255);
  EXPECT_EQ(dequantizeToFloat(7, 0.25f, 3), 1.0f);
}
