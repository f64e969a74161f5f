//===- OutputStage.h - What happens to a kernel's sums ----------*- C++ -*-===//
#ifndef ROWLOCK_LIB_RUNTIME_OUTPUTSTAGE_H
#define ROWLOCK_LIB_RUNTIME_OUTPUTSTAGE_H

#include "LayerView.h"

#include "rowlock/Numerics/Integer.h"

namespace rowlock {

/// Rescale (or none), output zero point and clip of an integer layer: the
/// attributes rescale_multipliers, rescale_shifts, output_zero_point, clip_low,
/// clip_high.
struct OutputStage {
  /// Sums are clamped to this before a rescale, which needs it.
  static constexpr int64_t rescaleLimit = int64_t(1) << 36;
  std::vector<int64_t> multipliers, shifts; // empty: no rescale
  int64_t zeroPoint = 0, low = 0, high = 0;

  /// `entries`: how many rescale entries there may be besides 1; 0: no rescale.
  static Result<OutputStage> of(const LayerView &layer, size_t entries);

  int64_t apply(int64_t value, size_t entry) const {
    if (!multipliers.empty()) {
      size_t k = multipliers.size() == 1 ? 0 : entry;
      value = saturate(value, -rescaleLimit, rescaleLimit);
      value = rescale(value, multipliers[k], int(shifts[k]));
    }
    return saturate(value + zeroPoint, low, high);
  }
};

/// The clip of a float layer, attribute clip = [low, high] if there is one.
struct FloatClip {
  bool clips = false;
  float low = 0, high = 0;
  static Result<FloatClip> of(const LayerView &layer);
  /// min(max(x, low), high); NaN stays NaN.
  float apply(float x) const {
    if (!clips)
      return x;
    x = x < low ? low : x;
    return x > high ? high : x;
  }
};

/// Zero points of the quantised operands, `count` of them.
Result<std::vector<int64_t>> inputZeroPoints(const LayerView &layer,
                                             size_t count);

/// Input, filter and optional bias are integers of 8 or 16, 8 or 16 and 32
/// bits.
Status checkSumTypes(const LayerView &layer);

/// Input, filter, optional bias and result are of 16 bits, without zero points.
Status checkFixed16(const LayerView &layer, const OutputStage &stage);

} // namespace rowlock

#endif // ROWLOCK_LIB_RUNTIME_OUTPUTSTAGE_H
