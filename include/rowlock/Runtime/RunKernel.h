//===- RunKernel.h - One host kernel on tensors in memory -------*- C++ -*-===//
#ifndef ROWLOCK_RUNTIME_RUNKERNEL_H
#define ROWLOCK_RUNTIME_RUNKERNEL_H

#include "rowlock/Program/program_generated.h"
#include "rowlock/Support/Result.h"

#include <cstdint>
#include <vector>

namespace rowlock {

/// A tensor outside of a program: elements in row-major order without gaps.
struct KernelTensor {
  fb::ElementType type = fb::ElementType::F32;
  std::vector<int64_t> shape;
  float scale = 0; // of quantised tensors
  int64_t zeroPoint = 0;
  std::vector<uint8_t> bytes;
};

/// Runs the kernel of `layer` (kernel and attributes; its operand numbers are
/// not read) and fills the bytes of `result`, whose type and shape are given.
/// The error says what of the layer is wrong.
Status runKernel(const fb::LayerT &layer,
                 const std::vector<KernelTensor> &operands,
                 KernelTensor &result);

} // namespace rowlock

#endif // ROWLOCK_RUNTIME_RUNKERNEL_H
