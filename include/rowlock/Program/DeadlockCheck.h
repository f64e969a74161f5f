//===- DeadlockCheck.h - Do all engines finish ------------------*- C++ -*-===//
//
// Runs tokens, engines and the occupancy of the filter FIFO over the loop nests
// with counters only. Waiting is monotone (counters only grow, engines are in
// order), so one run decides: if it finishes, every run does, whatever the
// timing. Takes time linear in the commands that run.
//
//===----------------------------------------------------------------------===//
#ifndef ROWLOCK_PROGRAM_DEADLOCKCHECK_H
#define ROWLOCK_PROGRAM_DEADLOCKCHECK_H

#include "rowlock/Program/program_generated.h"
#include "rowlock/Support/Result.h"
#include "rowlock/Target/TargetSpec.h"

#include <cstdint>

namespace rowlock {

/// The deepest nest of loops.
constexpr size_t maxLoopDepth = 32;

/// Refuses a program that would deadlock or overflow a token; the error names
/// each engine that waits, its command, the token, the value it waits for and
/// the one it has. On the way it refuses commands whose boxes leave a tensor,
/// a GLB region, the spads or the record memory at the indices that they run
/// with, commands that run under another frame than the last before them in the
/// list, and more than `maxWork` words, MACs and host operations in all.
/// `program` is sound otherwise. Part of `Program::open`.
Status checkDeadlock(const fb::Program &program, const TargetSpec &target,
                     uint64_t maxWork);

} // namespace rowlock

#endif // ROWLOCK_PROGRAM_DEADLOCKCHECK_H
