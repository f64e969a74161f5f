//===- VerifierUtils.h - Checks that verifiers share ------------*- C++ -*-===//
//
// Each check emits a diagnostic that starts with the constraint's label.
//
//===----------------------------------------------------------------------===//
#ifndef ROWLOCK_LIB_DIALECT_NN_IR_VERIFIERUTILS_H
#define ROWLOCK_LIB_DIALECT_NN_IR_VERIFIERUTILS_H

#include "rowlock/Dialect/NN/IR/NN.h"

namespace rowlock::nn {

inline bool isQuantized(mlir::Value value) {
  return llvm::isa<mlir::quant::QuantizedType>(
      llvm::cast<mlir::RankedTensorType>(value.getType()).getElementType());
}

inline bool isFloat(mlir::Value value) {
  return llvm::cast<mlir::RankedTensorType>(value.getType())
      .getElementType()
      .isF32();
}

/// Operands and results are all f32, or none is and all are quantised.
mlir::LogicalResult checkElements(mlir::Operation *op, llvm::StringRef label);

/// `axis` is a dimension of a tensor of the rank.
mlir::LogicalResult checkAxis(mlir::Operation *op, llvm::StringRef label,
                              uint64_t axis, int64_t rank);

/// What entries of lists are at most: sums of products of two stay in 64 bits.
constexpr int64_t kMostEntry = INT32_MAX;

/// `values` has `count` entries of at least `least` and at most `kMostEntry`.
mlir::LogicalResult checkList(mlir::Operation *op, llvm::StringRef label,
                              llvm::StringRef name,
                              llvm::ArrayRef<int64_t> values, size_t count,
                              int64_t least);

mlir::LogicalResult checkShape(mlir::Operation *op, llvm::StringRef label,
                               llvm::StringRef name, mlir::Value value,
                               llvm::ArrayRef<int64_t> expected);

/// Convolutions and fully connected layers: `rescale`, `product_shift` and
/// `activation` fit the element types.
mlir::LogicalResult checkRequantisation(mlir::Operation *op, mlir::Value input,
                                        mlir::Value result, RescaleAttr rescale,
                                        std::optional<uint64_t> productShift,
                                        ClipAttr activation, int64_t filters);

} // namespace rowlock::nn

#endif // ROWLOCK_LIB_DIALECT_NN_IR_VERIFIERUTILS_H
