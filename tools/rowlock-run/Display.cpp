//===- Display.cpp - Inputs and outputs in characters ---------------------===//
#include "Display.h"

#include "llvm/Support/Format.h"
#include "llvm/Support/raw_ostream.h"

#include <algorithm>
#include <numeric>

using namespace rowlock;

std::string rowlock::drawPicture(const std::vector<float> &values,
                                 const std::vector<int64_t> &shape) {
  if (shape.size() != 3 || shape[1] > 64 || shape[2] > 64)
    return "";
  static const char shades[] = " .:-=+*#%@";
  size_t count = size_t(shape[1] * shape[2]);
  float low = *std::min_element(values.begin(), values.begin() + count);
  float high = *std::max_element(values.begin(), values.begin() + count);
  float range = high > low ? high - low : 1;
  std::string text;
  for (int64_t y = 0; y < shape[1]; ++y) {
    for (int64_t x = 0; x < shape[2]; ++x) {
      float shade = (values[size_t(y * shape[2] + x)] - low) / range;
      text += std::string(2, shades[std::min(9, int(shade * 10))]);
    }
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
  std::stable_sort(order.begin(), order.end(),
                   [&](size_t a, size_t b) { return scores[a] > scores[b]; });
  auto name = [&](size_t k) {
    return k < labels.size() ? labels[k] : std::to_string(k);
  };
  std::string text;
  llvm::raw_string_ostream out(text);
  out << "recognised: " << name(order.front()) << "\n";
  for (size_t k = 0; k < std::min<size_t>(3, order.size()); ++k)
    out << "  " << name(order[k]) << ": "
        << llvm::format("%g", double(scores[order[k]])) << "\n";
  return text;
}
