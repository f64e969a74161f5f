//===- Integer.cpp - Real factors as integers -----------------------------===//

#include "rowlock/Numerics/Integer.h"

#include <cmath>

using namespace rowlock;

Requant rowlock::quantizeMultiplier(double factor) {
  assert(std::isfinite(factor) && factor >= 0 && "factor");
  if (factor == 0)
    return {};
  int exponent = 0;
  double fraction = std::frexp(factor, &exponent); // in [0.5, 1)
  int64_t multiplier = std::llround(std::ldexp(fraction, 26));
  if (multiplier == int64_t(1) << 26) {
    multiplier >>= 1;
    ++exponent;
  }
  int shift = 26 - exponent;
  if (shift > 62)
    return {};
  if (shift < 2)
    return {(1 << 26) - 1, 2};
  return {int32_t(multiplier), shift};
}
