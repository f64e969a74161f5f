//===- IntegerLayers.h - Integer layers for float ones ----------*- C++ -*-===//
#ifndef ROWLOCK_LIB_DIALECT_NN_TRANSFORMS_INTEGERLAYERS_H
#define ROWLOCK_LIB_DIALECT_NN_TRANSFORMS_INTEGERLAYERS_H

#include "rowlock/Dialect/NN/IR/NN.h"

#include "mlir/IR/Builders.h"

namespace rowlock::nn {

/// The integers of a real value, or null: `real = dequantize(integers)`.
using IntegersOf = llvm::function_ref<mlir::Value(mlir::Value)>;

/// The integer layer that computes quantize(`layer`), where quantize is to
/// `type` and clips to its storage range, built before the builder's insertion
/// point; the activation of `layer`, if any, is in that range. Null where the
/// integers of an operand are not known or no integer layer computes it.
mlir::Value makeIntegerLayer(mlir::OpBuilder &builder, mlir::Location loc,
                             mlir::Operation *layer,
                             mlir::quant::UniformQuantizedType type,
                             IntegersOf integersOf);

/// Integers as those of another type: a rescale, or a clip where scale and zero
/// point are the same, or the value itself.
mlir::Value requantize(mlir::OpBuilder &builder, mlir::Location loc,
                       mlir::Value integers,
                       mlir::quant::UniformQuantizedType type);

} // namespace rowlock::nn

#endif // ROWLOCK_LIB_DIALECT_NN_TRANSFORMS_INTEGERLAYERS_H
