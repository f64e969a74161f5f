//===- Passes.h - Quantisation passes ---------------------------*- C++ -*-===//
#ifndef ROWLOCK_QUANTIZATION_PASSES_H
#define ROWLOCK_QUANTIZATION_PASSES_H

#include "rowlock/Dialect/PassBase.h"

#include "mlir/IR/BuiltinOps.h"

namespace rowlock {

#define GEN_PASS_DECL
#include "rowlock/Quantization/Passes.h.inc"

#define GEN_PASS_REGISTRATION
#include "rowlock/Quantization/Passes.h.inc"

} // namespace rowlock

#endif // ROWLOCK_QUANTIZATION_PASSES_H
