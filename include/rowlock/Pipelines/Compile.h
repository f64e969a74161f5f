//===- Compile.h - From a model to a program --------------------*- C++ -*-===//
//
// The stages of rowlock-compile. Each takes and leaves IR that prints, so that
// any stage can be looked at:
//
//   importModel -> (float nn) -> calibrate, quantizeModel -> (nn)
//     -> mapLayers -> (rs) -> lowerToCommands -> (commands) -> makeProgram
//
// A model that comes quantised skips calibrate and quantizeModel
// (`needsCalibration`).
//
// Errors are diagnostics of the context.
//
//===----------------------------------------------------------------------===//
#ifndef ROWLOCK_PIPELINES_COMPILE_H
#define ROWLOCK_PIPELINES_COMPILE_H

#include "rowlock/Frontend/ONNX/ImportONNX.h"
#include "rowlock/Mapping/Search.h"
#include "rowlock/Pipelines/MappingsYAML.h"
#include "rowlock/Program/Program.h"
#include "rowlock/Quantization/Quantize.h"
#include "rowlock/Target/TargetSpec.h"

#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/OwningOpRef.h"

#include <string>
#include <vector>

namespace rowlock {

/// Imports a model for a target, folds and fuses it; every tensor has a name of
/// its own. Null after an error.
mlir::OwningOpRef<mlir::ModuleOp> importModel(llvm::StringRef path,
                                              mlir::MLIRContext *context,
                                              const TargetSpec &target,
                                              const ImportOptions &options);

/// The same for a model in memory.
mlir::OwningOpRef<mlir::ModuleOp> importModel(const ModelBytes &model,
                                              mlir::MLIRContext *context,
                                              const TargetSpec &target,
                                              const ImportOptions &options);

/// The shape of the one input of @main without its batch dimension. An error
/// where there is more than one, or it takes no numbers (`inputElements`).
Result<std::vector<int64_t>> imageShape(mlir::ModuleOp module);

/// Whether an imported module is in float throughout, so that it needs ranges
/// before the array can run any of it. One that came quantised needs none; what
/// it has left in float runs on the host.
bool needsCalibration(mlir::ModuleOp module);

/// Warns at each convolution and fully connected layer of a model that comes
/// quantised that is in float: the host runs it.
void warnOfFloatLayers(mlir::ModuleOp module);

/// Quantises for the target of the module: fixed16 targets in 16-bit fixed
/// point, `int` targets in 8 bits or, `wide`, in 16.
mlir::LogicalResult quantizeModel(mlir::ModuleOp module,
                                  const CalibrationTable &table, bool wide);

/// Gives layers to the array, each with the mapping that is best by
/// the objectives (`searchOptimal`); those that `imposed` names with its own.
/// With a directory, what was searched before is found there (`MappingCache`).
mlir::LogicalResult mapLayers(mlir::ModuleOp module,
                              const Objectives &objectives = {Objective::EDP},
                              const MappingsFile *imposed = nullptr,
                              const std::string &cache = "");

/// Turns all layers into commands with places in GLB and DRAM.
mlir::LogicalResult lowerToCommands(mlir::ModuleOp module);

/// Writes down a module of commands and loads what was written. `name` stands
/// for the file in errors.
mlir::FailureOr<Program> makeProgram(mlir::ModuleOp module,
                                     const std::string &name,
                                     const fb::PreprocessingT *preprocessing,
                                     const std::vector<std::string> &labels);

} // namespace rowlock

#endif // ROWLOCK_PIPELINES_COMPILE_H
