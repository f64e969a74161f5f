//===- Operations.h - One function for each operation -----------*- C++ -*-===//
#ifndef ROWLOCK_LIB_REFERENCE_OPERATIONS_H
#define ROWLOCK_LIB_REFERENCE_OPERATIONS_H

#include "rowlock/Dialect/NN/IR/NN.h"
#include "rowlock/Reference/Evaluator.h"

#include "llvm/ADT/APSInt.h"

namespace rowlock::reference {

using Operands = llvm::ArrayRef<const RefTensor *>;

// Each fills the elements of `result`, whose type is set.
void conv2d(nn::Conv2DOp op, Operands operands, RefTensor &result);
void fullyConnected(nn::FullyConnectedOp op, Operands operands,
                    RefTensor &result);
void matmul(nn::MatMulOp op, Operands operands, RefTensor &result);
void maxPool(nn::MaxPool2DOp op, Operands operands, RefTensor &result);
void maxPoolIndices(nn::MaxPoolIndices2DOp op, Operands operands,
                    RefTensor &result);
void averagePool(nn::AveragePool2DOp op, Operands operands, RefTensor &result);
void add(nn::AddOp op, Operands operands, RefTensor &result);
void mul(nn::MulOp op, Operands operands, RefTensor &result);
void concat(nn::ConcatOp op, Operands operands, RefTensor &result);
void transpose(nn::TransposeOp op, Operands operands, RefTensor &result);
void clip(nn::ClipOp op, Operands operands, RefTensor &result);
void batchNorm(nn::BatchNormOp op, Operands operands, RefTensor &result);
void lrn(nn::LRNOp op, Operands operands, RefTensor &result);
void softmax(nn::SoftmaxOp op, Operands operands, RefTensor &result);
void cast(nn::CastOp op, Operands operands, RefTensor &result);
void unary(nn::UnaryOp op, Operands operands, RefTensor &result);
void binary(nn::BinaryOp op, Operands operands, RefTensor &result);
void select(nn::SelectOp op, Operands operands, RefTensor &result);
void reduce(nn::ReduceOp op, Operands operands, RefTensor &result);
void cumSum(nn::CumSumOp op, Operands operands, RefTensor &result);
void table(nn::TableOp op, Operands operands, RefTensor &result);
void quantize(nn::QuantizeOp op, Operands operands, RefTensor &result);
void dequantize(nn::DequantizeOp op, Operands operands, RefTensor &result);
void slice(nn::SliceOp op, Operands operands, RefTensor &result);
void pad(nn::PadOp op, Operands operands, RefTensor &result);
void broadcast(nn::BroadcastOp op, Operands operands, RefTensor &result);
void gather(nn::GatherOp op, Operands operands, RefTensor &result);
void gatherElements(nn::GatherElementsOp op, Operands operands,
                    RefTensor &result);
void scatterND(nn::ScatterNDOp op, Operands operands, RefTensor &result);
void resample(nn::ResampleOp op, Operands operands, RefTensor &result);
void topK(nn::TopKOp op, Operands operands, RefTensor &result);
void nonMaxSuppression(nn::NonMaxSuppressionOp op, Operands operands,
                       RefTensor &result);

// What operations share.

/// Zeros of a type.
RefTensor emptyTensor(mlir::RankedTensorType type);
/// A float of at most 32 bits, exactly; NaNs of 8 bits have no payload, and
/// those of types whose zero has no sign have none either.
float toFloat(const llvm::APFloat &value);
/// The elements of a constant, or none of them where they are not in memory.
RefTensor readConstant(nn::ConstantOp op);
/// Element `at` of `from` becomes element `k` of `to`, which has its type.
void move(const RefTensor &from, int64_t at, RefTensor &to, int64_t k);

/// Rounds to the tensor's element type: its floats are f32, f16 or bf16.
void storeFloat(RefTensor &tensor, int64_t k, float value);
/// An integer element with the width and sign of its type (i1 is unsigned).
llvm::APSInt integerAt(const RefTensor &tensor, int64_t k);
/// Stores an integer of the tensor's width.
void storeInteger(RefTensor &tensor, int64_t k, const llvm::APInt &bits);
/// The element of `operand` that element `index` of `shape` broadcasts from.
int64_t broadcastIndex(const RefTensor &operand, llvm::ArrayRef<int64_t> shape,
                       int64_t index);

inline mlir::quant::QuantizedType quantizedType(const RefTensor &tensor) {
  return llvm::dyn_cast<mlir::quant::QuantizedType>(
      tensor.type.getElementType());
}
/// The zero point of a tensor, at index `channel` of its quantised dimension.
int64_t zeroPoint(const RefTensor &tensor, int64_t channel = 0);
inline int64_t elements(const RefTensor &tensor) {
  return tensor.type.getNumElements();
}
/// value * multiplier * 2^-shift to nearest, ties towards plus infinity, from
/// entry `entry` (or the only one).
int64_t rescaled(nn::RescaleAttr rescale, size_t entry, int64_t value);
/// Within the storage range of a quantised type.
int64_t stored(mlir::quant::QuantizedType type, int64_t value);
/// The activation of a float layer, if there is one.
float activated(nn::ClipAttr clip, float x);

} // namespace rowlock::reference

#endif // ROWLOCK_LIB_REFERENCE_OPERATIONS_H
