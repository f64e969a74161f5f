//===- Child.h - A process with limits --------------------------*- C++ -*-===//
//
// What may crash, hang or eat memory runs in a child:
//
//   Result<ChildResult> ran = runChild({"rowlock-opt", "x.mlir"}, {10, 4096});
//   if (ran && ran->signal)
//     ... // it crashed; this process did not
//
//===----------------------------------------------------------------------===//
#ifndef ROWLOCK_REDUCE_CHILD_H
#define ROWLOCK_REDUCE_CHILD_H

#include "rowlock/Support/Result.h"

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace rowlock {

struct ChildLimits {
  double seconds = 60;      // of wall time
  int64_t mebibytes = 4096; // of address space; 0: no limit
};

struct ChildResult {
  int exitCode = 0; // where it ended by itself
  int signal = 0;   // that ended it, else 0
  bool timedOut = false, stopped = false;
  std::string errors; // the first 64 KiB of what it wrote to standard error
};

/// Runs a command, found in the path, to its end; its output but for errors is
/// thrown away. At a limit, or once `shouldStop` is true (it is asked when a
/// signal arrives), it is killed together with the processes that it started.
/// An error if no process can be made; a command that does not exist ends
/// with exit code 127.
Result<ChildResult> runChild(const std::vector<std::string> &command,
                             const ChildLimits &limits,
                             const std::function<bool()> &shouldStop = {});

/// The same for a function in a copy of this process, which must have one
/// thread; the child ends with what it returns as exit code.
Result<ChildResult> runChild(const std::function<int()> &body,
                             const ChildLimits &limits,
                             const std::function<bool()> &shouldStop = {});

} // namespace rowlock

#endif // ROWLOCK_REDUCE_CHILD_H
