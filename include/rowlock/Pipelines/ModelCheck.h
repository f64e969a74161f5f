//===- ModelCheck.h - What becomes of each node of a model ------*- C++ -*-===//
//
// Judges a model for a target without calibration, images or mappings:
//
//   auto check = checkModel("m.onnx", &context, target, {}, /*wide=*/false);
//   if (succeeded(check))
//     llvm::outs() << checkTable(*check);
//
// The passes of rowlock-compile decide, up to the choice of layers for the
// array; a float model is quantised with a range of -1 to 1 for every tensor.
//
//===----------------------------------------------------------------------===//
#ifndef ROWLOCK_PIPELINES_MODELCHECK_H
#define ROWLOCK_PIPELINES_MODELCHECK_H

#include "rowlock/Frontend/ONNX/ImportONNX.h"
#include "rowlock/Target/TargetSpec.h"

#include <string>
#include <vector>

namespace rowlock {

enum class Verdict {
  Array,       // at least its multiplications
  Host,        // exact as well, but slower
  Folded,      // computed at compile time, or part of another node's layer
  Unsupported, // the model cannot be compiled because of it
  NotJudged    // its operands' shapes are not known, behind such a node
};

struct CheckedNode {
  std::string node; // "node 'conv1' (Conv)"
  std::string op;   // "Conv"
  Verdict verdict;
  std::string reason; // why; may be empty for Array
  std::string advice; // what to do about it; empty if nothing is needed
  int64_t macs = 0;
};

/// Layers that follow each other in a program and run on the same side.
struct CheckedRun {
  Verdict place; // Array, Host or Unsupported
  int64_t layers = 0, macs = 0;
  /// What it reads that another run made, through DRAM.
  int64_t bytesIn = 0;
  std::string first, last; // tensors that they make
};

struct ModelCheck {
  std::string model, target;
  bool asIfQuantised = false; // it came in float
  std::vector<CheckedNode> nodes;
  std::vector<CheckedRun> runs;

  int64_t count(Verdict verdict) const;
  int64_t macs() const;
  int64_t arrayMacs() const;
  int64_t transfers() const; // runs that read what others made
  int64_t transferBytes() const;
  /// No node is Unsupported or NotJudged.
  bool compiles() const;
};

/// `wide`: 16-bit operands on `int` targets. A failure has emitted an error:
/// the file is no model, or wrong beyond single nodes.
mlir::FailureOr<ModelCheck> checkModel(const std::string &path,
                                       mlir::MLIRContext *context,
                                       const TargetSpec &target,
                                       ImportOptions options, bool wide);

/// The same for a model in memory.
mlir::FailureOr<ModelCheck> checkModel(const ModelBytes &model,
                                       mlir::MLIRContext *context,
                                       const TargetSpec &target,
                                       ImportOptions options, bool wide);

/// Every node, the runs, and in the last line the summary.
std::string checkTable(const ModelCheck &check);
/// The same for programs: docs/checking.md.
std::string checkJSON(const ModelCheck &check);

} // namespace rowlock

#endif // ROWLOCK_PIPELINES_MODELCHECK_H
