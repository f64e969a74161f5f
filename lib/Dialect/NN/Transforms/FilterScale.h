//===- FilterScale.h - Factors and offsets of filters -----------*- C++ -*-===//
#ifndef ROWLOCK_LIB_DIALECT_NN_TRANSFORMS_FILTERSCALE_H
#define ROWLOCK_LIB_DIALECT_NN_TRANSFORMS_FILTERSCALE_H

#include "rowlock/Dialect/NN/IR/NN.h"

#include "mlir/IR/PatternMatch.h"

#include <optional>
#include <vector>

namespace rowlock::nn {

/// One value per filter, which are dimension `filterDim` of the result, or
/// nothing if the constant varies along another dimension.
std::optional<std::vector<float>> perFilter(mlir::Value constant,
                                            mlir::RankedTensorType result,
                                            int64_t filterDim);

/// A copy, at the rewriter's place, of a float convolution that nothing else
/// uses, with result m times `factor[m]` plus `offset[m]`, computed in binary64
/// and rounded once. Null if the layer has an activation or filters that are
/// not known.
Conv2DOp scaleFilters(Conv2DOp conv, llvm::ArrayRef<double> factor,
                      llvm::ArrayRef<double> offset, mlir::Location biasLoc,
                      mlir::PatternRewriter &rewriter);

} // namespace rowlock::nn

#endif // ROWLOCK_LIB_DIALECT_NN_TRANSFORMS_FILTERSCALE_H
