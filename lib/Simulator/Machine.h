//===- Machine.h - Engines, tokens and state --------------------*- C++ -*-===//
#ifndef ROWLOCK_LIB_SIMULATOR_MACHINE_H
#define ROWLOCK_LIB_SIMULATOR_MACHINE_H

#include "CommandWalker.h"
#include "PassRunner.h"
#include "Transfers.h"

#include "rowlock/Runtime/HostLayers.h"
#include "rowlock/Simulator/RunObserver.h"
#include "rowlock/Simulator/Simulator.h"

#include <deque>
#include <memory>
#include <optional>

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
  std::vector<RunObserver *> observers;

private:
  friend class Simulator::TimedRun;
  friend class Simulator::ShuffledRun;
  friend class Simulator::CycleRun;

  /// The pass that wrote a psum word last.
  struct Writer {
    size_t command = 0;
    std::vector<int64_t> indices;
    size_t pe = 0;
  };

  void reset();
  /// True if the engine has a command there and its waits are met; those of
  /// filters are asked for apart.
  bool ready(Engine engine, const CommandWalker &walker) const;
  bool filtersReady(const CommandWalker &walker) const;
  bool met(const flatbuffers::Vector<flatbuffers::Offset<fb::Wait>> *waits,
           const CommandWalker &walker) const;
  /// Executes the command there; its error says where.
  Result<Moved> execute(Engine engine, const CommandWalker &walker);
  Result<Moved> executeHere(Engine engine, const CommandWalker &walker);
  void signal(const CommandWalker &walker);
  /// The command there has ended at that time.
  void noteEnd(const CommandWalker &walker, double now);
  /// Layers take, one behind the other, the time up to their own end.
  void sumLayers();
  Result<Moved> stream(const CommandWalker &walker);
  Status takeRecords(const fb::Pass &command, const CommandWalker &walker);
  Status pass(const CommandWalker &walker);
  Result<Moved> load(const CommandWalker &walker);
  Result<Moved> store(const CommandWalker &walker);
  Status configure(const fb::Configure &command);

  /// The actual counts of the pass there.
  PassCounts countsOf(const CommandWalker &walker) const;
  /// They, if the pass's filter box comes through the FIFO.
  std::optional<PassCounts> streamedBy(const CommandWalker &walker) const;
  /// Of the frame that the pass there will run with.
  const ArrayConfiguration &
  plannedConfiguration(const CommandWalker &walker) const {
    return *configurations[size_t(frameOfCommand[walker.index()])];
  }
  /// An error that names the commands that are left.
  Status checkDone(const std::vector<CommandWalker> &walkers) const;
  std::string describe(const CommandWalker &walker) const;
  TransferState state() {
    return {program, program.target(), memory, options.data};
  }

  HostLayers layers;
  CommandList list;
  GlobalBuffer glb;
  PassRunner array;
  std::vector<std::unique_ptr<ArrayConfiguration>> configurations;
  const ArrayConfiguration *configuration = nullptr;
  std::vector<int64_t> tokens, records;
  std::deque<FilterBlock> fifo;
  /// The layer that each command belongs to. Commands of none count for a last
  /// entry behind the layers.
  std::vector<uint32_t> layerOfCommand;
  EventCounts &layerCounts(const CommandWalker &walker) {
    return counts[layerOfCommand[walker.index()]];
  }
  std::vector<int64_t> frameOfCommand;
  std::vector<double> layerEnds;                // core cycles
  std::vector<std::shared_ptr<Writer>> writers; // per psum word, when watching
};

} // namespace rowlock

#endif // ROWLOCK_LIB_SIMULATOR_MACHINE_H
