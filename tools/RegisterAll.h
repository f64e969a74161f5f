//===- RegisterAll.h - Dialects and passes of all tools ---------*- C++ -*-===//
#ifndef ROWLOCK_TOOLS_REGISTERALL_H
#define ROWLOCK_TOOLS_REGISTERALL_H

#include "rowlock/Conversion/Passes.h"
#include "rowlock/Dialect/NN/IR/NN.h"
#include "rowlock/Dialect/NN/Transforms/Passes.h"
#include "rowlock/Dialect/RS/IR/RS.h"
#include "rowlock/Dialect/RS/Transforms/Passes.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/Quant/IR/Quant.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "mlir/IR/DialectRegistry.h"
#include "mlir/Transforms/Passes.h"

namespace rowlock {

inline void registerAllDialects(mlir::DialectRegistry &registry) {
  registry.insert<nn::NNDialect, rs::RSDialect, mlir::arith::ArithDialect,
                  mlir::func::FuncDialect, mlir::quant::QuantDialect,
                  mlir::scf::SCFDialect, mlir::tensor::TensorDialect>();
}

inline void registerAllPasses() {
  nn::registerNNPasses();
  registerConversionPasses();
  rs::registerRSPasses();
  mlir::registerTransformsPasses();
}

} // namespace rowlock

#endif // ROWLOCK_TOOLS_REGISTERALL_H
