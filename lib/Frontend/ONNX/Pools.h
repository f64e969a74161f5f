//===- Pools.h - Pools in one to three dimensions ---------------*- C++ -*-===//
//
// nn has them in two. One dimension is two with a height of 1; in three, the
// planes are pooled first, then along the depth.
//
//===----------------------------------------------------------------------===//
#ifndef ROWLOCK_LIB_FRONTEND_ONNX_POOLS_H
#define ROWLOCK_LIB_FRONTEND_ONNX_POOLS_H

#include "Windows.h"

namespace rowlock {

// Each takes f32 of shape N x C x ..., of as many spatial dimensions as the
// window, and returns N x C x ....

mlir::FailureOr<mlir::Value> makeMaxPool(Node &node, mlir::Value input,
                                         const WindowAttributes &window);
/// i64: where the maxima are in the operand, flattened; with `columnMajor` the
/// first spatial dimension runs fastest.
mlir::FailureOr<mlir::Value> makeMaxPoolIndices(Node &node, mlir::Value input,
                                                const WindowAttributes &window,
                                                bool columnMajor);
/// Over the elements inside the input, or inside input and padding.
mlir::FailureOr<mlir::Value> makeMean(Node &node, mlir::Value input,
                                      const WindowAttributes &window,
                                      bool countPadding);
/// (sum of |x|^power)^(1/power).
mlir::FailureOr<mlir::Value> makeNorm(Node &node, mlir::Value input,
                                      const WindowAttributes &window,
                                      float power);

} // namespace rowlock

#endif // ROWLOCK_LIB_FRONTEND_ONNX_POOLS_H
