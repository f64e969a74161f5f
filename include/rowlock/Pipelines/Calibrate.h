//===- Calibrate.h - Ranges of a float network's tensors --------*- C++ -*-===//
#ifndef ROWLOCK_PIPELINES_CALIBRATE_H
#define ROWLOCK_PIPELINES_CALIBRATE_H

#include "rowlock/Input/Images.h"
#include "rowlock/Quantization/CalibrationTable.h"

#include "mlir/IR/BuiltinOps.h"

#include <functional>

namespace rowlock {

/// Called, by one thread at a time, with what is done of how much.
using ProgressFunction = std::function<void(int64_t done, int64_t total)>;

/// Runs a float module on all images of the source, on every core, and widens
/// the table by the ranges of every tensor. An image at a time and core is in
/// memory (a batch, if the module has one). The table does not depend on the
/// number of cores. Fails, with an error at the module, where an image cannot
/// be read or a value is not finite.
mlir::LogicalResult calibrate(mlir::ModuleOp module, ImageSource &images,
                              CalibrationTable &table,
                              const ProgressFunction &progress = nullptr);

} // namespace rowlock

#endif // ROWLOCK_PIPELINES_CALIBRATE_H
