//===- TraceCheck.h - What a trace must say of a run ------------*- C++ -*-===//
#ifndef ROWLOCK_TEST_UNIT_PIPELINES_TRACECHECK_H
#define ROWLOCK_TEST_UNIT_PIPELINES_TRACECHECK_H

#include "rowlock/Pipelines/Trace.h"

namespace rowlock {

/// `trace` is of the only run of a program and ends with it; its slices do not
/// overlap on a track, and their sums are the run's `counts`. The link moves
/// what engines ask of it, in whole words.
void checkTrace(const Program &program, const Trace &trace,
                const EventCounts &counts);

} // namespace rowlock

#endif // ROWLOCK_TEST_UNIT_PIPELINES_TRACECHECK_H
