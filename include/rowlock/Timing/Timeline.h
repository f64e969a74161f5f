//===- Timeline.h - Engines over time ---------------------------*- C++ -*-===//
//
// The five engines and the link they share, by the rules of
// docs/spec/timing.md: a command starts when its engine is free and its waits
// are met, lasts as long as what it asks for takes, and then signals. What the
// commands are, a `CommandSource` says: the simulator's walks a program and
// moves its data, that of `evaluate` walks the loops of a mapping.
//
//===----------------------------------------------------------------------===//
#ifndef ROWLOCK_TIMING_TIMELINE_H
#define ROWLOCK_TIMING_TIMELINE_H

#include "rowlock/Support/Result.h"
#include "rowlock/Timing/FilterDelivery.h"
#include "rowlock/Timing/PassTiming.h"

#include <array>
#include <memory>

namespace rowlock {

enum class Engine { Load, Filter, Array, Store, Host };
constexpr size_t engineCount = 5;
/// In the order in which they are asked whether they can go on.
constexpr std::array<Engine, engineCount> engines = {
    Engine::Load, Engine::Filter, Engine::Array, Engine::Store, Engine::Host};

/// What is the same for all passes of equal counts under one frame.
struct PassPlan {
  PassTime time;
  FilterDelivery filters;
};

/// What the next command of an engine asks for.
struct NextCommand {
  enum Kind {
    Nothing,   // it takes no time
    Transfer,  // of load and store
    Filters,   // a pass's filters, through the FIFO
    Configure, // frame `frame`
    Pass,      // with `streams`, of the filters that came through the FIFO
    Host
  } kind = Nothing;
  const PassPlan *plan = nullptr; // of Filters and Pass; outlives the timeline
  bool streams = false;
  int64_t frame = -1;
};

/// What executing a command moves.
struct CommandCost {
  double dramBytes = 0; // on the link: Transfer; Filters, records included
  double glbCycles = 0; // Transfer: that the banks need at least
  double hostCycles = 0;
};

/// A stretch of time in which engines and link do not change.
struct Stretch {
  double begin = 0, end = 0; // core cycles
  // Who moves data on the link.
  bool loads = false, filters = false, stores = false;
  /// Array, host and link are idle; loads or stores wait for GLB banks.
  bool banksAlone = false;
};

class CommandSource {
public:
  virtual ~CommandSource();

  /// True if the engine has a command and its waits are met.
  virtual bool ready(Engine engine) = 0;
  /// That command.
  virtual NextCommand next(Engine engine) = 0;
  /// Executes it: a pass, when its filters are in the spads.
  virtual Result<CommandCost> execute(Engine engine) = 0;
  /// It ran from `begin` to `end`, `filters` cycles of them for filters that
  /// its PEs lacked; the engine goes on to its next command.
  virtual void ended(Engine engine, double begin, double end,
                     double filters) = 0;
  /// Time passed: stretches follow one another without a gap.
  virtual void passed(const Stretch &stretch);
};

class Timeline {
public:
  Timeline(CommandSource &source, const TargetSpec &target,
           const TimingRules &rules = {});
  ~Timeline();
  /// Runs until no engine can go on. The first error of `execute` ends it.
  Status run();

private:
  class Run;
  std::unique_ptr<Run> state;
};

} // namespace rowlock

#endif // ROWLOCK_TIMING_TIMELINE_H
