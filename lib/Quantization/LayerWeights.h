//===- LayerWeights.h - Integer filters and biases --------------*- C++ -*-===//
#ifndef ROWLOCK_LIB_QUANTIZATION_LAYERWEIGHTS_H
#define ROWLOCK_LIB_QUANTIZATION_LAYERWEIGHTS_H

#include "ActivationTypes.h"

#include <vector>

namespace rowlock {

/// Filters (one behind the other) and biases of a float layer.
struct FloatWeights {
  std::vector<float> filter, bias; // bias: one per filter
  int64_t repeat = 1; // so many times each word of `filter` stands in a filter
  int64_t filters() const { return int64_t(bias.size()); }
  int64_t words() const { return int64_t(filter.size()) / filters(); }
};

/// The same in integers, words of the filter as there. For each filter sum |w|
/// * max |x| stays below 2^(psumBits - 1); `bits` is the width of weights at
/// which that holds.
struct IntegerWeights {
  std::vector<int16_t> filter;
  std::vector<int64_t> bias;
  std::vector<double> scales; // per filter
  int64_t bits = 8;
};

/// int8 and int16: symmetric, one scale per filter, the widest weights of at
/// most `bits` bits that keep psums within `psumBits`.
IntegerWeights quantizeWeights(const FloatWeights &weights,
                               mlir::quant::UniformQuantizedType input,
                               int64_t bits, int64_t psumBits);

/// 16-bit fixed point: one power of two as scale.
struct Fixed16Weights {
  std::vector<int16_t> filter;
  std::vector<int64_t> bias;
  double filterScale, psumScale;
  int64_t productShift;
};
/// The finest scales at which no psum leaves 16 bits.
Fixed16Weights quantizeFixed16(const FloatWeights &weights,
                               mlir::quant::UniformQuantizedType input);

} // namespace rowlock

#endif // ROWLOCK_LIB_QUANTIZATION_LAYERWEIGHTS_H
