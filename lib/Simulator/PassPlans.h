//===- PassPlans.h - What frames make of passes -----------------*- C++ -*-===//
//
// Reads off a frame's IDs and psum sources who takes part in a pass, so that
// lib/Timing can say how long it takes.
//
//===----------------------------------------------------------------------===//
#ifndef ROWLOCK_LIB_SIMULATOR_PASSPLANS_H
#define ROWLOCK_LIB_SIMULATOR_PASSPLANS_H

#include "ArrayConfiguration.h"

#include "rowlock/Simulator/PassCounts.h"
#include "rowlock/Timing/Timeline.h"

#include <map>

namespace rowlock {

PassTime timePass(const ArrayConfiguration &configuration,
                  const PassCounts &counts, const TargetSpec &target,
                  const TimingRules &rules = {});

/// The plan of each distinct pass, computed once.
class PassPlans {
public:
  PassPlans(const TargetSpec &target, const TimingRules &rules)
      : target(target), rules(rules) {}
  /// `configuration` is frame number `frame`. The plan outlives later calls.
  const PassPlan &get(int64_t frame, const ArrayConfiguration &configuration,
                      const PassCounts &counts);

private:
  const TargetSpec &target;
  const TimingRules &rules;
  std::map<std::pair<int64_t, PassCounts>, PassPlan> plans;
};

} // namespace rowlock

#endif // ROWLOCK_LIB_SIMULATOR_PASSPLANS_H
