//===- UnaryTable.h - Functions of 8-bit integers ---------------*- C++ -*-===//
#ifndef ROWLOCK_LIB_QUANTIZATION_UNARYTABLE_H
#define ROWLOCK_LIB_QUANTIZATION_UNARYTABLE_H

#include "rowlock/Dialect/NN/IR/NN.h"

namespace rowlock {

/// Is it a function of f32 elements that an even scale of 8 bits can hold? Of
/// logarithms, roots and the like most of the range would be a few steps.
bool hasTable(nn::UnaryOp op);

/// The values of nn.table for the function on integers of the two types.
llvm::SmallVector<int64_t> tableOf(nn::UnaryOp op,
                                   mlir::quant::UniformQuantizedType input,
                                   mlir::quant::UniformQuantizedType result);

} // namespace rowlock

#endif // ROWLOCK_LIB_QUANTIZATION_UNARYTABLE_H
