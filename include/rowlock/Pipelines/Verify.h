//===- Verify.h - A program against the evaluator ---------------*- C++ -*-===//
#ifndef ROWLOCK_PIPELINES_VERIFY_H
#define ROWLOCK_PIPELINES_VERIFY_H

#include "rowlock/Pipelines/Calibrate.h"
#include "rowlock/Program/Program.h"

#include "mlir/IR/BuiltinOps.h"

namespace rowlock {

struct VerifyCounts {
  int64_t images = 0, tensors = 0, elements = 0;
  /// Elements of 16-bit fixed point layers whose psum left 16 bits.
  int64_t wraps = 0;
  /// Layers, once for each run, whose gated MACs are what `evaluate` makes of
  /// the zeros in their ifmaps.
  int64_t gatedLayers = 0;
};

/// Runs a program on `sim` and the quantised nn module that it was made from in
/// the evaluator, on the same images, and compares every tensor that both have.
/// So are the simulator's gated MACs and those of `evaluate` with the zeros
/// that the evaluator saw, for layers that run in one part. Fails with an error
/// at the ONNX node of the first tensor that differs: image, element, expected
/// and actual value, and the pass and PE that made it.
mlir::FailureOr<VerifyCounts>
verifyProgram(const Program &program, mlir::ModuleOp module,
              ImageSource &images, const ProgressFunction &progress = nullptr);

} // namespace rowlock

#endif // ROWLOCK_PIPELINES_VERIFY_H
