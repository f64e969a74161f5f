//===- ThreadedScope.h - Threads for a while --------------------*- C++ -*-===//
#ifndef ROWLOCK_LIB_PIPELINES_THREADEDSCOPE_H
#define ROWLOCK_LIB_PIPELINES_THREADEDSCOPE_H

#include "mlir/IR/MLIRContext.h"

namespace rowlock {

/// Gives a context a thread for each core while it lives. Elsewhere one thread
/// is faster: passes have one function to work on, and a context without
/// threads needs no locks.
class ThreadedScope {
public:
  explicit ThreadedScope(mlir::MLIRContext *context)
      : context(context), before(context->isMultithreadingEnabled()) {
    context->enableMultithreading();
  }
  ~ThreadedScope() { context->enableMultithreading(before); }

private:
  mlir::MLIRContext *context;
  bool before;
};

} // namespace rowlock

#endif // ROWLOCK_LIB_PIPELINES_THREADEDSCOPE_H
