//===- UnaryTable.h - Functions of 8-bit integers ---------------*- C++ -*-===//
#ifndef ROWLOCK_DIALECT_NN_IR_UNARYTABLE_H
#define ROWLOCK_DIALECT_NN_IR_UNARYTABLE_H

#include "rowlock/Dialect/NN/IR/NN.h"

namespace rowlock::nn {

/// Is it a function of f32 elements that an even scale of 8 bits can hold? Of
/// logarithms, roots and the like most of the range would be a few steps.
bool hasTable(UnaryOp op);

/// The values of nn.table for the function on integers of the two types.
llvm::SmallVector<int64_t> tableOf(UnaryOp op,
                                   mlir::quant::UniformQuantizedType input,
                                   mlir::quant::UniformQuantizedType result);

} // namespace rowlock::nn

#endif // ROWLOCK_DIALECT_NN_IR_UNARYTABLE_H
