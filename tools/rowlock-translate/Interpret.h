//===- Interpret.h - Evaluate @main of a module -----------------*- C++ -*-===//
#ifndef ROWLOCK_TOOLS_ROWLOCK_TRANSLATE_INTERPRET_H
#define ROWLOCK_TOOLS_ROWLOCK_TRANSLATE_INTERPRET_H

#include "mlir/IR/BuiltinOps.h"

#include <string>
#include <vector>

namespace rowlock {

/// Evaluates @main on tensors from .npy or .pb files, one for each argument.
/// Results are printed, or written to `outputs` (.npy), one for each result.
/// Operations of the check dialect are carried out. Fails after one error.
mlir::LogicalResult interpret(mlir::ModuleOp module,
                              const std::vector<std::string> &inputs,
                              const std::vector<std::string> &outputs,
                              llvm::raw_ostream &stream);

} // namespace rowlock

#endif // ROWLOCK_TOOLS_ROWLOCK_TRANSLATE_INTERPRET_H
