//===- Check.h - Tests that check themselves --------------------*- C++ -*-===//
//
// Tests of the evaluator hold what they expect:
//
//   %0 = nn.add %a, %b : (tensor<2xf32>, tensor<2xf32>) -> tensor<2xf32>
//   check.expect_eq %0, %sum : tensor<2xf32>
//
//===----------------------------------------------------------------------===//
#ifndef ROWLOCK_TEST_LIB_CHECK_CHECK_H
#define ROWLOCK_TEST_LIB_CHECK_CHECK_H

#include "rowlock/Reference/Evaluator.h"

#include "mlir/IR/BuiltinAttributes.h"
#include "mlir/IR/BuiltinTypes.h"
#include "mlir/IR/Dialect.h"
#include "mlir/IR/OpDefinition.h"
#include "mlir/IR/OpImplementation.h"

#include "Check/CheckDialect.h.inc"

#define GET_OP_CLASSES
#include "Check/CheckOps.h.inc"

namespace rowlock::check {

/// An `Evaluator::Visitor`: fails, with an error at the operation that names
/// the first element that is not as expected, or for operations of others.
mlir::LogicalResult visit(mlir::Operation *op,
                          llvm::ArrayRef<const RefTensor *> operands);

} // namespace rowlock::check

#endif // ROWLOCK_TEST_LIB_CHECK_CHECK_H
