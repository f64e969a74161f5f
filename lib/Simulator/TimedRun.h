//===- TimedRun.h - Engines over time ---------------------------*- C++ -*-===//
//
// Runs a machine's commands in the order of time: each starts when its engine
// is free and its waits are met, and lasts as docs/spec/timing.md says. Data
// move when a command starts; its tokens count when it ends.
//
//===----------------------------------------------------------------------===//
#ifndef ROWLOCK_LIB_SIMULATOR_TIMEDRUN_H
#define ROWLOCK_LIB_SIMULATOR_TIMEDRUN_H

#include "FilterStream.h"
#include "Link.h"
#include "Machine.h"
#include "PassTiming.h"

#include <map>
#include <memory>

namespace rowlock {

class Simulator::TimedRun {
public:
  explicit TimedRun(Machine &machine);
  Status run();

private:
  /// What an engine is at.
  struct Activity {
    bool busy = false;
    double begin = 0;
    double end = 0; // not before; transfers wait for the link as well
  };
  /// What follows from the counts of a pass under a frame.
  struct Plan {
    PassTime time;
    FilterDelivery filters;
  };

  const Plan &planOf(const ArrayConfiguration &configuration,
                     const PassCounts &counts);
  /// Each makes its engine busy, unless it has to wait.
  Status start(Engine engine);
  Status startTransfer(Engine engine);
  Status startFilters();
  Status startArray();
  Status startHost();
  Status runPass();
  Status finish(Engine engine);
  bool over(Engine engine) const;
  double nextEvent() const;
  void advance(double cycles);

  CommandWalker &walker(Engine engine) { return walkers[size_t(engine)]; }
  Activity &activity(Engine engine) { return activities[size_t(engine)]; }
  CycleCounts &cycles(Engine engine) {
    return machine.layerCounts(walker(engine)).cycles;
  }

  Machine &machine;
  const TargetSpec &target;
  Link link;
  FilterStream filters;
  double now = 0;
  std::vector<CommandWalker> walkers;
  std::array<Activity, engineCount> activities;
  bool gathering = false; // a pass waits for its filters
  std::map<std::pair<const ArrayConfiguration *, PassCounts>, Plan> plans;
};

} // namespace rowlock

#endif // ROWLOCK_LIB_SIMULATOR_TIMEDRUN_H
