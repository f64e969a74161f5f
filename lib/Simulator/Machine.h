//===- Machine.h - Engines, tokens and state --------------------*- C++ -*-===//
#ifndef ROWLOCK_LIB_SIMULATOR_MACHINE_H
#define ROWLOCK_LIB_SIMULATOR_MACHINE_H

#include "CommandWalker.h"
#include "PassRunner.h"
#include "Transfers.h"

#include "rowlock/Runtime/HostLayers.h"
#include "rowlock/Simulator/Simulator.h"

#include <deque>
#include <memory>
#include <random>

namespace rowlock {

class Simulator::Machine {
public:
  Machine(const Program &program, const SimulatorOptions &options,
          Memory memory, HostLayers layers);

  Status run();

  /// What `findProducer` looks for while a run goes on.
  struct Watch {
    uint32_t tensor;
    int64_t element;
    std::optional<Producer> found;
  };

  Program program;
  SimulatorOptions options;
  Memory memory;
  std::vector<EventCounts> counts; // per layer
  Watch *watch = nullptr;

private:
  /// The pass that wrote a psum word last.
  struct Writer {
    size_t command = 0;
    std::vector<int64_t> indices;
    size_t pe = 0;
  };

  void reset();
  bool ready(Engine engine, const CommandWalker &walker) const;
  bool met(const flatbuffers::Vector<flatbuffers::Offset<fb::Wait>> *waits,
           const CommandWalker &walker) const;
  Status step(Engine engine, CommandWalker &walker);
  Status execute(Engine engine, const CommandWalker &walker);
  void signal(const CommandWalker &walker);
  Status stream(const CommandWalker &walker);
  Status pass(const CommandWalker &walker);
  Status load(const CommandWalker &walker);
  Status store(const CommandWalker &walker);
  Status configure(const fb::Configure &command);

  PassCounts countsOf(const fb::Pass &pass, LoopIndices at) const;
  bool streams(const fb::Pass &pass, LoopIndices at) const;
  Status deadlock(const std::vector<CommandWalker> &walkers) const;
  std::string describe(const CommandWalker &walker) const;
  TransferState state() { return {program, program.target(), memory}; }

  HostLayers layers;
  CommandList list;
  GlobalBuffer glb;
  PassRunner array;
  std::vector<std::unique_ptr<ArrayConfiguration>> configurations;
  const ArrayConfiguration *configuration = nullptr;
  std::vector<int64_t> tokens, records;
  std::deque<FilterBlock> fifo;
  int64_t fifoWords = 0;
  /// The layer that each command belongs to. Commands of none count for a last
  /// entry behind the layers.
  std::vector<uint32_t> layerOfCommand;
  EventCounts &layerCounts(const CommandWalker &walker) {
    return counts[layerOfCommand[walker.index()]];
  }
  // The frame that the pass at which the filter engine stands will run with.
  std::vector<int64_t> frameOfCommand;
  std::vector<std::shared_ptr<Writer>> writers; // per psum word, when watching
  std::mt19937_64 random;
};

} // namespace rowlock

#endif // ROWLOCK_LIB_SIMULATOR_MACHINE_H
