//===- Types.h - Element types of ONNX and of nn ----------------*- C++ -*-===//
#ifndef ROWLOCK_LIB_FRONTEND_ONNX_TYPES_H
#define ROWLOCK_LIB_FRONTEND_ONNX_TYPES_H

#include "rowlock/Frontend/ONNX/TensorFile.h"

#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/BuiltinTypes.h"

#include <optional>

namespace rowlock {

mlir::Type elementType(mlir::MLIRContext *context, DataType type);
/// Nothing for quantised types and others that no TensorData has.
std::optional<DataType> dataType(mlir::Type element);

/// The type of a quantised type's integers; other types as they are.
mlir::Type plainType(mlir::Type element);

/// The value of an nn.constant with the data's shape and type.
mlir::ElementsAttr makeElements(mlir::MLIRContext *context,
                                const TensorData &data);
/// The inverse; nothing where dataType(element type) is nothing or the elements
/// are not in memory.
std::optional<TensorData> makeTensorData(mlir::ElementsAttr value);

} // namespace rowlock

#endif // ROWLOCK_LIB_FRONTEND_ONNX_TYPES_H
