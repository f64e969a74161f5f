//===- ShuffledRun.h - Engines in random order ------------------*- C++ -*-===//
//
// Runs a machine's commands in a random order among those that tokens and the
// filter FIFO allow: what comes out must not depend on it.
//
//===----------------------------------------------------------------------===//
#ifndef ROWLOCK_LIB_SIMULATOR_SHUFFLEDRUN_H
#define ROWLOCK_LIB_SIMULATOR_SHUFFLEDRUN_H

#include "Machine.h"

#include <random>

namespace rowlock {

class Simulator::ShuffledRun {
public:
  explicit ShuffledRun(Machine &machine)
      : machine(machine), random(machine.options.orderSeed) {}
  Status run();

private:
  bool able(Engine engine, const CommandWalker &walker) const;

  Machine &machine;
  std::mt19937_64 random;
};

} // namespace rowlock

#endif // ROWLOCK_LIB_SIMULATOR_SHUFFLEDRUN_H
