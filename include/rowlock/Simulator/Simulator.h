//===- Simulator.h - The machine, counted and timed -------------*- C++ -*-===//
//
// Executes frames and commands as docs/spec/execution.md defines them, and
// nothing else: data go where the IDs, psum sources and counters of the frame
// send them, in the order that tokens allow, and take the time that
// docs/spec/timing.md says. Layers of the array are known by name only, for
// diagnostics.
//
//===----------------------------------------------------------------------===//
#ifndef ROWLOCK_SIMULATOR_SIMULATOR_H
#define ROWLOCK_SIMULATOR_SIMULATOR_H

#include "rowlock/Runtime/Device.h"
#include "rowlock/Simulator/Counts.h"
#include "rowlock/Timing/TimingRules.h"

#include <memory>
#include <optional>
#include <string>

namespace rowlock {

struct SimulatorOptions {
  /// 0: commands run in the order of modelled time. Any other seed: in a random
  /// order that tokens allow, untimed. Results must not depend on it.
  uint64_t orderSeed = 0;
  /// Steps through every cycle instead of computing event times, and tells of
  /// the cycles of a layer only `total`. For small programs.
  bool everyCycle = false;
  /// A run with `everyCycle` ends in an error after so many cycles; 0: never.
  int64_t maxCycles = 0;
  /// False: counts and times without inputs and results. Nothing is known of
  /// zeros, and run-length coded tensors count as if they were raw.
  bool data = true;
  /// In the order of modelled time, no layer begins before those before it have
  /// ended: each takes the time that it takes alone. Goes without `everyCycle`
  /// and `orderSeed`.
  bool layersApart = false;
  /// Others than the specified ones go without `everyCycle`.
  TimingRules rules;
};

class RunObserver;

/// Where an element of a tensor came from.
struct Producer {
  size_t store = 0;                // command
  std::optional<size_t> pass;      // command; none if no pass wrote the psum
  std::vector<int64_t> indices;    // loop indices of the pass
  int64_t peRow = 0, peColumn = 0; // the PE that sent the psum
};

class Simulator : public Device {
public:
  /// Fails if a host layer has no kernel, there is no memory, or options do not
  /// go together.
  static Result<std::unique_ptr<Simulator>>
  create(const Program &program, const SimulatorOptions &options = {});
  ~Simulator() override;

  const Program &program() const override;
  Status write(uint32_t tensor, const void *data, size_t bytes) override;
  Status read(uint32_t tensor, void *data, size_t bytes) override;
  /// An error names command, loop indices, layer and reason.
  Status run() override;

  /// Tells the observer, too, of all later runs that are timed by events; it
  /// must outlive them.
  void observe(RunObserver &observer);

  /// What the last run moved, in all and for each layer of the layer table.
  EventCounts counts() const;
  const std::vector<EventCounts> &layerCounts() const;

  /// Runs again on the inputs of the last run and tells what made an element
  /// (in logical row-major order) of a tensor, through copies on the host.
  /// Nothing if no store did. Needs `SimulatorOptions::data`.
  Result<std::optional<Producer>> findProducer(uint32_t tensor,
                                               int64_t element);

private:
  class Machine;
  class TimedRun;
  class ShuffledRun;
  class CycleRun;
  explicit Simulator(std::unique_ptr<Machine> machine);
  std::unique_ptr<Machine> machine;
};

} // namespace rowlock

#endif // ROWLOCK_SIMULATOR_SIMULATOR_H
