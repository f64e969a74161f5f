//===- Functions.cpp - exp, log, erf, pow ---------------------------------===//
#include "Functions.h"

#include <cmath>

using namespace rowlock;

/// docs/numerics.md, exp(x).
float reference::exponential(float x) {
  if (std::isnan(x))
    return x;
  if (x > 88.72283f)
    return INFINITY;
  if (x < -87.33654f)
    return 0;
  float k = std::floor(x * 1.44269504f + 0.5f);
  float r = x - k * 0.693359375f;
  r = r - k * -2.12194440e-4f;
  static const float coefficients[] = {1.3981999507e-3f, 8.3334519073e-3f,
                                       4.1665795894e-2f, 1.6666665459e-1f,
                                       5.0000001201e-1f};
  float y = 1.9875691500e-4f;
  for (float coefficient : coefficients)
    y = y * r + coefficient;
  y = y * (r * r);
  y = y + r;
  y = y + 1.0f;
  int half = int(std::floor(k / 2));
  return std::ldexp(std::ldexp(y, half), int(k) - half);
}

/// docs/numerics.md, log(x).
float reference::logarithm(float x) {
  if (std::isnan(x) || x < 0)
    return NAN;
  if (x == 0)
    return -INFINITY;
  if (std::isinf(x))
    return x;
  int exponent = 0;
  float m = std::frexp(x, &exponent);
  if (m < 0.70710678f) {
    --exponent;
    m = m + m;
  }
  m = m - 1.0f;
  static const float coefficients[] = {
      -1.1514610310e-1f, 1.1676998740e-1f, -1.2420140846e-1f, 1.4249322787e-1f,
      -1.6668057665e-1f, 2.0000714765e-1f, -2.4999993993e-1f, 3.3333331174e-1f};
  float y = 7.0376836292e-2f;
  for (float coefficient : coefficients)
    y = y * m + coefficient;
  float square = m * m, k = float(exponent);
  y = y * m;
  y = y * square;
  y = y + k * -2.12194440e-4f;
  y = y + square * -0.5f;
  y = m + y;
  return y + k * 0.693359375f;
}

double reference::exponential(double x) {
  if (std::isnan(x))
    return x;
  if (x > 709.782712893384)
    return INFINITY;
  if (x < -708.3964185322641)
    return 0;
  double k = std::floor(x * 1.4426950408889634 + 0.5);
  double r = x - k * 6.93147180369123816490e-1;
  r = r - k * 1.90821492927058770002e-10;
  static const double factorials[] = {
      479001600, 39916800, 3628800, 362880, 40320, 5040, 720,
      120,       24,       6,       2,      1,     1};
  double y = 1.0 / 6227020800;
  for (double factorial : factorials)
    y = y * r + 1.0 / factorial;
  return std::ldexp(y, int(k));
}

double reference::logarithm(double x) {
  if (std::isnan(x) || x < 0)
    return NAN;
  if (x == 0)
    return -INFINITY;
  if (std::isinf(x))
    return x;
  int exponent = 0;
  double m = std::frexp(x, &exponent);
  if (m < 0.7071067811865476) {
    --exponent;
    m = 2 * m;
  }
  double s = (m - 1) / (m + 1), z = s * s, y = 0;
  // 1/23 comes first: 0 * z + 1/23.
  for (int n = 23; n >= 3; n -= 2)
    y = y * z + 1.0 / n;
  y = 2 * s * (z * y);
  y = y + exponent * 1.90821492927058770002e-10;
  y = 2 * s + y;
  return y + exponent * 6.93147180369123816490e-1;
}

float reference::errorFunction(float x) {
  static const float inside[] = {
      1.126825370e-4f, -8.484396524e-4f, 5.221053411e-3f, -2.686543831e-2f,
      1.128378262e-1f, -3.761263848e-1f, 1.283791671e-1f};
  static const float outside[] = {
      1.244353220e-1f, -3.611264588e-1f, 5.825459298e-1f, -5.096923000e-1f,
      5.221007309e-2f, 5.575372468e-1f,  3.638529189e-4f};
  if (std::isnan(x))
    return x;
  if (x < 0)
    return -errorFunction(-x);
  if (x >= 4)
    return 1;
  if (x < 1) {
    float y = -9.673590238e-6f;
    for (float coefficient : inside)
      y = y * (x * x) + coefficient;
    return x + x * y;
  }
  float y = -1.869007977e-2f;
  for (float coefficient : outside)
    y = y * (1 / x) + coefficient;
  return 1 - y * exponential(-(x * x));
}

double reference::errorFunction(double x) {
  if (std::isnan(x))
    return x;
  if (x < 0)
    return -errorFunction(-x);
  if (x >= 6)
    return 1;
  double term = 1, sum = 1;
  for (int n = 1; n <= 120; ++n) {
    term = term * (2 * (x * x)) / (2 * n + 1);
    sum = sum + term;
  }
  double y = 1.1283791670955126 * x * exponential(-(x * x)) * sum;
  return y < 1 ? y : 1;
}

static bool isOdd(double y) { return std::abs(std::fmod(y, 2.0)) == 1; }

/// The result where exp(y * log |x|) does not say it; NaN otherwise.
template <typename T> static bool isSpecialPower(T x, T y, T &result) {
  T size = std::abs(x);
  T sign = isOdd(y) && std::signbit(x) ? -1 : 1;
  if (y == 0 || x == 1)
    result = 1;
  else if (std::isnan(x) || std::isnan(y))
    result = NAN;
  else if (y == 1)
    result = x;
  else if (y == 2)
    result = x * x;
  else if (std::isinf(y) && size == 1)
    result = 1;
  else if (std::isinf(y))
    result = (size < 1) == (y < 0) ? INFINITY : 0;
  else if (size == 0)
    result = sign * (y < 0 ? INFINITY : T(0));
  else if (std::isinf(x))
    result = sign * (y < 0 ? T(0) : INFINITY);
  else if (x < 0 && std::trunc(y) != y)
    result = NAN;
  else
    return false;
  return true;
}

float reference::power(float x, float y) {
  float result = 0;
  if (isSpecialPower(x, y, result))
    return result;
  result = float(exponential(double(y) * logarithm(std::abs(double(x)))));
  return x < 0 && isOdd(y) ? -result : result;
}

double reference::power(double x, double y) {
  double result = 0;
  if (isSpecialPower(x, y, result))
    return result;
  result = exponential(y * logarithm(std::abs(x)));
  return x < 0 && isOdd(y) ? -result : result;
}
