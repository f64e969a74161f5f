//===- Windows.h - Attributes of windowed operators -------------*- C++ -*-===//
#ifndef ROWLOCK_LIB_FRONTEND_ONNX_WINDOWS_H
#define ROWLOCK_LIB_FRONTEND_ONNX_WINDOWS_H

#include "Node.h"

namespace rowlock {

/// strides, dilations, pads and auto_pad of Conv and the pools, in two
/// dimensions; pads as nn has them: top, left, bottom, right.
struct WindowAttributes {
  llvm::SmallVector<int64_t> strides, dilations, pads;
};

/// For an input of `height` x `width` and a kernel of two sizes.
mlir::FailureOr<WindowAttributes> readWindow(Node &node, int64_t height,
                                             int64_t width,
                                             llvm::ArrayRef<int64_t> kernel);

} // namespace rowlock

#endif // ROWLOCK_LIB_FRONTEND_ONNX_WINDOWS_H
