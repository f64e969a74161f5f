//===- LayerProgram.h - One layer as a program ------------------*- C++ -*-===//
#ifndef ROWLOCK_TEST_UNIT_PIPELINES_LAYERPROGRAM_H
#define ROWLOCK_TEST_UNIT_PIPELINES_LAYERPROGRAM_H

#include "rowlock/Dialect/RS/IR/RS.h"
#include "rowlock/Mapping/Mapping.h"
#include "rowlock/Program/Program.h"

namespace rowlock {

/// Gives the one convolution of a module to the array; null after a failure.
rs::Conv2DOp toArray(mlir::ModuleOp module);

/// Lowers it with one mapping for each of its parts. `coded`: its input and
/// output are run-length coded where they can be.
mlir::FailureOr<Program>
lowerLayer(rs::Conv2DOp conv, const std::vector<Mapping> &mappings, bool coded);

/// Little-endian bytes of integers.
std::vector<uint8_t> toBytes(const std::vector<int64_t> &values,
                             unsigned width);

/// The first tensor of a kind.
uint32_t findTensor(const Program &program, fb::TensorKind kind);

} // namespace rowlock

#endif // ROWLOCK_TEST_UNIT_PIPELINES_LAYERPROGRAM_H
