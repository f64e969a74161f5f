//===- RegisterDialects.h - Dialects of all tools ---------------*- C++ -*-===//
#ifndef ROWLOCK_TOOLS_REGISTERDIALECTS_H
#define ROWLOCK_TOOLS_REGISTERDIALECTS_H

#include "rowlock/Dialect/NN/IR/NN.h"
#include "rowlock/Dialect/RS/IR/RS.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/Quant/IR/Quant.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/DialectRegistry.h"

namespace rowlock {

inline void registerAllDialects(mlir::DialectRegistry &registry) {
  registry.insert<nn::NNDialect, rs::RSDialect, mlir::arith::ArithDialect,
                  mlir::func::FuncDialect, mlir::quant::QuantDialect,
                  mlir::scf::SCFDialect, mlir::tensor::TensorDialect>();
}

} // namespace rowlock

#endif // ROWLOCK_TOOLS_REGISTERDIALECTS_H
