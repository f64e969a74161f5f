//===- BlockQuantization.h - Scales of blocks -------------------*- C++ -*-===//
#ifndef ROWLOCK_LIB_FRONTEND_ONNX_BLOCKQUANTIZATION_H
#define ROWLOCK_LIB_FRONTEND_ONNX_BLOCKQUANTIZATION_H

#include "Node.h"

namespace rowlock {

/// QuantizeLinear and DequantizeLinear with one scale, and perhaps one zero
/// point, for every `block` elements along the axis (opset 21), in float
/// operations: no quantised type has such scales.
mlir::LogicalResult quantizeBlocks(Node &node, int64_t block,
                                   std::optional<DataType> stored);
mlir::LogicalResult dequantizeBlocks(Node &node, int64_t block);

} // namespace rowlock

#endif // ROWLOCK_LIB_FRONTEND_ONNX_BLOCKQUANTIZATION_H
