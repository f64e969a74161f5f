//===- Layers.h - Layers that several operators make ------------*- C++ -*-===//
//
// Each reads the node's attributes and returns the layer of float values, not
// defined as the node's result yet.
//
//===----------------------------------------------------------------------===//
#ifndef ROWLOCK_LIB_FRONTEND_ONNX_LAYERS_H
#define ROWLOCK_LIB_FRONTEND_ONNX_LAYERS_H

#include "Node.h"

namespace rowlock {

/// Conv; `bias` may be null.
mlir::FailureOr<mlir::Value> makeConv(Node &node, mlir::Value input,
                                      mlir::Value filter, mlir::Value bias);
mlir::FailureOr<mlir::Value> makeMatMul(Node &node, mlir::Value lhs,
                                        mlir::Value rhs);
/// Gemm without its factors; `more`, which broadcasts to the product, may be
/// null.
mlir::FailureOr<mlir::Value> makeGemm(Node &node, mlir::Value lhs,
                                      mlir::Value rhs, mlir::Value more);
/// Softmax as of an opset version: up to 12 all dimensions from `axis` on are
/// one.
mlir::FailureOr<mlir::Value> makeSoftmax(Node &node, mlir::Value input,
                                         int64_t axis, int64_t opset);
mlir::FailureOr<mlir::Value> makeAveragePool(Node &node, mlir::Value input);
mlir::FailureOr<mlir::Value> makeGlobalAveragePool(Node &node,
                                                   mlir::Value input);
/// Add or Mul with broadcasting.
mlir::FailureOr<mlir::Value> makeSum(Node &node, mlir::Value lhs,
                                     mlir::Value rhs);
mlir::FailureOr<mlir::Value> makeProduct(Node &node, mlir::Value lhs,
                                         mlir::Value rhs);
mlir::FailureOr<mlir::Value>
makeConcat(Node &node, llvm::ArrayRef<mlir::Value> values, int64_t axis);

} // namespace rowlock

#endif // ROWLOCK_LIB_FRONTEND_ONNX_LAYERS_H
