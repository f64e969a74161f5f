//===- Elements.h - Building elementwise operations -------------*- C++ -*-===//
//
// Short forms for handlers that compose operations of the host.
//
//===----------------------------------------------------------------------===//
#ifndef ROWLOCK_LIB_FRONTEND_ONNX_ELEMENTS_H
#define ROWLOCK_LIB_FRONTEND_ONNX_ELEMENTS_H

#include "Node.h"

#include "rowlock/Numerics/Functions.h"

namespace rowlock {

/// Operand k; 16-bit floats are widened to f32 (`Node::real`), others are as
/// they are.
mlir::FailureOr<mlir::Value> wideOperand(Node &node, int position);

/// A rank 0 constant of any element type.
mlir::Value scalarOf(Node &node, float value, mlir::Type element);

mlir::Value makeUnary(Node &node, UnaryFunction function, mlir::Value input,
                      std::optional<float> alpha = std::nullopt,
                      std::optional<float> beta = std::nullopt);

/// Null, with an error, where types differ or shapes do not broadcast; null
/// without one where an operand is null.
mlir::Value makeBinary(Node &node, BinaryFunction function, mlir::Value lhs,
                       mlir::Value rhs);
/// With a number on the right.
mlir::Value makeBinary(Node &node, BinaryFunction function, mlir::Value lhs,
                       float rhs);

/// The shape that operands broadcast to, or an error.
mlir::FailureOr<mlir::RankedTensorType>
broadcastType(Node &node, llvm::ArrayRef<mlir::Value> operands,
              mlir::Type element);

/// nn.select; null after an error.
mlir::Value makeSelect(Node &node, mlir::Value condition, mlir::Value lhs,
                       mlir::Value rhs);

/// nn.reduce along axes (from 0 to rank - 1, rising).
mlir::Value makeReduce(Node &node, llvm::StringRef function, mlir::Value input,
                       llvm::ArrayRef<int64_t> axes, bool selectLast = false);

/// Number of elements along axes.
int64_t countAlong(mlir::Value value, llvm::ArrayRef<int64_t> axes);

/// The mean along axes.
mlir::Value makeMean(Node &node, mlir::Value input,
                     llvm::ArrayRef<int64_t> axes);

/// Up to opset 6 the second operand of a broadcasting operator lies along
/// attribute `axis`: the operand in a shape that broadcasts as in NumPy.
mlir::FailureOr<mlir::Value> alignToAxis(Node &node, mlir::Value lhs,
                                         mlir::Value rhs);

} // namespace rowlock

#endif // ROWLOCK_LIB_FRONTEND_ONNX_ELEMENTS_H
