//===- CommandNest.h - Loop nests of commands -------------------*- C++ -*-===//
//
// Opens and closes the scf.for loops of a schedule and writes affine maps over
// them. A loop with one trip is left out: its index is the constant 0.
//
//===----------------------------------------------------------------------===//
#ifndef ROWLOCK_LIB_DIALECT_RS_TRANSFORMS_COMMANDNEST_H
#define ROWLOCK_LIB_DIALECT_RS_TRANSFORMS_COMMANDNEST_H

#include "rowlock/Dialect/RS/IR/RS.h"

#include "mlir/Dialect/SCF/IR/SCF.h"

namespace rowlock::rs {

class CommandNest {
public:
  CommandNest(mlir::OpBuilder &builder, mlir::Location loc)
      : builder(builder), loc(loc) {}

  void open(const ScheduleLoop &loop);
  /// Closes loops until `depth` are open.
  void closeTo(size_t depth);
  size_t depth() const { return loops.size(); }
  llvm::ArrayRef<mlir::Value> ivs() const { return values; }

  /// The index of a loop: its dimension if it is open, else 0.
  mlir::AffineExpr index(LoopDim dim) const;
  mlir::AffineExpr constant(int64_t value) const;

  /// The number of the iteration of the open loops [0, depth).
  mlir::AffineExpr linearIndex(size_t depth) const;

  /// One affine value.
  mlir::AffineMapAttr value(mlir::AffineExpr expr) const;
  /// The least of several, without those that are never below the first.
  mlir::AffineMapAttr least(llvm::ArrayRef<mlir::AffineExpr> exprs) const;

private:
  int64_t minimum(mlir::AffineExpr expr) const;

  mlir::OpBuilder &builder;
  mlir::Location loc;
  llvm::SmallVector<ScheduleLoop> loops;
  llvm::SmallVector<mlir::Value> values;
};

} // namespace rowlock::rs

#endif // ROWLOCK_LIB_DIALECT_RS_TRANSFORMS_COMMANDNEST_H
