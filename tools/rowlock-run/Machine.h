//===- Machine.h - What runs a program --------------------------*- C++ -*-===//
#ifndef ROWLOCK_TOOLS_ROWLOCK_RUN_MACHINE_H
#define ROWLOCK_TOOLS_ROWLOCK_RUN_MACHINE_H

#include "rowlock/Pipelines/DistinctPasses.h"
#include "rowlock/Runtime/HostDevice.h"
#include "rowlock/Simulator/Simulator.h"

#include <memory>
#include <vector>

namespace rowlock {

/// The accelerator model, or the host for programs of host commands alone.
class Machine {
public:
  Status create(const Program &program, const SimulatorOptions &options);
  Device &device();
  /// Null for the host.
  Simulator *simulator() { return sim.get(); }
  /// Collects distinct passes from now on.
  void watchPasses();

  /// Adds what the last run moved.
  void count();
  /// By layer; none without a simulator.
  const std::vector<EventCounts> &counts() const { return sums; }
  /// Null if they are not watched.
  const DistinctPasses *passes() const { return watched.get(); }

private:
  std::vector<EventCounts> sums;
  std::unique_ptr<DistinctPasses> watched;
  std::unique_ptr<Simulator> sim;
  std::unique_ptr<HostDevice> host;
};

} // namespace rowlock

#endif // ROWLOCK_TOOLS_ROWLOCK_RUN_MACHINE_H
