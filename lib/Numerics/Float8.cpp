//===- Float8.cpp - Eight-bit floats --------------------------------------===//
#include "rowlock/Numerics/Float8.h"

#include "FloatBits.h"

#include <cmath>

using namespace rowlock;

float rowlock::float8ToFloat(uint8_t bits, const Float8Format &format) {
  if (format.unsignedZero && bits == 0x80)
    return fromBits(0x7fc00000);
  uint32_t sign = uint32_t(bits & 0x80) << 24;
  uint32_t magnitude = bits & 0x7f;
  int shift = 23 - format.mantissaBits;
  uint32_t fraction = magnitude & ((1u << format.mantissaBits) - 1);
  if (magnitude > format.greatest)
    return fromBits(sign | (magnitude == format.overflow && fraction == 0
                                ? 0x7f800000
                                : 0x7fc00000));
  if (magnitude >> format.mantissaBits)
    return fromBits(
        sign | ((magnitude << shift) + (uint32_t(127 - format.bias) << 23)));
  // Subnormal: a multiple of a power of two is exact.
  float value =
      std::ldexp(float(fraction), 1 - format.bias - format.mantissaBits);
  return sign ? -value : value;
}

uint8_t rowlock::floatToFloat8(float value, const Float8Format &format,
                               bool saturate) {
  uint32_t bits = bitsOf(value);
  uint8_t sign = uint8_t(bits >> 24 & 0x80);
  uint32_t magnitude = bits & 0x7fffffff;
  if (magnitude > 0x7f800000)
    return format.unsignedZero ? 0x80 : uint8_t(sign | 0x7f);
  uint32_t least = uint32_t(128 - format.bias) << 23;
  uint32_t code;
  if (magnitude < least) {
    // A multiple of the least subnormal.
    code = uint32_t(std::nearbyint(std::ldexp(
        fromBits(magnitude), format.bias - 1 + format.mantissaBits)));
  } else {
    int shift = 23 - format.mantissaBits;
    uint32_t odd = magnitude >> shift & 1;
    code = (magnitude + (1u << (shift - 1)) - 1 + odd -
            (uint32_t(127 - format.bias) << 23)) >>
           shift;
  }
  if (code > format.greatest)
    code = saturate ? format.greatest : format.overflow;
  if (format.unsignedZero && (code == 0 || code == 0x80))
    return uint8_t(code);
  return uint8_t(sign | code);
}
