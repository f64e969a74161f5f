//===- Passes.h - Passes of the rs dialect ----------------------*- C++ -*-===//
#ifndef ROWLOCK_DIALECT_RS_TRANSFORMS_PASSES_H
#define ROWLOCK_DIALECT_RS_TRANSFORMS_PASSES_H

#include "rowlock/Dialect/PassBase.h"

#include "mlir/IR/BuiltinOps.h"

namespace rowlock::rs {

#define GEN_PASS_DECL
#include "rowlock/Dialect/RS/Transforms/Passes.h.inc"

#define GEN_PASS_REGISTRATION
#include "rowlock/Dialect/RS/Transforms/Passes.h.inc"

} // namespace rowlock::rs

#endif // ROWLOCK_DIALECT_RS_TRANSFORMS_PASSES_H
