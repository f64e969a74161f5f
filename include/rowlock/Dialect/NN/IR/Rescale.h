//===- Rescale.h - Real factors as rescale attributes -----------*- C++ -*-===//
//
// How quantised layers get their multipliers and shifts from real scales
// (docs/numerics.md).
//
//===----------------------------------------------------------------------===//
#ifndef ROWLOCK_DIALECT_NN_IR_RESCALE_H
#define ROWLOCK_DIALECT_NN_IR_RESCALE_H

#include "rowlock/Dialect/NN/IR/NN.h"

namespace rowlock::nn {

/// One entry for each factor, the nearest multiplier and shift
/// (`quantizeMultiplier`).
RescaleAttr makeRescale(mlir::MLIRContext *context,
                        llvm::ArrayRef<double> factors);

/// Both summands on a grid of 2^-k times the larger scale, fine enough for
/// their bits and coarse enough that int32 holds the sum; and the way from
/// there to the scale of the sum.
struct SumFactors {
  llvm::SmallVector<int64_t> multipliers;
  RescaleAttr rescale;
};
SumFactors makeSumFactors(mlir::quant::UniformQuantizedType lhs,
                          mlir::quant::UniformQuantizedType rhs,
                          mlir::quant::UniformQuantizedType sum);

/// For windows of 1 to `window` elements: the mean from their sum.
RescaleAttr makeMeanRescale(mlir::quant::UniformQuantizedType input,
                            mlir::quant::UniformQuantizedType mean,
                            int64_t window);

} // namespace rowlock::nn

#endif // ROWLOCK_DIALECT_NN_IR_RESCALE_H
