//===- HostLayer.h - A layer as one host command ----------------*- C++ -*-===//
#ifndef ROWLOCK_LIB_DIALECT_RS_TRANSFORMS_HOSTLAYER_H
#define ROWLOCK_LIB_DIALECT_RS_TRANSFORMS_HOSTLAYER_H

#include "LayerContext.h"

namespace rowlock::rs {

/// Writes a layer and its host command. Fails with an error at `op` if no
/// kernel computes it.
mlir::LogicalResult lowerHostLayer(mlir::Operation *op, LayerContext &context);

/// Copies a value to an output tensor of its own.
void copyToOutput(mlir::Value value, llvm::StringRef name,
                  LayerContext &context);

} // namespace rowlock::rs

#endif // ROWLOCK_LIB_DIALECT_RS_TRANSFORMS_HOSTLAYER_H
