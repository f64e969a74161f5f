//===- Windows.h - Windows of convolutions and pools ------------*- C++ -*-===//
#ifndef ROWLOCK_LIB_FRONTEND_ONNX_WINDOWS_H
#define ROWLOCK_LIB_FRONTEND_ONNX_WINDOWS_H

#include "Movement.h"

namespace rowlock {

/// The window of an operator, with one entry in each list for each of one to
/// three spatial dimensions.
struct WindowAttributes {
  llvm::SmallVector<int64_t> kernel, strides, dilations, before, after;
  bool ceil = false; // result sizes round up

  /// A kernel that takes every place.
  explicit WindowAttributes(llvm::ArrayRef<int64_t> kernel = {});
  size_t rank() const { return kernel.size(); }
  int64_t span(size_t d) const { return (kernel[d] - 1) * dilations[d] + 1; }
  /// Result sizes for spatial sizes; below 1 where the window does not fit.
  llvm::SmallVector<int64_t> outputs(llvm::ArrayRef<int64_t> sizes) const;
  /// Some of the dimensions.
  WindowAttributes part(size_t first, size_t count) const;
  /// In two dimensions: one is preceded by a dimension of size 1.
  WindowAttributes planar() const;
  /// Rounding down gives the sizes that rounding up gave: there is more padding
  /// behind.
  WindowAttributes withoutCeil(llvm::ArrayRef<int64_t> sizes) const;
  /// top, left, bottom, right, of two dimensions.
  llvm::SmallVector<int64_t> pads() const;
};

/// strides, dilations, pads, auto_pad and ceil_mode of Conv and the pools for
/// an operand with these spatial sizes, of which there must be one to three.
mlir::FailureOr<WindowAttributes> readWindow(Node &node,
                                             llvm::ArrayRef<int64_t> sizes,
                                             llvm::ArrayRef<int64_t> kernel);
/// The same with kernel_shape, which must be there.
mlir::FailureOr<WindowAttributes> readPoolWindow(Node &node,
                                                 llvm::ArrayRef<int64_t> sizes);

/// Spatial sizes of a value N x C x ...; an error if there are not one to
/// three.
mlir::FailureOr<llvm::SmallVector<int64_t>> spatialSizes(Node &node,
                                                         mlir::Value value);

/// The shape `lead` x `sizes`.
llvm::SmallVector<int64_t> joined(llvm::ArrayRef<int64_t> lead,
                                  llvm::ArrayRef<int64_t> sizes);

/// A value N x C x W as N x C x 1 x W, others as they are; and filters alike.
mlir::Value asPlane(Node &node, mlir::Value value);

/// nn.pad of the spatial dimensions with `value`, or zeros if it is null; the
/// value itself where nothing changes. Null after an error.
mlir::Value makePad(Node &node, mlir::Value input, llvm::ArrayRef<int64_t> low,
                    llvm::ArrayRef<int64_t> high,
                    llvm::ArrayRef<int64_t> interior,
                    mlir::Value value = mlir::Value());

} // namespace rowlock

#endif // ROWLOCK_LIB_FRONTEND_ONNX_WINDOWS_H
