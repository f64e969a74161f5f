//===- ReduceMain.h - The tool, with any dialects ---------------*- C++ -*-===//
#ifndef ROWLOCK_TOOLS_ROWLOCK_REDUCE_REDUCEMAIN_H
#define ROWLOCK_TOOLS_ROWLOCK_REDUCE_REDUCEMAIN_H

#include "mlir/IR/DialectRegistry.h"

namespace rowlock {

/// The tool as a function; passes that --pipeline may name are registered
/// before. Returns the exit code: 0 if something was found to reduce, 1 after
/// one error line, 130 if interrupted, with the smallest found kept.
int reduceMain(int argc, char **argv, mlir::DialectRegistry &registry);

} // namespace rowlock

#endif // ROWLOCK_TOOLS_ROWLOCK_REDUCE_REDUCEMAIN_H
