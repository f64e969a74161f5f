//===- ArrayLayer.h - A convolution as commands -----------------*- C++ -*-===//
#ifndef ROWLOCK_LIB_DIALECT_RS_TRANSFORMS_ARRAYLAYER_H
#define ROWLOCK_LIB_DIALECT_RS_TRANSFORMS_ARRAYLAYER_H

#include "LayerContext.h"

namespace rowlock::rs {

/// Writes frame, buffers, tokens and the loop nest of loads, passes and stores
/// of a convolution with a mapping. Fails with an error at `op`.
mlir::LogicalResult lowerArrayLayer(Conv2DOp op, LayerContext &context);

} // namespace rowlock::rs

#endif // ROWLOCK_LIB_DIALECT_RS_TRANSFORMS_ARRAYLAYER_H
