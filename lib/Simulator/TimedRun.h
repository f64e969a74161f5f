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
  void passed(const Stretch &stretch) override;

  bool mayBegin(const CommandWalker &at) const;
  /// Cycles by cause of a command that ended.
  static CycleCounts cyclesOf(const NextCommand &command, double begin,
                              double end, double filters);
  /// Of each layer what lies between the end of those before and its own.
  void sumCauses();
  void tell(Engine engine, double begin, double end, const CycleCounts &cycles);
  const PassPlan &planOf(const CommandWalker &walker, const PassCounts &counts);
  CommandWalker &walker(Engine engine) { return walkers[size_t(engine)]; }

  Machine &machine;
  const TargetSpec &target;
  std::vector<CommandWalker> walkers;
  std::array<NextCommand, engineCount> commands; // that engines are at
  PassPlans plans;
  // Of what engines are at: what executing it moved, and on the link.
  std::array<EventCounts, engineCount> moved;
  std::array<int64_t, engineCount> linkBytes = {};
  /// A command whose time in its layer is known when all have ended.
  struct Span {
    size_t layer;
    double begin, end;
    double CycleCounts::*cause;
  };
  std::vector<Span> spans;
  // Cycles so far in which GLB banks alone worked; at the end of each layer.
  double banksAlone = 0;
  std::vector<double> banksAloneAtEnd;
};

} // namespace rowlock

#endif // ROWLOCK_LIB_SIMULATOR_TIMEDRUN_H
