//===- RSToProgram.h - Commands to a program file ---------------*- C++ -*-===//
#ifndef ROWLOCK_CONVERSION_RSTOPROGRAM_H
#define ROWLOCK_CONVERSION_RSTOPROGRAM_H

#include "rowlock/Program/program_generated.h"

#include "mlir/IR/BuiltinOps.h"

namespace rowlock {

/// Writes down a module of rs commands whose buffers have places
/// (rs-allocate-glb, rs-allocate-dram): target, tensors, frames, commands,
/// tokens, layers, constants and debug information. Preprocessing and labels
/// are left empty. Fails with an error at the operation that has no place or
/// that the format cannot hold.
mlir::FailureOr<fb::ProgramT> exportProgram(mlir::ModuleOp module);

} // namespace rowlock

#endif // ROWLOCK_CONVERSION_RSTOPROGRAM_H
