//===- KernelAttributes.h - Layers in terms of the kernel set ---*- C++ -*-===//
#ifndef ROWLOCK_LIB_DIALECT_RS_TRANSFORMS_KERNELATTRIBUTES_H
#define ROWLOCK_LIB_DIALECT_RS_TRANSFORMS_KERNELATTRIBUTES_H

#include "rowlock/Dialect/RS/IR/RS.h"

namespace rowlock::rs {

/// A layer as docs/spec/kernels.md describes it; attributes are integers and
/// arrays of i64 or f32.
struct KernelCall {
  llvm::StringRef kernel;
  mlir::DictionaryAttr attributes;
};

/// The kernel that computes an nn layer on the host; an empty name if none
/// does.
KernelCall hostKernel(mlir::Operation *op);

/// The layer that the array computes (kernel ArrayConv).
KernelCall arrayKernel(Conv2DOp op);

} // namespace rowlock::rs

#endif // ROWLOCK_LIB_DIALECT_RS_TRANSFORMS_KERNELATTRIBUTES_H
