//===- QuantizedData.h - Elements of quantised constants --------*- C++ -*-===//
#ifndef ROWLOCK_DIALECT_NN_IR_QUANTIZEDDATA_H
#define ROWLOCK_DIALECT_NN_IR_QUANTIZEDDATA_H

#include "rowlock/Dialect/NN/IR/NN.h"

#include <optional>
#include <vector>

namespace rowlock::nn {

/// Scales and zero points of a quantised type, for each index of its quantised
/// dimension, or one for all.
struct Grid {
  explicit Grid(mlir::quant::QuantizedType type);
  double scale(int64_t channel) const {
    return scales[scales.size() == 1 ? 0 : size_t(channel)];
  }
  int64_t zeroPoint(int64_t channel) const {
    return zeroPoints[zeroPoints.size() == 1 ? 0 : size_t(channel)];
  }
  /// The channel of each element of a tensor, in row-major order.
  std::vector<int64_t> channels(llvm::ArrayRef<int64_t> shape) const;

  std::vector<double> scales;
  std::vector<int64_t> zeroPoints;
  int64_t axis = -1; // -1: per tensor
};

/// The quantised element type of a tensor, or null.
mlir::quant::QuantizedType quantizedElement(mlir::Value value);

/// The integers that a constant of a quantised type stores; nothing for other
/// values.
std::optional<std::vector<int64_t>> storedIntegers(mlir::Value value);

/// The real numbers that they stand for, computed as nn.dequantize does.
std::optional<std::vector<float>> dequantizedElements(mlir::Value value);

/// The integers of a constant of real numbers, as nn.quantize to `type` makes
/// them; nothing for other values.
std::optional<std::vector<int64_t>>
quantizedElements(mlir::Value value, mlir::quant::QuantizedType type);

} // namespace rowlock::nn

#endif // ROWLOCK_DIALECT_NN_IR_QUANTIZEDDATA_H
