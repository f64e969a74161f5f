//===- NNToRS.h - Layers for the array, and why others stay -----*- C++ -*-===//
#ifndef ROWLOCK_CONVERSION_NNTORS_H
#define ROWLOCK_CONVERSION_NNTORS_H

#include "mlir/IR/BuiltinOps.h"

namespace rowlock {

/// What the pass convert-nn-to-rs does to a module with an rs.target: how many
/// layers became an rs.conv2d. Of each nn.conv2d or nn.fully_connected that
/// stays, `staysOnHost` learns why the array cannot run it.
int64_t convertToRS(
    mlir::ModuleOp module,
    llvm::function_ref<void(mlir::Operation *layer, llvm::StringRef reason)>
        staysOnHost);

} // namespace rowlock

#endif // ROWLOCK_CONVERSION_NNTORS_H
