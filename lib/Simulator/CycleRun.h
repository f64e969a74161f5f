//===- CycleRun.h - Engines, cycle by cycle ---------------------*- C++ -*-===//
//
// The literal judge of TimedRun.h, for small programs: every core cycle is
// stepped through, with every word on the link and on the networks. It counts
// on its own. A count that is not the machine's is an error, and so is a pass
// that takes another time than lib/Timing says; engines may differ by less
// than a link word a transfer, because Timeline.h shares the link evenly.
//
//===----------------------------------------------------------------------===//
#ifndef ROWLOCK_LIB_SIMULATOR_CYCLERUN_H
#define ROWLOCK_LIB_SIMULATOR_CYCLERUN_H

#include "CycleFilters.h"
#include "CyclePass.h"
#include "Machine.h"

#include <array>

namespace rowlock {

class Simulator::CycleRun {
public:
  explicit CycleRun(Machine &machine);
  Status run();

private:
  struct Activity {
    bool busy = false;
    int64_t cyclesLeft = 0; // of time that passes whatever happens
    int64_t bytesLeft = 0;  // on the link
  };
  Status start(Engine engine);
  Status startPass();
  bool over(Engine engine) const;
  Status finish(Engine engine);
  Status finishPass();
  void step();
  void grantLink(double time);
  bool deliverLink();
  Status checkCounts() const;

  CommandWalker &walker(Engine engine) { return walkers[size_t(engine)]; }
  Activity &activity(Engine engine) { return activities[size_t(engine)]; }

  Machine &machine;
  const TargetSpec &target;
  CycleFilters filters;
  std::optional<CyclePass> pass;
  int64_t passBegin = 0;
  bool gathering = false;
  std::vector<CommandWalker> walkers;
  std::array<Activity, engineCount> activities;
  int64_t now = 0;
  // The word on the link.
  std::optional<size_t> linkUser;
  double linkUntil = 0;
  size_t turn = 0; // who is asked first for the next
  bool moved = true;
  EventCounts events;
};

} // namespace rowlock

#endif // ROWLOCK_LIB_SIMULATOR_CYCLERUN_H
