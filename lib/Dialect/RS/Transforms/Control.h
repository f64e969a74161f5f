//===- Control.h - Waits and signals of a command ---------------*- C++ -*-===//
#ifndef ROWLOCK_LIB_DIALECT_RS_TRANSFORMS_CONTROL_H
#define ROWLOCK_LIB_DIALECT_RS_TRANSFORMS_CONTROL_H

#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/Value.h"

namespace rowlock::rs {

/// Waits and signals of the command that is written next.
struct Control {
  llvm::SmallVector<mlir::Value> waits, signals;
  llvm::SmallVector<mlir::Attribute> waitValues;
  llvm::SmallVector<int64_t> amounts;

  void wait(mlir::Value token, mlir::AffineMapAttr value) {
    waits.push_back(token);
    waitValues.push_back(value);
  }
  void signal(mlir::Value token) {
    signals.push_back(token);
    amounts.push_back(1);
  }
};

} // namespace rowlock::rs

#endif // ROWLOCK_LIB_DIALECT_RS_TRANSFORMS_CONTROL_H
