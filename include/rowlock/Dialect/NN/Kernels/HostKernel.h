//===- HostKernel.h - Layers in terms of the kernel set ---------*- C++ -*-===//
#ifndef ROWLOCK_DIALECT_NN_KERNELS_HOSTKERNEL_H
#define ROWLOCK_DIALECT_NN_KERNELS_HOSTKERNEL_H

#include "rowlock/Dialect/NN/IR/NN.h"
#include "rowlock/Program/program_generated.h"

#include <memory>
#include <optional>

namespace rowlock::nn {

/// A layer as docs/spec/kernels.md describes it; attributes are integers and
/// arrays of i64 or f32.
struct KernelCall {
  llvm::StringRef kernel;
  mlir::DictionaryAttr attributes;
};

/// The kernel that computes an nn layer on the host; an empty name if none
/// does.
KernelCall hostKernel(mlir::Operation *op);

/// The kernel of a name, or nothing.
std::optional<fb::Kernel> kernelNamed(llvm::StringRef name);

/// An attribute of a KernelCall as a program holds it; null if it is neither
/// integers nor reals.
std::unique_ptr<fb::AttributeT> programAttribute(mlir::NamedAttribute named);

} // namespace rowlock::nn

#endif // ROWLOCK_DIALECT_NN_KERNELS_HOSTKERNEL_H
