//===- LayerWeights.cpp - Integer filters and biases ----------------------===//
#include "LayerWeights.h"

#include <algorithm>
#include <cmath>

using namespace mlir;
using namespace rowlock;

static double greatest(const std::vector<float> &values, int64_t first,
                       int64_t count) {
  double most = 0;
  for (int64_t k = first; k < first + count; ++k)
    most = std::max(most, std::fabs(double(values[k])));
  return most;
}

/// sum |w| of a filter.
static int64_t magnitudeSum(const std::vector<int16_t> &filter, int64_t first,
                            int64_t count) {
  int64_t sum = 0;
  for (int64_t k = first; k < first + count; ++k)
    sum += std::abs(int64_t(filter[k]));
  return sum;
}

static IntegerWeights withBits(const FloatWeights &weights, double inputScale,
                               int64_t bits) {
  IntegerWeights result;
  result.bits = bits;
  result.filter.reserve(weights.filter.size());
  double steps = double((int64_t(1) << (bits - 1)) - 1);
  for (int64_t m = 0; m < weights.filters(); ++m) {
    int64_t first = m * weights.words();
    double scale = greatest(weights.filter, first, weights.words()) / steps;
    // Wide enough that the bias fits 31 bits.
    scale = std::max(scale, std::fabs(double(weights.bias[m])) /
                                (inputScale * double(1 << 30)));
    scale = double(float(scale));
    if (scale < 1e-30)
      scale = 1;
    for (int64_t k = first; k < first + weights.words(); ++k) {
      double value = std::nearbyint(weights.filter[k] / scale);
      result.filter.push_back(
          int16_t(std::min(std::max(value, -steps), steps)));
    }
    result.bias.push_back(
        int64_t(std::nearbyint(weights.bias[m] / (inputScale * scale))));
    result.scales.push_back(scale);
  }
  return result;
}

IntegerWeights rowlock::quantizeWeights(const FloatWeights &weights,
                                        quant::UniformQuantizedType input,
                                        int64_t bits, int64_t psumBits) {
  int64_t bound = int64_t(1) << (psumBits - 1);
  while (true) {
    IntegerWeights result = withBits(weights, input.getScale(), bits);
    bool fits = true;
    for (int64_t m = 0; m < weights.filters(); ++m)
      fits &=
          magnitudeSum(result.filter, m * weights.words(), weights.words()) *
              weights.repeat * greatestMagnitude(input) <
          bound;
    if (fits || bits == 2)
      return result;
    --bits;
  }
}

/// The integers at given scales.
static Fixed16Weights atScales(const FloatWeights &weights, double inputScale,
                               double psumScale, double filterScale) {
  Fixed16Weights result;
  result.psumScale = psumScale;
  result.filterScale = filterScale;
  result.productShift =
      std::lround(std::log2(psumScale) - std::log2(inputScale * filterScale));
  auto round = [](double value) {
    return int64_t(
        std::min(std::max(std::nearbyint(value), -32767.0), 32767.0));
  };
  for (float weight : weights.filter)
    result.filter.push_back(int16_t(round(weight / filterScale)));
  for (float bias : weights.bias)
    result.bias.push_back(round(bias / psumScale));
  return result;
}

/// No sum of products, each rounded down, and bias leaves 16 bits.
static bool fitsPsums(const Fixed16Weights &weights, int64_t words,
                      int64_t repeat, int64_t most) {
  for (size_t m = 0; m < weights.bias.size(); ++m) {
    int64_t sum = std::abs(weights.bias[m]);
    for (int64_t k = 0; k < words; ++k) {
      int64_t product = std::abs(int64_t(weights.filter[m * words + k])) * most;
      sum += ((product >> weights.productShift) + 1) * repeat;
    }
    if (sum > 32767)
      return false;
  }
  return true;
}

Fixed16Weights rowlock::quantizeFixed16(const FloatWeights &weights,
                                        quant::UniformQuantizedType input) {
  double inputScale = input.getScale();
  int64_t most = greatestMagnitude(input), words = weights.words();
  double bound = 0;
  for (int64_t m = 0; m < weights.filters(); ++m) {
    double sum = 0;
    for (int64_t k = 0; k < words; ++k)
      sum += std::fabs(double(weights.filter[m * words + k])) *
             double(weights.repeat);
    bound = std::max(bound, sum * double(most) * inputScale +
                                std::fabs(double(weights.bias[m])));
  }
  double finest =
      1 / powerOfTwoWithin(greatest(weights.filter, 0, weights.filter.size()),
                           32767);
  double psumScale = 1 / powerOfTwoWithin(bound, 32767);
  while (true) {
    // The shift is 0 to 16: psums are no finer than products, and filters no
    // finer than the shift can cut.
    psumScale = std::max(psumScale, inputScale * finest);
    double filterScale = std::max(finest, psumScale / (inputScale * 65536));
    Fixed16Weights result =
        atScales(weights, inputScale, psumScale, filterScale);
    if (fitsPsums(result, words, weights.repeat, most))
      return result;
    psumScale *= 2;
  }
}
