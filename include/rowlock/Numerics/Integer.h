//===- Integer.h - Integer arithmetic of devices ----------------*- C++ -*-===//
//
// What happens to integers between a psum and a stored operand, exactly as
// docs/numerics.md states it. Devices, host kernels and constant folding use
// these; the evaluator has its own version.
//
//   Requant requant = quantizeMultiplier(inScale * weightScale / outScale);
//   int64_t v = rescale(psum + bias, requant.multiplier, requant.shift);
//   int64_t out = saturate(v + outputZeroPoint, clipLow, clipHigh);
//
//===----------------------------------------------------------------------===//
#ifndef ROWLOCK_NUMERICS_INTEGER_H
#define ROWLOCK_NUMERICS_INTEGER_H

#include <cassert>
#include <cstdint>

namespace rowlock {

/// `value` within [low, high].
inline int64_t saturate(int64_t value, int64_t low, int64_t high) {
  assert(low <= high && "empty range");
  return value < low ? low : value > high ? high : value;
}

/// `value` within the range of `bits`-bit integers; `bits` is 1 to 63.
inline int64_t saturateToBits(int64_t value, int bits, bool isSigned) {
  assert(bits >= 1 && bits <= 63 && "unsupported width");
  int64_t half = int64_t(1) << (bits - 1);
  return isSigned ? saturate(value, -half, half - 1)
                  : saturate(value, 0, half - 1 + half);
}

/// `value` modulo 2^bits as a signed number; `bits` is 1 to 64.
inline int64_t wrapToBits(int64_t value, int bits) {
  assert(bits >= 1 && bits <= 64 && "unsupported width");
  return int64_t(uint64_t(value) << (64 - bits)) >> (64 - bits);
}

/// `(value * multiplier + 2^(shift-1)) >> shift`: TOSA RESCALE with single
/// rounding, ties towards plus infinity. `multiplier` is 0 to 2^26 - 1, `shift`
/// 2 to 62, |value| at most 2^36, so that nothing leaves 64 bits.
inline int64_t rescale(int64_t value, int64_t multiplier, int shift) {
  assert(multiplier >= 0 && multiplier < (int64_t(1) << 26) && "multiplier");
  assert(shift >= 2 && shift <= 62 && "shift");
  return (value * multiplier + (int64_t(1) << (shift - 1))) >> shift;
}

/// A positive real factor as `multiplier * 2^-shift`.
struct Requant {
  int32_t multiplier = 0; // 2^25 to 2^26 - 1 (normalised), or 0
  int32_t shift = 2;      // 2 to 62
  bool operator==(const Requant &o) const {
    return multiplier == o.multiplier && shift == o.shift;
  }
};

/// The nearest `Requant` of a finite factor >= 0 (ties away from 0). Factors
/// that would need a shift above 62 become 0; factors from 2^24 on become the
/// largest, (2^26 - 1) * 2^-2.
Requant quantizeMultiplier(double factor);

/// The product of a `fixed16` PE: the low 16 bits of `(filter * ifmap) >>
/// shift` (arithmetic), as a signed number; `shift` is 0 to 16.
inline int16_t fixed16Product(int16_t filter, int16_t ifmap, int shift) {
  assert(shift >= 0 && shift <= 16 && "shift");
  return int16_t(wrapToBits((int64_t(filter) * ifmap) >> shift, 16));
}

/// The sum of two psums of a `fixed16` PE: modulo 2^16.
inline int16_t fixed16Sum(int16_t a, int16_t b) {
  return int16_t(wrapToBits(int64_t(a) + b, 16));
}

} // namespace rowlock

#endif // ROWLOCK_NUMERICS_INTEGER_H
