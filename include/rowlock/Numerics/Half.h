//===- Half.h - Sixteen-bit floats ------------------------------*- C++ -*-===//
//
// Binary16 and bfloat16 are stored as their bits and computed with in binary32:
// every operation rounds once, to nearest even, when its result is stored.
//
//===----------------------------------------------------------------------===//
#ifndef ROWLOCK_NUMERICS_HALF_H
#define ROWLOCK_NUMERICS_HALF_H

#include <cstdint>

namespace rowlock {

/// The value of a binary16's bits; exact.
float halfToFloat(uint16_t bits);
/// The nearest binary16, ties to even; NaN stays NaN, what is too large becomes
/// an infinity.
uint16_t floatToHalf(float value);

/// The same for bfloat16.
float bfloatToFloat(uint16_t bits);
uint16_t floatToBFloat(float value);

} // namespace rowlock

#endif // ROWLOCK_NUMERICS_HALF_H
