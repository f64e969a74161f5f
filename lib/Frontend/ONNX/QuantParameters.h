//===- QuantParameters.h - Scales and zero points of nodes ------*- C++ -*-===//
//
// Operators that quantise name scale and zero point as operands. They become
// the quantised type of the integers; both must be known at compile time.
//
//===----------------------------------------------------------------------===//
#ifndef ROWLOCK_LIB_FRONTEND_ONNX_QUANTPARAMETERS_H
#define ROWLOCK_LIB_FRONTEND_ONNX_QUANTPARAMETERS_H

#include "Node.h"

namespace rowlock {

/// Where a node names scale and zero point (which may be left out).
struct QuantOperands {
  int scale, zeroPoint;
};

/// The element type of integers of type `stored` in a tensor of `shape`: one
/// scale, or one for each index of dimension `axis` (from the end if negative).
/// Without `stored`, the zero point's type says it, or that is uint8.
mlir::FailureOr<mlir::quant::QuantizedType>
readQuantizedType(Node &node, QuantOperands operands,
                  llvm::ArrayRef<int64_t> shape, int64_t axis,
                  std::optional<DataType> stored = std::nullopt);

/// The real values of the integers at `position`.
mlir::FailureOr<mlir::Value>
readDequantized(Node &node, int position, QuantOperands operands, int64_t axis);

/// The real value quantised, as the node's result. Without a zero point its
/// integers are of the type of those at position `like`.
mlir::LogicalResult defineQuantized(Node &node, mlir::Value real,
                                    QuantOperands operands, int like);

/// A quantised constant of the integers, dequantised as a value.
mlir::Value dequantizedConstant(Node &node, const TensorData &data,
                                mlir::quant::QuantizedType type);

} // namespace rowlock

#endif // ROWLOCK_LIB_FRONTEND_ONNX_QUANTPARAMETERS_H
