//===- Float.cpp - Fixed sequences of binary32 operations -----------------===//

#include "rowlock/Numerics/Float.h"

#include "FloatBits.h"

#include "rowlock/Numerics/Integer.h"

#include <cmath>
#include <limits>

using namespace rowlock;

/// 2^k for -126 <= k <= 127, by its bits.
static float powerOfTwo(int k) { return fromBits(uint32_t(k + 127) << 23); }

float rowlock::expFloat(float x) {
  if (x != x)
    return x;
  if (x > 88.72283f)
    return std::numeric_limits<float>::infinity();
  if (x < -87.33654f)
    return 0.0f;
  float k = std::floor(x * 1.44269504f + 0.5f);
  float r = x - k * 0.693359375f;
  r = r - k * -2.12194440e-4f;
  float y = 1.9875691500e-4f;
  y = y * r + 1.3981999507e-3f;
  y = y * r + 8.3334519073e-3f;
  y = y * r + 4.1665795894e-2f;
  y = y * r + 1.6666665459e-1f;
  y = y * r + 5.0000001201e-1f;
  float square = r * r;
  y = y * square;
  y = y + r;
  y = y + 1.0f;
  int whole = int(k), half = whole >> 1;
  y = y * powerOfTwo(half);
  return y * powerOfTwo(whole - half);
}

float rowlock::logFloat(float x) {
  if (x != x || x < 0)
    return std::numeric_limits<float>::quiet_NaN();
  if (x == 0)
    return -std::numeric_limits<float>::infinity();
  if (x == std::numeric_limits<float>::infinity())
    return x;
  int exponent = 0;
  float m = std::frexp(x, &exponent);
  if (m < 0.70710678f) {
    --exponent;
    m = m + m;
  }
  m = m - 1.0f;
  float z = m * m, k = float(exponent);
  float y = 7.0376836292e-2f;
  y = y * m + -1.1514610310e-1f;
  y = y * m + 1.1676998740e-1f;
  y = y * m + -1.2420140846e-1f;
  y = y * m + 1.4249322787e-1f;
  y = y * m + -1.6668057665e-1f;
  y = y * m + 2.0000714765e-1f;
  y = y * m + -2.4999993993e-1f;
  y = y * m + 3.3333331174e-1f;
  y = y * m;
  y = y * z;
  y = y + k * -2.12194440e-4f;
  y = y + z * -0.5f;
  y = m + y;
  return y + k * 0.693359375f;
}

float rowlock::powFloat(float x, float y) {
  if (y == 0.75f) {
    float root = std::sqrt(x);
    return root * std::sqrt(root);
  }
  if (y == 0.5f)
    return std::sqrt(x);
  return y == 1.0f ? x : expFloat(y * logFloat(x));
}

int64_t rowlock::roundHalfEven(float x) {
  float below = std::floor(x);
  float rest = x - below; // exact
  int64_t integer = int64_t(below);
  if (rest > 0.5f || (rest == 0.5f && (integer & 1)))
    ++integer;
  return integer;
}

int64_t rowlock::quantizeFloat(float x, float scale, int64_t zeroPoint,
                               int64_t low, int64_t high) {
  float quotient = x / scale;
  if (quotient != quotient)
    return saturate(zeroPoint, low, high);
  const float limit = 4611686018427387904.0f; // 2^62
  if (quotient >= limit)
    return high;
  if (quotient <= -limit)
    return low;
  return saturate(roundHalfEven(quotient) + zeroPoint, low, high);
}

float rowlock::dequantizeToFloat(int64_t q, float scale, int64_t zeroPoint) {
  return float(q - zeroPoint) * scale;
}
