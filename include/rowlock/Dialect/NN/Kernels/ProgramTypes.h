//===- ProgramTypes.h - Types and elements as programs hold them *- C++ -*-===//
#ifndef ROWLOCK_DIALECT_NN_KERNELS_PROGRAMTYPES_H
#define ROWLOCK_DIALECT_NN_KERNELS_PROGRAMTYPES_H

#include "rowlock/Program/program_generated.h"

#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/BuiltinTypes.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace rowlock::nn {

/// The element type of a program's tensor that holds elements of this type (of
/// its storage type, if quantised); nothing if a program has none. Integers
/// without a sign in their type are signed.
std::optional<fb::ElementType> programType(mlir::Type element);

/// The type whose programType is `type`.
mlir::Type elementType(mlir::MLIRContext *context, fb::ElementType type);

/// The elements in row-major order, little-endian, i1 as one byte of 0 or 1,
/// 4 bits as one byte with the sign extended; nothing if they are not in
/// memory. Splats are expanded.
std::optional<std::vector<uint8_t>> programBytes(mlir::ElementsAttr value);

/// The attribute of an nn.constant of this type from such bytes, of which there
/// are as many as the type needs.
mlir::ElementsAttr makeElements(mlir::RankedTensorType type,
                                llvm::ArrayRef<uint8_t> bytes);

} // namespace rowlock::nn

#endif // ROWLOCK_DIALECT_NN_KERNELS_PROGRAMTYPES_H
