//===- RunObserver.h - What a run does, command by command ------*- C++ -*-===//
#ifndef ROWLOCK_SIMULATOR_RUNOBSERVER_H
#define ROWLOCK_SIMULATOR_RUNOBSERVER_H

#include "rowlock/Simulator/Counts.h"
#include "rowlock/Simulator/PassCounts.h"
#include "rowlock/Timing/Timeline.h"

#include <optional>

namespace rowlock {

/// A command that an engine has executed.
struct ExecutedCommand {
  Engine engine = Engine::Load;
  NextCommand::Kind kind = NextCommand::Nothing; // never that: void commands
                                                 // are not told of
  size_t command = 0;                            // in the program's list
  size_t layer = 0;          // of the layer table; its size: of no layer
  double begin = 0, end = 0; // core cycles since the run began
  int64_t dramBytes = 0;     // on the link
  bool psums = false;        // a load of raw psums, not of ifmaps
  /// What it moved. Of `cycles`: its own causes; `dramWait` of a pass is the
  /// wait for its filters, once begun. `total` stays 0.
  EventCounts counts;
  // Of a pass and of filters: frame and actual sizes, by which passes are told
  // apart.
  int64_t frame = -1;
  std::optional<PassCounts> pass;
};

/// Told of a run while it goes on, in the order of modelled time. What it is
/// handed lives for the call only.
class RunObserver {
public:
  virtual ~RunObserver();
  /// A run begins; cycles count from 0 again.
  virtual void begun() {}
  virtual void executed(const ExecutedCommand &command) = 0;
  /// Time passed; stretches follow one another without a gap.
  virtual void passed(const Stretch &stretch) {}
};

} // namespace rowlock

#endif // ROWLOCK_SIMULATOR_RUNOBSERVER_H
