//===- QuantizedConstants.h - Constants of quantised types ------*- C++ -*-===//
#ifndef ROWLOCK_LIB_DIALECT_NN_TRANSFORMS_QUANTIZEDCONSTANTS_H
#define ROWLOCK_LIB_DIALECT_NN_TRANSFORMS_QUANTIZEDCONSTANTS_H

#include "rowlock/Dialect/NN/IR/QuantizedData.h"

#include "mlir/IR/Builders.h"

namespace rowlock::nn {

/// A constant of integers, of a quantised type or of i32.
mlir::Value makeIntegerConstant(mlir::OpBuilder &builder, mlir::Location loc,
                                mlir::RankedTensorType type,
                                llvm::ArrayRef<int64_t> values);

/// What nn.quantize and nn.dequantize make of a constant; null where the
/// elements are not known.
mlir::Value quantizeConstant(mlir::OpBuilder &builder, QuantizeOp op);
mlir::Value dequantizeConstant(mlir::OpBuilder &builder, DequantizeOp op);

/// The constant with its dimensions in another order; null as above.
mlir::Value transposeConstant(mlir::OpBuilder &builder, mlir::Location loc,
                              mlir::Value constant,
                              llvm::ArrayRef<int64_t> permutation);

/// What nn.reshape, nn.transpose or nn.slice makes of a constant operand; null
/// as above, for other operations, and where scales along a dimension lose it.
mlir::Value moveConstant(mlir::OpBuilder &builder, mlir::Operation *op,
                         mlir::Value constant);

/// The same filters as signed integers with zero points of 0, in 8 bits if they
/// fit, else in 16; null if they fit neither, or the scales are not those of
/// filters.
mlir::Value symmetricFilter(mlir::OpBuilder &builder, mlir::Value filter);

} // namespace rowlock::nn

#endif // ROWLOCK_LIB_DIALECT_NN_TRANSFORMS_QUANTIZEDCONSTANTS_H
