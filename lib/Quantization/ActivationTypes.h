//===- ActivationTypes.h - Integer types of activations ---------*- C++ -*-===//
#ifndef ROWLOCK_LIB_QUANTIZATION_ACTIVATIONTYPES_H
#define ROWLOCK_LIB_QUANTIZATION_ACTIVATIONTYPES_H

#include "rowlock/Dialect/NN/IR/NN.h"
#include "rowlock/Quantization/Quantize.h"

namespace rowlock {

/// The type of an activation with a calibrated range: zero point 0; uint8 for
/// int8 arithmetic if no value is negative; the scale is a binary32 number, for
/// fixed16 a power of two. A clip narrows the storage range.
mlir::quant::UniformQuantizedType
activationType(mlir::MLIRContext *context, CalibrationTable::Range range,
               nn::ClipAttr clip, QuantizedArithmetic arithmetic);

/// The same type with the storage range narrowed to a clip.
mlir::quant::UniformQuantizedType
clippedType(mlir::quant::UniformQuantizedType type, nn::ClipAttr clip);

/// int16 with a power of two as scale: 16-bit fixed point.
mlir::quant::UniformQuantizedType fixed16Type(mlir::MLIRContext *context,
                                              double scale, int64_t low,
                                              int64_t high);

/// Do a constant's values leave no step to what they are added to: is one
/// infinite, or more than 255 times the greatest of the other's range?
bool leavesNoStep(llvm::ArrayRef<float> constant,
                  std::optional<CalibrationTable::Range> other);

/// The greatest |integer| that a tensor of the type holds.
int64_t greatestMagnitude(mlir::quant::UniformQuantizedType type);

/// The greatest power of two 2^k, k at most 126, with magnitude * 2^k <= most.
double powerOfTwoWithin(double magnitude, double most);

} // namespace rowlock

#endif // ROWLOCK_LIB_QUANTIZATION_ACTIVATIONTYPES_H
