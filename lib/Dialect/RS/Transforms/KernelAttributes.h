//===- KernelAttributes.h - Layers of the array as kernels ------*- C++ -*-===//
#ifndef ROWLOCK_LIB_DIALECT_RS_TRANSFORMS_KERNELATTRIBUTES_H
#define ROWLOCK_LIB_DIALECT_RS_TRANSFORMS_KERNELATTRIBUTES_H

#include "rowlock/Dialect/NN/Kernels/HostKernel.h"
#include "rowlock/Dialect/RS/IR/RS.h"

namespace rowlock::rs {

/// The layer that the array computes (kernel ArrayConv).
nn::KernelCall arrayKernel(Conv2DOp op);

} // namespace rowlock::rs

#endif // ROWLOCK_LIB_DIALECT_RS_TRANSFORMS_KERNELATTRIBUTES_H
