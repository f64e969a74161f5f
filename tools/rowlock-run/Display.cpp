//===- Display.cpp - Inputs and outputs in characters ---------------------===//
#include "Display.h"

#include "llvm/Support/Format.h"
#include "llvm/Support/raw_ostream.h"

#include <algorithm>
#include <numeric>

using namespace rowlock;

/// The mean over all channels of a block of pixels.
static float meanOf(const std::vector<float> &values,
                    const std::vector<int64_t> &shape, int64_t top,
                    int64_t bottom, int64_t left, int64_t right) {
  float sum = 0;
  for (int64_t c = 0; c < shape[0]; ++c)
    for (int64_t y = top; y < bottom; ++y)
      for (int64_t x = left; x < right; ++x)
        sum += values[size_t((c * shape[1] + y) * shape[2] + x)];
  return sum / float(shape[0] * (bottom - top) * (right - left));
}

std::string rowlock::drawPicture(const std::vector<float> &values,
                                 const std::vector<int64_t> &shape) {
  if (shape.size() != 3)
    return "";
  static const char shades[] = " .:-=+*#%@";
  // Characters are about twice as high as wide.
  constexpr int64_t mostRows = 32;
  int64_t rows = std::min(shape[1], mostRows);
  int64_t columns = std::min(
      2 * mostRows + 16, std::max<int64_t>(1, 2 * rows * shape[2] / shape[1]));
  std::vector<float> means;
  for (int64_t r = 0; r < rows; ++r)
    for (int64_t k = 0; k < columns; ++k) {
      int64_t top = r * shape[1] / rows, left = k * shape[2] / columns;
      int64_t bottom = std::max(top + 1, (r + 1) * shape[1] / rows);
      int64_t right = std::max(left + 1, (k + 1) * shape[2] / columns);
      means.push_back(meanOf(values, shape, top, bottom, left, right));
    }
  auto [low, high] = std::minmax_element(means.begin(), means.end());
  float range = *high > *low ? *high - *low : 1;
  std::string text;
  for (size_t k = 0; k < means.size(); ++k) {
    text += shades[std::min(9, int((means[k] - *low) / range * 10))];
    if ((k + 1) % size_t(columns) == 0)
      text += '\n';
  }
  return text;
}

bool rowlock::areScores(const std::vector<int64_t> &shape) {
  return std::count_if(shape.begin(), shape.end(),
                       [](int64_t size) { return size != 1; }) == 1;
}

std::string rowlock::summarize(const std::string &name,
                               const std::vector<float> &values,
                               const std::vector<int64_t> &shape) {
  std::string text;
  llvm::raw_string_ostream out(text);
  out << name << ":";
  for (size_t d = 0; d < shape.size(); ++d)
    out << (d ? " x " : " ") << shape[d];
  if (values.empty())
    return text + "\n";
  auto [low, high] = std::minmax_element(values.begin(), values.end());
  out << llvm::format(", from %g to %g\n", double(*low), double(*high));
  return text;
}

std::string rowlock::listScores(const std::vector<float> &scores,
                                const std::vector<std::string> &labels) {
  std::vector<size_t> order(scores.size());
  std::iota(order.begin(), order.end(), 0);
  std::sort(order.begin(), order.end(), [&](size_t a, size_t b) {
    return scores[a] != scores[b] ? scores[a] > scores[b] : a < b;
  });
  auto name = [&](size_t k) {
    return k < labels.size() ? labels[k] : std::to_string(k);
  };
  std::string text;
  llvm::raw_string_ostream out(text);
  out << "recognised: " << name(order.front()) << "\n";
  for (size_t k = 0; k < std::min<size_t>(5, order.size()); ++k)
    out << "  " << name(order[k]) << ": "
        << llvm::format("%g", double(scores[order[k]])) << "\n";
  return text;
}
