//===- ImposeMappings.h - Mappings by hand ----------------------*- C++ -*-===//
#ifndef ROWLOCK_PIPELINES_IMPOSEMAPPINGS_H
#define ROWLOCK_PIPELINES_IMPOSEMAPPINGS_H

#include "rowlock/Pipelines/MappingsYAML.h"

#include "mlir/IR/BuiltinOps.h"

namespace rowlock {

/// Gives the layers that a file names its mappings; others stay as they are. A
/// layer is named as in reports, or by its node or tensor of the ONNX model.
/// The error names file, line, layer and what is wrong: no such layer, another
/// number of parts, or the rule that a mapping breaks with value and bound.
Status imposeMappings(mlir::ModuleOp module, const MappingsFile &file);

/// The mappings of all layers that have some, in order.
std::vector<LayerMappings> mappingsOf(mlir::ModuleOp module);

} // namespace rowlock

#endif // ROWLOCK_PIPELINES_IMPOSEMAPPINGS_H
