//===- Elementary.cpp - exp, log, erf, pow --------------------------------===//

#include "rowlock/Numerics/Elementary.h"
#include "rowlock/Numerics/Float.h"

#include <cmath>
#include <limits>

using namespace rowlock;

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
// ln 2 in two parts; products of the first with integers of 11 bits are exact.
constexpr double kLogTwoHigh = 6.93147180369123816490e-1;
constexpr double kLogTwoLow = 1.90821492927058770002e-10;

double rowlock::expDouble(double x) {
  if (x != x)
    return x;
  if (x > 709.782712893384)
    return kInfinity;
  if (x < -708.3964185322641)
    return 0;
  double k = std::floor(x * 1.4426950408889634 + 0.5);
  double r = x - k * kLogTwoHigh;
  r = r - k * kLogTwoLow;
  // 1 / n!, of which the factorials are exact.
  double factorial = 6227020800.0, y = 1 / factorial;
  for (int n = 13; n > 0; --n) {
    factorial = factorial / n;
    y = y * r + 1 / factorial;
  }
  int whole = int(k), half = whole >> 1;
  return std::ldexp(std::ldexp(y, half), whole - half);
}

double rowlock::logDouble(double x) {
  if (x != x || x < 0)
    return kNaN;
  if (x == 0)
    return -kInfinity;
  if (x == kInfinity)
    return x;
  int exponent = 0;
  double m = std::frexp(x, &exponent);
  if (m < 0.7071067811865476) {
    --exponent;
    m = m + m;
  }
  double s = (m - 1) / (m + 1), z = s * s, k = exponent;
  double y = 1.0 / 23;
  for (int n = 21; n > 1; n -= 2)
    y = y * z + 1.0 / n;
  double twice = s + s;
  y = twice * (z * y);
  y = y + k * kLogTwoLow;
  y = twice + y;
  return y + k * kLogTwoHigh;
}

float rowlock::errorFunction(float x) {
  float a = std::fabs(x);
  if (x != x)
    return x;
  if (a >= 4)
    return std::copysign(1.0f, x);
  if (a < 1) {
    float z = a * a, y = -9.673590238e-6f;
    for (float c :
         {1.126825370e-4f, -8.484396524e-4f, 5.221053411e-3f, -2.686543831e-2f,
          1.128378262e-1f, -3.761263848e-1f, 1.283791671e-1f})
      y = y * z + c;
    return std::copysign(a + a * y, x);
  }
  float t = 1.0f / a, y = -1.869007977e-2f;
  for (float c :
       {1.244353220e-1f, -3.611264588e-1f, 5.825459298e-1f, -5.096923000e-1f,
        5.221007309e-2f, 5.575372468e-1f, 3.638529189e-4f})
    y = y * t + c;
  return std::copysign(1.0f - y * expFloat(-(a * a)), x);
}

double rowlock::errorFunction(double x) {
  double a = std::fabs(x);
  if (x != x)
    return x;
  if (a >= 6)
    return std::copysign(1.0, x);
  double square = a * a, twice = square + square, term = 1, sum = 1;
  for (int n = 1; n <= 120; ++n) {
    term = term * twice / (2 * n + 1);
    sum = sum + term;
  }
  double y = 1.1283791670955126 * a * expDouble(-square) * sum;
  return std::copysign(y < 1 ? y : 1.0, x);
}

/// x^y of a finite x > 0 and a finite y.
static float positivePower(float x, float y) {
  return float(expDouble(double(y) * logDouble(double(x))));
}

static double positivePower(double x, double y) {
  return expDouble(y * logDouble(x));
}

template <typename T> static T powerOf(T x, T y) {
  if (y == 0 || x == 1)
    return 1;
  if (x != x || y != y)
    return T(kNaN);
  if (y == 1)
    return x;
  if (y == 2)
    return x * x;
  T magnitude = std::fabs(x);
  if (std::isinf(y)) {
    if (magnitude == 1)
      return 1;
    return (magnitude > 1) == (y > 0) ? T(kInfinity) : T(0);
  }
  bool whole = std::floor(y) == y;
  bool negative = std::signbit(x) && whole && std::floor(y / 2) != y / 2;
  T result;
  if (magnitude == 0 || std::isinf(magnitude))
    result = (magnitude == 0) == (y > 0) ? T(0) : T(kInfinity);
  else if (x < 0 && !whole)
    return T(kNaN);
  else
    result = positivePower(magnitude, y);
  return negative ? -result : result;
}

float rowlock::power(float x, float y) { return powerOf(x, y); }
double rowlock::power(double x, double y) { return powerOf(x, y); }
