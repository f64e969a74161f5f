//===- Profile.h - What a run on the simulator cost -------------*- C++ -*-===//
#ifndef ROWLOCK_PIPELINES_PROFILE_H
#define ROWLOCK_PIPELINES_PROFILE_H

#include "rowlock/Program/Program.h"
#include "rowlock/Simulator/Counts.h"

#include <string>
#include <vector>

namespace rowlock {

/// Two tables: what each layer on the array moved and its energy, and where the
/// time of every layer went; `counts` are the simulator's, by layer.
std::string profileTable(const Program &program,
                         const std::vector<EventCounts> &counts);

/// The same as JSON: docs/spec/profile.md.
std::string profileJSON(const Program &program,
                        const std::vector<EventCounts> &counts);

} // namespace rowlock

#endif // ROWLOCK_PIPELINES_PROFILE_H
