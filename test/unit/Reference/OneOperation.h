//===- OneOperation.h - Evaluates a single operation ------------*- C++ -*-===//
#ifndef ROWLOCK_TEST_UNIT_REFERENCE_ONEOPERATION_H
#define ROWLOCK_TEST_UNIT_REFERENCE_ONEOPERATION_H

#include "rowlock/Dialect/NN/IR/NN.h"
#include "rowlock/Reference/Evaluator.h"

#include "mlir/IR/Builders.h"
#include "mlir/IR/MLIRContext.h"

namespace rowlock {

/// A context with the dialects, and types and evaluation in it.
class OneOperation {
public:
  OneOperation();

  mlir::OpBuilder &builder() { return build; }
  mlir::RankedTensorType floats(llvm::ArrayRef<int64_t> shape);
  /// `bits` wide integers of scale `scale`, of the whole storage range.
  mlir::RankedTensorType quantised(llvm::ArrayRef<int64_t> shape, int bits,
                                   bool isSigned, double scale = 1,
                                   int64_t zeroPoint = 0);
  mlir::RankedTensorType integers(llvm::ArrayRef<int64_t> shape, int bits);

  /// The result of the operation that `make` creates from the arguments.
  using Make = llvm::function_ref<mlir::Value(mlir::ValueRange)>;
  RefTensor run(llvm::ArrayRef<RefTensor> inputs, Make make);

private:
  mlir::MLIRContext context;
  mlir::OpBuilder build;
};

} // namespace rowlock

#endif // ROWLOCK_TEST_UNIT_REFERENCE_ONEOPERATION_H
