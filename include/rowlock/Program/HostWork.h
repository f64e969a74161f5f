//===- HostWork.h - How much the host computes ------------------*- C++ -*-===//
#ifndef ROWLOCK_PROGRAM_HOSTWORK_H
#define ROWLOCK_PROGRAM_HOSTWORK_H

#include "rowlock/Program/program_generated.h"

#include <cstdint>

namespace rowlock {

/// Operations of a host layer: a result element of Conv and MatMul takes as
/// many as it has products, of a pool or LRN as its window has elements, of
/// other kernels one for each operand. The tensors are sound, the layer's
/// operands may not be those of its kernel.
double hostOperations(const fb::Program &program, uint32_t layer);

} // namespace rowlock

#endif // ROWLOCK_PROGRAM_HOSTWORK_H
