//===- Convolutions.h - Convolutions in one to three dimensions -*- C++ -*-===//
//
// nn has them in two. One dimension is two with a height of 1. Of three, the
// planes that a kernel covers in depth become channels of one convolution in
// two dimensions for each plane of the result, which is an image: sums stay
// whole, and bias and activation can be part of the layer.
//
//===----------------------------------------------------------------------===//
#ifndef ROWLOCK_LIB_FRONTEND_ONNX_CONVOLUTIONS_H
#define ROWLOCK_LIB_FRONTEND_ONNX_CONVOLUTIONS_H

#include "Windows.h"

namespace rowlock {

/// Input N x C x ..., filter M x C/groups x kernel, bias M or null, all f32;
/// result N x M x .... `window` must not round up. Of integers in steps of a
/// scale, without bias, the result is the sums in int32 in steps of the input's
/// scale (the filter's is 1).
mlir::FailureOr<mlir::Value> makeConvolution(Node &node, mlir::Value input,
                                             mlir::Value filter,
                                             mlir::Value bias,
                                             const WindowAttributes &window,
                                             int64_t groups);

/// The sums over each window of each channel, times `factor`.
mlir::FailureOr<mlir::Value> makeWindowSums(Node &node, mlir::Value input,
                                            const WindowAttributes &window,
                                            float factor);

} // namespace rowlock

#endif // ROWLOCK_LIB_FRONTEND_ONNX_CONVOLUTIONS_H
