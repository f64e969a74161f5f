//===- Passes.h - Passes of the nn dialect ----------------------*- C++ -*-===//
#ifndef ROWLOCK_DIALECT_NN_TRANSFORMS_PASSES_H
#define ROWLOCK_DIALECT_NN_TRANSFORMS_PASSES_H

#include "rowlock/Dialect/PassBase.h"

#include "mlir/IR/BuiltinOps.h"

namespace rowlock::nn {

#define GEN_PASS_DECL
#include "rowlock/Dialect/NN/Transforms/Passes.h.inc"

#define GEN_PASS_REGISTRATION
#include "rowlock/Dialect/NN/Transforms/Passes.h.inc"

} // namespace rowlock::nn

#endif // ROWLOCK_DIALECT_NN_TRANSFORMS_PASSES_H
