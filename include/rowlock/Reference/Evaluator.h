//===- Evaluator.h - What a network means -----------------------*- C++ -*-===//
//
// The judge: naive loops for every nn operation, written from docs/numerics.md
// and sharing no code with lowerings, devices or host kernels.
//
//===----------------------------------------------------------------------===//
#ifndef ROWLOCK_REFERENCE_EVALUATOR_H
#define ROWLOCK_REFERENCE_EVALUATOR_H

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/BuiltinTypes.h"

#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/STLFunctionalExtras.h"

#include <vector>

namespace rowlock {

/// A tensor's elements in row-major order: `floats` for f32 and
/// floats of 16 and 8 bits, `doubles` for f64, `integers` for all other types
/// (storage integers of quantised ones, the bits of ui64, 0 and 1 of i1).
struct RefTensor {
  mlir::RankedTensorType type;
  std::vector<float> floats;
  std::vector<int64_t> integers;
  /// Of a layer in 16-bit fixed point: elements whose psum left 16 bits.
  int64_t wraps = 0;
  std::vector<double> doubles = {};
};

/// Evaluates one function of nn operations in one block.
class Evaluator {
public:
  /// Reads the constants. `function` must outlive the evaluator.
  explicit Evaluator(mlir::func::FuncOp function);

  /// Called with every value that is computed (constants excepted).
  using Observer = llvm::function_ref<void(mlir::Value, const RefTensor &)>;
  /// Called for operations without results that are not nn's (checks of tests);
  /// fails where the operation fails or is unknown.
  using Visitor = llvm::function_ref<mlir::LogicalResult(
      mlir::Operation *, llvm::ArrayRef<const RefTensor *>)>;

  /// The returned tensors. Fails, with an error at the operation, for inputs
  /// of another type than the function's and for unknown operations.
  mlir::FailureOr<std::vector<RefTensor>> run(llvm::ArrayRef<RefTensor> inputs,
                                              Observer observer = nullptr,
                                              Visitor visitor = nullptr) const;

private:
  mlir::func::FuncOp function;
  llvm::DenseMap<mlir::Value, RefTensor> constants;
};

} // namespace rowlock

#endif // ROWLOCK_REFERENCE_EVALUATOR_H
