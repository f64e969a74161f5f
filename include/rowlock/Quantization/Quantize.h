//===- Quantize.h - Quantise a float network --------------------*- C++ -*-===//
#ifndef ROWLOCK_QUANTIZATION_QUANTIZE_H
#define ROWLOCK_QUANTIZATION_QUANTIZE_H

#include "rowlock/Quantization/CalibrationTable.h"

#include "mlir/IR/BuiltinOps.h"

namespace rowlock {

enum class QuantizedArithmetic { Int8, Int16, Fixed16 };

struct QuantizationOptions {
  QuantizedArithmetic arithmetic = QuantizedArithmetic::Int8;
  /// No psum of a layer may need more bits (16-bit fixed point: 16).
  int64_t psumBits = 32;
};

/// Quantises @main in place: docs/quantisation.md. Layers must have their
/// biases and activations fused. Fails with an error at the layer whose tensor
/// has no range in the table.
mlir::LogicalResult quantize(mlir::ModuleOp module,
                             const CalibrationTable &table,
                             const QuantizationOptions &options);

} // namespace rowlock

#endif // ROWLOCK_QUANTIZATION_QUANTIZE_H
