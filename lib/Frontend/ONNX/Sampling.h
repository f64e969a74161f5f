//===- Sampling.h - Where a resized axis takes its lines from ---*- C++ -*-===//
#ifndef ROWLOCK_LIB_FRONTEND_ONNX_SAMPLING_H
#define ROWLOCK_LIB_FRONTEND_ONNX_SAMPLING_H

#include <cstdint>
#include <string>
#include <vector>

namespace rowlock {

/// Attributes of Resize, by their names in ONNX. `nearest` has one value more:
/// "simple", of the opsets without the attribute, is ceil where an axis shrinks
/// and else floor.
struct Sampling {
  std::string mode = "nearest", coordinates = "half_pixel";
  std::string nearest = "round_prefer_floor";
  float cubicFactor = -0.75f;
  bool excludeOutside = false, antialias = false;

  /// The name of an attribute whose value is not known; null if none is.
  const char *unknown() const;
};

/// One axis: its sizes, the scale, the part of the input that is taken (of
/// tf_crop_and_resize), and the result's size before it is rounded down.
struct ResizedAxis {
  int64_t in = 1, out = 1;
  float scale = 1, start = 0, end = 1;
  float length = 1;
};

/// For each line of the result, `depth` lines of the input and their weights.
struct Taps {
  int64_t depth = 1;
  std::vector<int64_t> indices;
  std::vector<float> weights;
  std::vector<bool> outside; // lines outside of the input: extrapolated

  /// Is each line one of the input's, and each its own?
  bool areLines() const;
  bool isIdentity(int64_t size) const;
  /// The one line of each, of taps that `areLines`.
  std::vector<int64_t> lines() const;
  bool anyOutside() const;
};

Taps sample(const Sampling &sampling, const ResizedAxis &axis);

} // namespace rowlock

#endif // ROWLOCK_LIB_FRONTEND_ONNX_SAMPLING_H
