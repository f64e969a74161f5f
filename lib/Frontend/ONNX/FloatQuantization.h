//===- FloatQuantization.h - Quantisation as float operations ---*- C++ -*-===//
//
// QuantizeLinear and DequantizeLinear where no quantised type says it: scales
// of blocks, scales that are computed, integers of 4 bits, 8-bit floats.
//
//===----------------------------------------------------------------------===//
#ifndef ROWLOCK_LIB_FRONTEND_ONNX_FLOATQUANTIZATION_H
#define ROWLOCK_LIB_FRONTEND_ONNX_FLOATQUANTIZATION_H

#include "Node.h"

namespace rowlock {

/// The node's result with one scale, and perhaps one zero point, for every
/// `block` elements along the axis (opset 21); with a block of 0 for all
/// elements or for each index of the axis. `stored` is its element type if the
/// node says it; dequantised it is f32.
mlir::FailureOr<mlir::Value> quantizeInFloat(Node &node, int64_t block,
                                             std::optional<DataType> stored);
mlir::FailureOr<mlir::Value> dequantizeInFloat(Node &node, int64_t block);

} // namespace rowlock

#endif // ROWLOCK_LIB_FRONTEND_ONNX_FLOATQUANTIZATION_H
