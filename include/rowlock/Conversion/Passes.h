//===- Passes.h - Passes between dialects -----------------------*- C++ -*-===//
#ifndef ROWLOCK_CONVERSION_PASSES_H
#define ROWLOCK_CONVERSION_PASSES_H

#include "rowlock/Dialect/PassBase.h"

#include "mlir/IR/BuiltinOps.h"

namespace rowlock {

#define GEN_PASS_DECL
#include "rowlock/Conversion/Passes.h.inc"

#define GEN_PASS_REGISTRATION
#include "rowlock/Conversion/Passes.h.inc"

} // namespace rowlock

#endif // ROWLOCK_CONVERSION_PASSES_H
