//===- ShuffledRun.cpp - Engines in random order --------------------------===//
#include "ShuffledRun.h"

using namespace rowlock;

bool Simulator::ShuffledRun::able(Engine engine,
                                  const CommandWalker &walker) const {
  if (!machine.ready(engine, walker))
    return false;
  const fb::Pass *pass = walker.command().operation_as_Pass();
  std::optional<PassCounts> streamed;
  if (pass)
    streamed = machine.streamedBy(walker);
  if (!streamed)
    return true;
  if (engine == Engine::Array)
    return !machine.fifo.empty();
  const ArrayConfiguration &planned = machine.plannedConfiguration(walker);
  const TargetSpec &target = machine.program.target();
  double words =
      double(streamed->groups) * double(streamed->filters) *
      double(streamed->channels) *
      double(planned.frame.filter_height * planned.frame.filter_width);
  for (const FilterBlock &block : machine.fifo)
    words += double(block.words.size());
  double capacity = double(target.filter_banks * target.bank_bytes) /
                    double(target.operandBytes(planned.mode16));
  return machine.filtersReady(walker) &&
         (machine.fifo.empty() || words <= capacity);
}

Status Simulator::ShuffledRun::run() {
  std::vector<CommandWalker> walkers;
  walkers.reserve(engineCount);
  for (size_t k = 0; k < engineCount; ++k)
    walkers.emplace_back(machine.list, Engine(k));
  while (true) {
    std::vector<size_t> all;
    for (size_t k = 0; k < engineCount; ++k)
      if (able(Engine(k), walkers[k]))
        all.push_back(k);
    if (all.empty())
      return machine.checkDone(walkers);
    Engine engine = Engine(all[random() % all.size()]);
    CommandWalker &walker = walkers[size_t(engine)];
    if (auto done = machine.execute(engine, walker); !done)
      return done.takeStatus();
    if (engine != Engine::Filter)
      machine.signal(walker);
    walker.advance();
  }
}
