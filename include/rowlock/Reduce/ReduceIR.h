//===- ReduceIR.h - The smallest IR that still does -------------*- C++ -*-===//
#ifndef ROWLOCK_REDUCE_REDUCEIR_H
#define ROWLOCK_REDUCE_REDUCEIR_H

#include "rowlock/Reduce/Oracle.h"

#include "mlir/IR/MLIRContext.h"

namespace rowlock {

/// Reduces the IR in the file at `path` (text or bytecode), in rounds until
/// nothing goes any more:
///
///   operations   results of those left out become arguments, and results that
///                nobody uses any more are returned; inside other operations, a
///                result gives way to an operand of its type
///   outputs      returned values
///   attributes   that the operation verifies without
///   sizes        all dimensions of one size at once, constants cut to them
///   locations
///
/// Candidates verify, unless the file itself does not. The smallest is in the
/// oracle's file. An error if the file cannot be parsed or is not interesting.
Status reduceIR(const std::string &path, mlir::MLIRContext &context,
                Oracle &oracle);

} // namespace rowlock

#endif // ROWLOCK_REDUCE_REDUCEIR_H
