//===- Sampling.cpp - Where a resized axis takes its lines from -----------===//
//
// Formulas of ONNX's Resize. Coordinates are binary32, as other runtimes
// compute them: with more bits, other neighbours are nearest.
//
//===----------------------------------------------------------------------===//
#include "Sampling.h"

#include <algorithm>
#include <cmath>

using namespace rowlock;

const char *Sampling::unknown() const {
  auto isOne = [](const std::string &value,
                  std::initializer_list<const char *> names) {
    return std::find(names.begin(), names.end(), value) != names.end();
  };
  if (!isOne(mode, {"nearest", "linear", "cubic"}))
    return "mode";
  if (!isOne(coordinates, {"half_pixel", "half_pixel_symmetric",
                           "pytorch_half_pixel", "align_corners", "asymmetric",
                           "tf_crop_and_resize", "tf_half_pixel_for_nn"}))
    return "coordinate_transformation_mode";
  if (!isOne(nearest, {"simple", "round_prefer_floor", "round_prefer_ceil",
                       "floor", "ceil"}))
    return "nearest_mode";
  return nullptr;
}

/// Of line x of the result, in the input.
static float coordinateOf(const Sampling &sampling, const ResizedAxis &axis,
                          float x) {
  const std::string &how = sampling.coordinates;
  float last = float(axis.in - 1);
  // Also half a line off, as tf_half_pixel_for_nn would have batch and
  // channels.
  if (axis.scale == 1 && how != "tf_crop_and_resize")
    return x;
  if (how == "asymmetric")
    return x / axis.scale;
  if (how == "tf_half_pixel_for_nn")
    return (x + 0.5f) / axis.scale;
  if (how == "pytorch_half_pixel" && axis.out == 1)
    return 0;
  if (how == "align_corners")
    return axis.out == 1 ? 0 : x * last / (axis.length - 1);
  if (how == "tf_crop_and_resize")
    return axis.out == 1 ? 0.5f * (axis.start + axis.end) * last
                         : axis.start * last + x * (axis.end - axis.start) *
                                                   last / float(axis.out - 1);
  float at = (x + 0.5f) / axis.scale - 0.5f;
  if (how == "half_pixel_symmetric")
    at += float(axis.in) / 2 * (1 - float(axis.out) / axis.length);
  return at;
}

static int64_t nearestLine(const Sampling &sampling, const ResizedAxis &axis,
                           float x) {
  const std::string &how = sampling.nearest;
  if (how == "floor" || (how == "simple" && axis.scale >= 1))
    return int64_t(std::floor(x));
  if (how == "ceil" || how == "simple")
    return int64_t(std::ceil(x));
  return how == "round_prefer_ceil" ? int64_t(std::floor(x + 0.5f))
                                    : int64_t(std::ceil(x - 0.5f));
}

static float linearWeight(float distance) {
  return std::max(0.0f, 1 - std::fabs(distance));
}

static float cubicWeight(float distance, float a) {
  float x = std::fabs(distance);
  if (x <= 1)
    return ((a + 2) * x - (a + 3)) * x * x + 1;
  return x < 2 ? ((a * x - 5 * a) * x + 8 * a) * x - 4 * a : 0;
}

/// Lines from `first` to `last`, counted from `base`, with the weights of
/// linear or cubic interpolation; wider apart where antialiasing shrinks.
static void addWeighted(const Sampling &sampling, const ResizedAxis &axis,
                        float x, int64_t first, int64_t last, Taps &taps) {
  float step = sampling.antialias ? std::min(axis.scale, 1.0f) : 1;
  // The line before a coordinate, which is never at the line itself.
  int64_t base = int64_t(std::ceil(x)) - 1;
  float ratio = x - float(base), sum = 0;
  size_t begin = taps.weights.size();
  for (int64_t k = first; k <= last; ++k) {
    float distance = step * (float(k) - ratio);
    float weight = sampling.mode == "linear"
                       ? linearWeight(distance)
                       : cubicWeight(distance, sampling.cubicFactor);
    bool isOutside = base + k < 0 || base + k >= axis.in;
    if (isOutside && sampling.excludeOutside)
      weight = 0;
    taps.indices.push_back(std::clamp<int64_t>(base + k, 0, axis.in - 1));
    taps.weights.push_back(weight);
    sum += weight;
  }
  bool isScaled = sampling.excludeOutside || sampling.antialias;
  for (size_t k = begin; isScaled && sum != 0 && k < taps.weights.size(); ++k)
    taps.weights[k] /= sum;
}

Taps rowlock::sample(const Sampling &sampling, const ResizedAxis &axis) {
  Taps taps;
  float reach = sampling.mode == "cubic" ? 2 : 1;
  float step = sampling.antialias ? std::min(axis.scale, 1.0f) : 1;
  int64_t first = int64_t(std::floor(-reach / step)) + 1, last = 1 - first;
  if (sampling.mode != "nearest")
    taps.depth = last - first + 1;
  for (int64_t k = 0; k < axis.out; ++k) {
    float x = coordinateOf(sampling, axis, float(k));
    taps.outside.push_back(sampling.coordinates == "tf_crop_and_resize" &&
                           !(x >= 0 && x <= float(axis.in - 1)));
    // Far outside the weights do not matter, and integers end.
    x = std::clamp(x, -float(axis.in) - 4, 2 * float(axis.in) + 4);
    if (sampling.mode != "nearest") {
      addWeighted(sampling, axis, x, first, last, taps);
      continue;
    }
    taps.indices.push_back(
        std::clamp<int64_t>(nearestLine(sampling, axis, x), 0, axis.in - 1));
    taps.weights.push_back(1);
  }
  return taps;
}

bool Taps::areLines() const {
  return std::all_of(weights.begin(), weights.end(),
                     [](float weight) { return weight == 0 || weight == 1; });
}

std::vector<int64_t> Taps::lines() const {
  std::vector<int64_t> result;
  for (size_t k = 0; k < outside.size(); ++k) {
    auto begin = weights.begin() + long(k) * depth;
    auto one = std::find(begin, begin + depth, 1.0f);
    result.push_back(indices[size_t(one - weights.begin())]);
  }
  return result;
}

bool Taps::isIdentity(int64_t size) const {
  if (!areLines() || anyOutside() || int64_t(outside.size()) != size)
    return false;
  std::vector<int64_t> mine = lines();
  for (int64_t k = 0; k < size; ++k)
    if (mine[size_t(k)] != k)
      return false;
  return true;
}

bool Taps::anyOutside() const {
  return std::find(outside.begin(), outside.end(), true) != outside.end();
}
