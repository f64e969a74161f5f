//===- Movement.h - Operations that move elements ---------------*- C++ -*-===//
//
// What several operators build from; sizes and axes are right already.
//
//===----------------------------------------------------------------------===//
#ifndef ROWLOCK_LIB_FRONTEND_ONNX_MOVEMENT_H
#define ROWLOCK_LIB_FRONTEND_ONNX_MOVEMENT_H

#include "Node.h"

namespace rowlock {

/// Along one axis, `size` elements from `start` on, `stride` apart.
mlir::Value makeSlice(Node &node, mlir::Value input, int64_t axis,
                      int64_t start, int64_t size, int64_t stride = 1);
/// The value itself for the identity.
mlir::Value makeTranspose(Node &node, mlir::Value input,
                          llvm::ArrayRef<int64_t> permutation);
/// An error if the input does not broadcast to the shape.
mlir::FailureOr<mlir::Value> makeBroadcast(Node &node, mlir::Value input,
                                           llvm::ArrayRef<int64_t> shape);
/// Indices of i32 or i64.
mlir::FailureOr<mlir::Value> makeGather(Node &node, mlir::Value input,
                                        mlir::Value indices, int64_t axis);
/// The lines of the input that known indices name.
mlir::FailureOr<mlir::Value> makeLines(Node &node, mlir::Value input,
                                       llvm::ArrayRef<int64_t> lines,
                                       int64_t axis);

} // namespace rowlock

#endif // ROWLOCK_LIB_FRONTEND_ONNX_MOVEMENT_H
