//===- ElementaryTest.cpp - Functions against the C library ---------------===//

#include "rowlock/Numerics/Elementary.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <random>

using namespace rowlock;

constexpr double kInfinity = std::numeric_limits<double>::infinity();

/// The unit in the last place of binary32 or binary64 at a number.
template <typename T> static double unitAt(double x) {
  return std::ldexp(1.0, std::ilogb(x) - (std::numeric_limits<T>::digits - 1));
}

TEST(Elementary, ExpAndLogInBinary64) {
  for (double x = -708.3; x < 709.7; x += 0.0137)
    ASSERT_LE(std::fabs(expDouble(x) - std::exp(x)),
              2 * unitAt<double>(std::exp(x)))
        << x;
  for (double x = 1e-300; x < 1e300; x *= 1.0173)
    ASSERT_LE(std::fabs(logDouble(x) - std::log(x)),
              2 * unitAt<double>(std::log(x)))
        << x;
  EXPECT_EQ(expDouble(0), 1);
  EXPECT_EQ(expDouble(710), kInfinity);
  EXPECT_EQ(expDouble(-709), 0);
  EXPECT_EQ(logDouble(1), 0);
  EXPECT_EQ(logDouble(0), -kInfinity);
  EXPECT_TRUE(std::isnan(logDouble(-1)));
  EXPECT_TRUE(std::isfinite(logDouble(5e-324)));
}

TEST(Elementary, ErrorFunction) {
  for (float x = -5; x < 5; x += 0.00037f) {
    double expected = std::erf(double(x));
    ASSERT_LE(std::fabs(double(errorFunction(x)) - expected),
              2 * unitAt<float>(expected))
        << x;
    ASSERT_NEAR(errorFunction(double(x)), expected, 1e-14) << x;
  }
  EXPECT_EQ(errorFunction(kInfinity), 1);
  EXPECT_EQ(errorFunction(-float(kInfinity)), -1.0f);
}

/// Every function that the C library can say, in units of binary32.
TEST(Elementary, UnaryFunctionsAreClose) {
  struct Case {
    UnaryFunction function;
    double (*expected)(double);
    double units;
  };
  const Case cases[] = {
      {UnaryFunction::Tanh, [](double x) { return std::tanh(x); }, 6},
      {UnaryFunction::Sigmoid, [](double x) { return 1 / (1 + std::exp(-x)); },
       6},
      {UnaryFunction::Softplus,
       [](double x) { return std::log1p(std::exp(x)); }, 8},
      {UnaryFunction::Mish,
       [](double x) { return x * std::tanh(std::log1p(std::exp(x))); }, 10},
      {UnaryFunction::Elu, [](double x) { return x < 0 ? std::expm1(x) : x; },
       6},
      {UnaryFunction::Swish, [](double x) { return x / (1 + std::exp(-x)); },
       8}};
  for (const Case &one : cases)
    for (float x = -30; x < 30; x += 0.00173f) {
      double expected = one.expected(double(x));
      ASSERT_LE(
          std::fabs(double(applyUnary(one.function, x, 1.0f, 0.0f)) - expected),
          one.units * unitAt<float>(expected))
          << int(one.function) << " of " << x;
    }
}

TEST(Elementary, PowIsThatOfC) {
  std::mt19937 random(1);
  const float special[] = {0.0f,
                           -0.0f,
                           1.0f,
                           -1.0f,
                           2.0f,
                           -3.0f,
                           0.5f,
                           3.0f,
                           float(kInfinity),
                           -float(kInfinity),
                           NAN,
                           -1.5f};
  for (float x : special)
    for (float y : special) {
      float expected = std::pow(x, y), actual = power(x, y);
      if (std::isnan(expected))
        EXPECT_TRUE(std::isnan(actual)) << x << " ^ " << y;
      else
        EXPECT_FLOAT_EQ(actual, expected) << x << " ^ " << y;
      EXPECT_EQ(std::signbit(power(double(x), double(y))),
                std::signbit(std::pow(double(x), double(y))) &&
                    !std::isnan(expected))
          << x << " ^ " << y;
    }
  for (int k = 0; k < 10000; ++k) {
    float x =
        std::ldexp(1 + float(random() % 4096) / 4096, int(random() % 20) - 10);
    float y = float(int(random() % 2000) - 1000) / 128;
    double expected = std::pow(double(x), double(y));
    if (expected > 1e-37 && expected < 1e38)
      ASSERT_LE(std::fabs(double(power(x, y)) - expected),
                unitAt<float>(expected))
          << x << " ^ " << y;
  }
}
