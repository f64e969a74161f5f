//===- ObservedRun.h - What observers and views must agree on ---*- C++ -*-===//
#ifndef ROWLOCK_TEST_UNIT_PIPELINES_OBSERVEDRUN_H
#define ROWLOCK_TEST_UNIT_PIPELINES_OBSERVEDRUN_H

#include "rowlock/Pipelines/DistinctPasses.h"
#include "rowlock/Program/Program.h"

namespace rowlock {

/// Distinct passes and the other commands add up to what each layer counted,
/// and a pass does what its sizes say.
void checkPasses(const Program &program, const DistinctPasses &passes,
                 const std::vector<EventCounts> &layers);

/// `viewPass` of some passes of each layer says of each PE what comes to it
/// when every datum goes where its tag (docs/spec/execution.md) is an ID.
void checkViews(const Program &program);

} // namespace rowlock

#endif // ROWLOCK_TEST_UNIT_PIPELINES_OBSERVEDRUN_H
