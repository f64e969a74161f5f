//===- Float8.h - Eight-bit floats ------------------------------*- C++ -*-===//
//
// The four formats that ONNX has, of the paper "FP8 Formats for Deep Learning"
// (arXiv 2209.05433) and, with the suffix FNUZ, of "8-bit Numerical Formats for
// Deep Neural Networks" (arXiv 2206.02915): a sign, then exponent and mantissa.
//
//===----------------------------------------------------------------------===//
#ifndef ROWLOCK_NUMERICS_FLOAT8_H
#define ROWLOCK_NUMERICS_FLOAT8_H

#include <cstdint>

namespace rowlock {

struct Float8Format {
  int mantissaBits; // the exponent has 7 - mantissaBits
  int bias;
  /// The bits of the greatest finite value.
  uint8_t greatest;
  /// What becomes of greater ones: an infinity or NaN.
  uint8_t overflow;
  /// Zero has no sign: its bits with one are the only NaN.
  bool unsignedZero;
};

constexpr Float8Format float8E4M3FN = {3, 7, 0x7e, 0x7f, false};
constexpr Float8Format float8E4M3FNUZ = {3, 8, 0x7f, 0x80, true};
constexpr Float8Format float8E5M2 = {2, 15, 0x7b, 0x7c, false};
constexpr Float8Format float8E5M2FNUZ = {2, 16, 0x7f, 0x80, true};

/// The value of the bits; exact.
float float8ToFloat(uint8_t bits, const Float8Format &format);

/// The nearest value, ties to even; NaN stays NaN. What rounds to more than the
/// greatest value, infinities among it, overflows, or becomes the greatest
/// value where `saturate`.
uint8_t floatToFloat8(float value, const Float8Format &format, bool saturate);

} // namespace rowlock

#endif // ROWLOCK_NUMERICS_FLOAT8_H
