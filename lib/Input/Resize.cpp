//===- Resize.cpp - Pictures in another size ------------------------------===//
#include "rowlock/Input/Picture.h"

#include <algorithm>
#include <cmath>

using namespace rowlock;

namespace {

/// What makes one pixel of a line: sources from `first` on, weights of sum 1.
struct Taps {
  int64_t first;
  std::vector<double> weights;
};

} // namespace

/// The triangle filter around the centre of each of `to` pixels.
static std::vector<Taps> tapsOf(int64_t from, int64_t to) {
  double ratio = double(from) / double(to), reach = std::max(ratio, 1.0);
  std::vector<Taps> all;
  for (int64_t k = 0; k < to; ++k) {
    double centre = (double(k) + 0.5) * ratio, sum = 0;
    int64_t first =
        std::max<int64_t>(0, int64_t(std::floor(centre - reach + 0.5)));
    int64_t last = std::min(from, int64_t(std::floor(centre + reach + 0.5)));
    Taps taps = {first, {}};
    for (int64_t source = first; source < last; ++source) {
      double distance = std::fabs((double(source) + 0.5 - centre) / reach);
      taps.weights.push_back(std::max(0.0, 1 - distance));
      sum += taps.weights.back();
    }
    for (double &weight : taps.weights)
      weight /= sum;
    all.push_back(std::move(taps));
  }
  return all;
}

static uint8_t rounded(double value) {
  return uint8_t(std::min(255.0, std::max(0.0, std::floor(value + 0.5))));
}

static Picture resizeColumns(const Picture &picture, int64_t width) {
  Picture out = {width, picture.height, picture.channels, {}};
  std::vector<Taps> taps = tapsOf(picture.width, width);
  for (int64_t y = 0; y < out.height; ++y)
    for (int64_t x = 0; x < width; ++x)
      for (int64_t c = 0; c < out.channels; ++c) {
        double sum = 0;
        for (size_t k = 0; k < taps[size_t(x)].weights.size(); ++k)
          sum += taps[size_t(x)].weights[k] *
                 picture.at(y, taps[size_t(x)].first + int64_t(k), c);
        out.pixels.push_back(rounded(sum));
      }
  return out;
}

static Picture resizeRows(const Picture &picture, int64_t height) {
  Picture out = {picture.width, height, picture.channels, {}};
  std::vector<Taps> taps = tapsOf(picture.height, height);
  for (int64_t y = 0; y < height; ++y)
    for (int64_t x = 0; x < out.width; ++x)
      for (int64_t c = 0; c < out.channels; ++c) {
        double sum = 0;
        for (size_t k = 0; k < taps[size_t(y)].weights.size(); ++k)
          sum += taps[size_t(y)].weights[k] *
                 picture.at(taps[size_t(y)].first + int64_t(k), x, c);
        out.pixels.push_back(rounded(sum));
      }
  return out;
}

Picture rowlock::resize(const Picture &picture, int64_t width, int64_t height) {
  Picture out = picture;
  if (width != out.width)
    out = resizeColumns(out, width);
  if (height != out.height)
    out = resizeRows(out, height);
  return out;
}
