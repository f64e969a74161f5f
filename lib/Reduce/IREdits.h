//===- IREdits.h - Smaller modules ------------------------------*- C++ -*-===//
//
// Edits of a module in place. None looks at what operations mean: whether the
// outcome is sound is for the verifier to say.
//
//===----------------------------------------------------------------------===//
#ifndef ROWLOCK_LIB_REDUCE_IREDITS_H
#define ROWLOCK_LIB_REDUCE_IREDITS_H

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/BuiltinOps.h"

#include <set>

namespace rowlock {

/// The function can change its type: one block, and nobody calls it.
bool canCut(mlir::func::FuncOp function);

/// What stands in the block of a function, without constants and terminator.
std::vector<mlir::Operation *> cuttableOps(mlir::func::FuncOp function);

/// Leaves operations of the function's block out. Results of theirs that are
/// used become arguments; results that were used by them alone are returned,
/// if `returnEnds` and the function returns anything. Constants and arguments
/// that nobody uses any more go, too.
void cut(mlir::func::FuncOp function, llvm::ArrayRef<mlir::Operation *> dropped,
         bool returnEnds);

/// All operations below the module that are not terminators, in the order of a
/// walk.
std::vector<mlir::Operation *> erasableOps(mlir::ModuleOp module);

/// Erases those operations whose results are not used or have an operand of
/// the same type to take their place.
void eraseOps(const std::vector<mlir::Operation *> &dropped);

/// Keeps the returned values at `kept`.
void keepOutputs(mlir::func::FuncOp function, const std::vector<size_t> &kept);

/// Sizes above 1 of dimensions of tensors and memory, the largest first.
std::set<int64_t, std::greater<int64_t>> findSizes(mlir::ModuleOp module);

/// Makes every dimension of size `from` one of size `to`, below it: types,
/// constants (their first elements stay) and scales along the dimension.
void shrinkSize(mlir::ModuleOp module, int64_t from, int64_t to);

} // namespace rowlock

#endif // ROWLOCK_LIB_REDUCE_IREDITS_H
