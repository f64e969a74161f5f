//===- Profile.h - What a run on the simulator cost -------------*- C++ -*-===//
#ifndef ROWLOCK_PIPELINES_PROFILE_H
#define ROWLOCK_PIPELINES_PROFILE_H

#include "rowlock/Pipelines/DistinctPasses.h"
#include "rowlock/Program/Program.h"
#include "rowlock/Simulator/Counts.h"

#include <string>
#include <vector>

namespace rowlock {

/// Tables by layer: what it moved and its energy; reads and writes of each
/// memory; where the time went.
std::string profileTable(const Program &program,
                         const std::vector<EventCounts> &counts);

/// A table with a line for each distinct pass of each layer.
std::string passTable(const Program &program, const DistinctPasses &passes);

/// All of it as JSON: docs/spec/profile.md. Null: nobody watched the passes.
std::string profileJSON(const Program &program,
                        const std::vector<EventCounts> &counts,
                        const DistinctPasses *passes);

} // namespace rowlock

#endif // ROWLOCK_PIPELINES_PROFILE_H
