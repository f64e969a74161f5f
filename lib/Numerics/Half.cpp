//===- Half.cpp - Sixteen-bit floats --------------------------------------===//
#include "rowlock/Numerics/Half.h"

#include "FloatBits.h"

#include <cmath>

using namespace rowlock;

float rowlock::halfToFloat(uint16_t bits) {
  uint32_t sign = uint32_t(bits & 0x8000) << 16;
  uint32_t exponent = bits >> 10 & 0x1f, fraction = bits & 0x3ff;
  if (exponent == 0x1f)
    return fromBits(sign | 0x7f800000 | fraction << 13);
  if (exponent)
    return fromBits(sign | (exponent + 112) << 23 | fraction << 13);
  // Subnormal: fraction * 2^-24 is exact.
  float magnitude = float(fraction) * fromBits((127 - 24) << 23);
  return sign ? -magnitude : magnitude;
}

uint16_t rowlock::floatToHalf(float value) {
  uint32_t bits = bitsOf(value);
  uint16_t sign = uint16_t(bits >> 16 & 0x8000);
  uint32_t magnitude = bits & 0x7fffffff;
  if (magnitude > 0x7f800000)
    return uint16_t(sign | 0x7e00 | (magnitude >> 13 & 0x3ff));
  // 65520 and above round to infinity.
  if (magnitude >= 0x477ff000)
    return uint16_t(sign | 0x7c00);
  // Below 2^-14: a multiple of 2^-24, of which 1024 are the least normal
  // number.
  if (magnitude < 0x38800000)
    return uint16_t(
        sign | uint16_t(std::nearbyint(fromBits(magnitude) * 16777216.0f)));
  uint32_t rounded = magnitude + 0xfff + (magnitude >> 13 & 1);
  return uint16_t(sign | (rounded - (112u << 23)) >> 13);
}

float rowlock::bfloatToFloat(uint16_t bits) {
  return fromBits(uint32_t(bits) << 16);
}

uint16_t rowlock::floatToBFloat(float value) {
  uint32_t bits = bitsOf(value);
  if ((bits & 0x7fffffff) > 0x7f800000)
    return uint16_t(bits >> 16 | 0x40);
  return uint16_t((bits + 0x7fff + (bits >> 16 & 1)) >> 16);
}
