//===- IRTests.h - Runs of IR that may go wrong -----------------*- C++ -*-===//
//
// What a child does with a candidate. Errors are diagnostics of the context.
// Inputs are drawn from a fixed seed: the same shapes give the same values.
//
//===----------------------------------------------------------------------===//
#ifndef ROWLOCK_REDUCE_IRTESTS_H
#define ROWLOCK_REDUCE_IRTESTS_H

#include "mlir/IR/BuiltinOps.h"

#include <string>

namespace rowlock {

/// Runs a textual pass pipeline, "builtin.module(nn-fuse-bias)" or its inside.
mlir::LogicalResult runPipeline(mlir::ModuleOp module, llvm::StringRef passes);

/// Evaluates @main of nn IR before and after the passes. Integers must be
/// equal, floats at most `tolerance` apart, or that part of the expected one.
/// The error of an element that is not: "expected 1, the passes make 2".
mlir::LogicalResult comparePasses(mlir::ModuleOp module, llvm::StringRef passes,
                                  double tolerance);

/// Compiles quantised nn IR with one input, f32 or quantised from it, for the
/// target it carries (`rs.target`; eyeriss-int8 if none), runs it on `sim` and
/// compares every tensor with the evaluator's (`verifyProgram`). Inputs are
/// written to the file `arrays` (.npy).
mlir::LogicalResult compareCompiled(mlir::ModuleOp module,
                                    const std::string &arrays);

} // namespace rowlock

#endif // ROWLOCK_REDUCE_IRTESTS_H
