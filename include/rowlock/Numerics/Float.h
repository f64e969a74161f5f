//===- Float.h - Float arithmetic of host kernels ---------------*- C++ -*-===//
//
// Fixed sequences of binary32 operations, each rounded to nearest even, none
// contracted: the same bits on every CPU (docs/numerics.md, "Float on the
// host"). The functions are compiled once, without contraction, and not inline.
//
//===----------------------------------------------------------------------===//
#ifndef ROWLOCK_NUMERICS_FLOAT_H
#define ROWLOCK_NUMERICS_FLOAT_H

#include <cstdint>

namespace rowlock {

/// e^x by the polynomial of docs/numerics.md, within 2 units in the last place.
/// +infinity above 88.72283, 0 below -87.33654, NaN for NaN.
float expFloat(float x);

/// The natural logarithm by the polynomial of docs/numerics.md, within 2 units
/// in the last place. -infinity for 0, NaN below 0 and for NaN.
float logFloat(float x);

/// x^y for x >= 0: exact sequences for y = 0.75 (sqrt(x) * sqrt(sqrt(x))), 0.5
/// and 1, else expFloat(y * logFloat(x)).
float powFloat(float x, float y);

/// The nearest integer, ties to even, of a finite |x| < 2^62.
int64_t roundHalfEven(float x);

/// `saturate(roundHalfEven(x / scale) + zeroPoint, low, high)` with the
/// division in binary32; infinities saturate and NaN becomes the zero point.
int64_t quantizeFloat(float x, float scale, int64_t zeroPoint, int64_t low,
                      int64_t high);

/// `float(q - zeroPoint) * scale`.
float dequantizeToFloat(int64_t q, float scale, int64_t zeroPoint);

} // namespace rowlock

#endif // ROWLOCK_NUMERICS_FLOAT_H
