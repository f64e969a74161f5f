//===- ExplainMappings.h - What bounds a layer ------------------*- C++ -*-===//
#ifndef ROWLOCK_PIPELINES_EXPLAINMAPPINGS_H
#define ROWLOCK_PIPELINES_EXPLAINMAPPINGS_H

#include "rowlock/Mapping/Search.h"

#include "mlir/IR/BuiltinOps.h"

#include <string>

namespace rowlock {

/// Text on the layers of a mapped module, or on the one that `layer` names if
/// it is not empty: where its modelled time goes and what bounds it, limits,
/// PEs and why they are idle, capacities, and what small changes of the machine
/// are worth by the first objective (docs/mappings.md). Parts that run alike
/// are explained once. An error where there is no such layer.
Result<std::string> explainMappings(mlir::ModuleOp module,
                                    const Objectives &objectives,
                                    const std::string &layer = "");

} // namespace rowlock

#endif // ROWLOCK_PIPELINES_EXPLAINMAPPINGS_H
