//===- GatedCheck.h - Gated MACs from what the evaluator saw ----*- C++ -*-===//
#ifndef ROWLOCK_LIB_PIPELINES_GATEDCHECK_H
#define ROWLOCK_LIB_PIPELINES_GATEDCHECK_H

#include "rowlock/Program/Program.h"
#include "rowlock/Reference/Evaluator.h"
#include "rowlock/Simulator/Counts.h"

#include "llvm/ADT/StringMap.h"

namespace rowlock {

/// Holds the simulator's gated MACs to those that `evaluate` makes of the zeros
/// in the evaluator's ifmaps, for every layer that runs in one part.
class GatedCheck {
public:
  explicit GatedCheck(const Program &program);

  /// Checks the layers that read a value; an error at the first that differs.
  mlir::LogicalResult check(mlir::Value value, const RefTensor &tensor,
                            const std::vector<EventCounts> &counts);
  /// Layers that agreed.
  int64_t layers = 0;

private:
  const Program &program;
  llvm::StringMap<uint32_t> layerOf;
  std::vector<std::string> mappings; // by layer
};

} // namespace rowlock

#endif // ROWLOCK_LIB_PIPELINES_GATEDCHECK_H
