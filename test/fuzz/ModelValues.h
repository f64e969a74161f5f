//===- ModelValues.h - Tensors of a model, as bytes -------------*- C++ -*-===//
#ifndef ROWLOCK_TEST_FUZZ_MODELVALUES_H
#define ROWLOCK_TEST_FUZZ_MODELVALUES_H

#include "rowlock/Reference/Evaluator.h"

#include <cstdint>
#include <vector>

namespace rowlock {

/// A pattern of small numbers, of any type that an input has.
RefTensor patternOf(mlir::RankedTensorType type);

/// The elements as a device takes and gives them. All NaNs are one.
std::vector<uint8_t> bytesOf(const RefTensor &tensor);

/// The elements of `type` in what a device gave, the other way.
RefTensor tensorOf(mlir::RankedTensorType type,
                   const std::vector<uint8_t> &bytes);

/// Bytes of a tensor of the type.
size_t byteSize(mlir::RankedTensorType type);

} // namespace rowlock

#endif // ROWLOCK_TEST_FUZZ_MODELVALUES_H
