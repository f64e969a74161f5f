//===- TimedRun.h - A program over time -------------------------*- C++ -*-===//
//
// Runs a machine's commands in the order of time (docs/spec/timing.md). Data
// move when a command starts; its tokens count when it ends.
//
//===----------------------------------------------------------------------===//
#ifndef ROWLOCK_LIB_SIMULATOR_TIMEDRUN_H
#define ROWLOCK_LIB_SIMULATOR_TIMEDRUN_H

#include "Machine.h"
#include "PassPlans.h"

namespace rowlock {

class Simulator::TimedRun : CommandSource {
public:
  explicit TimedRun(Machine &machine);
  Status run();

private:
  bool ready(Engine engine) override;
  NextCommand next(Engine engine) override;
  Result<CommandCost> execute(Engine engine) override;
  void ended(Engine engine, double begin, double end, double filters) override;

  bool mayBegin(const CommandWalker &at) const;
  const PassPlan &planOf(const CommandWalker &walker, const PassCounts &counts);
  CommandWalker &walker(Engine engine) { return walkers[size_t(engine)]; }

  Machine &machine;
  const TargetSpec &target;
  std::vector<CommandWalker> walkers;
  std::array<NextCommand, engineCount> commands; // that engines are at
  PassPlans plans;
};

} // namespace rowlock

#endif // ROWLOCK_LIB_SIMULATOR_TIMEDRUN_H
