//===- FoldConstants.h - Operations on constants ----------------*- C++ -*-===//
#ifndef ROWLOCK_DIALECT_NN_KERNELS_FOLDCONSTANTS_H
#define ROWLOCK_DIALECT_NN_KERNELS_FOLDCONSTANTS_H

#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/Operation.h"

namespace rowlock::nn {

/// What an nn operation computes whose operands are all constants, by the host
/// kernel that a program would run. Null if one is not, if operands or result
/// are quantised (their layers wait for what the passes make of them), if no
/// kernel takes them, or if the result would be far larger than they are.
mlir::ElementsAttr foldOperation(mlir::Operation *op);

} // namespace rowlock::nn

#endif // ROWLOCK_DIALECT_NN_KERNELS_FOLDCONSTANTS_H
