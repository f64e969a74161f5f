//===- TimedRun.cpp - A program over time ---------------------------------===//
#include "TimedRun.h"

#include "HostTiming.h"

#include <algorithm>
#include <cmath>

using namespace rowlock;

Simulator::TimedRun::TimedRun(Machine &machine)
    : machine(machine), target(machine.program.target()),
      plans(target, machine.options.rules) {
  for (Engine engine : engines)
    walkers.emplace_back(machine.list, engine);
}

const PassPlan &Simulator::TimedRun::planOf(const CommandWalker &walker,
                                            const PassCounts &counts) {
  return plans.get(machine.frameOfCommand[walker.index()],
                   machine.plannedConfiguration(walker), counts);
}

/// With layers apart, no layer before that of the command has commands left.
bool Simulator::TimedRun::mayBegin(const CommandWalker &at) const {
  return !machine.options.layersApart ||
         std::all_of(
             walkers.begin(), walkers.end(), [&](const CommandWalker &other) {
               return other.done() || machine.layerOfCommand[other.index()] >=
                                          machine.layerOfCommand[at.index()];
             });
}

bool Simulator::TimedRun::ready(Engine engine) {
  const CommandWalker &at = walker(engine);
  return machine.ready(engine, at) && mayBegin(at) &&
         (engine != Engine::Filter || !machine.streamedBy(at) ||
          machine.filtersReady(at));
}

NextCommand Simulator::TimedRun::next(Engine engine) {
  const CommandWalker &at = walker(engine);
  NextCommand next;
  switch (engine) {
  case Engine::Load:
  case Engine::Store:
    next.kind = NextCommand::Transfer;
    break;
  case Engine::Host:
    next.kind = NextCommand::Host;
    break;
  case Engine::Filter:
    if (std::optional<PassCounts> counts = machine.streamedBy(at)) {
      next.kind = NextCommand::Filters;
      next.plan = &planOf(at, *counts);
    }
    break;
  case Engine::Array:
    if (const fb::Configure *command = at.command().operation_as_Configure()) {
      next.kind = NextCommand::Configure;
      next.frame = command->frame();
      break;
    }
    if (PassCounts counts = machine.countsOf(at); !counts.isVoid()) {
      next.kind = NextCommand::Pass;
      next.plan = &planOf(at, counts);
      next.streams = machine.streamedBy(at).has_value();
    }
    break;
  }
  return commands[size_t(engine)] = next;
}

Result<CommandCost> Simulator::TimedRun::execute(Engine engine) {
  const CommandWalker &at = walker(engine);
  auto moved = machine.execute(engine, at);
  if (!moved)
    return moved.takeStatus();
  CommandCost cost;
  cost.dramBytes = double(moved->dramBytes);
  // Each bank of the region takes or gives a 64-bit word in a cycle.
  cost.glbCycles =
      std::ceil(double(moved->glbBytes) / 8 / double(moved->banks));
  if (engine == Engine::Host)
    cost.hostCycles =
        hostCycles(machine.program, at.command().operation_as_Host()->layer());
  return cost;
}

void Simulator::TimedRun::ended(Engine engine, double begin, double end,
                                double filters) {
  CommandWalker &at = walker(engine);
  const NextCommand &command = commands[size_t(engine)];
  CycleCounts &sum = machine.layerCounts(at).cycles;
  if (command.kind == NextCommand::Configure)
    sum.configuration += end - begin;
  if (command.kind == NextCommand::Host)
    sum.host += end - begin;
  if (command.kind == NextCommand::Pass) {
    const PassTime &time = command.plan->time;
    sum.rampUp += filters + double(time.rampUp);
    sum.mac += double(time.mac);
    sum.network += double(time.network);
    sum.drain += double(time.drain);
  }
  if (engine != Engine::Filter)
    machine.signal(at);
  machine.noteEnd(at, end);
  at.advance();
}

Status Simulator::TimedRun::run() {
  if (Status ran = Timeline(*this, target, machine.options.rules).run(); !ran)
    return ran;
  machine.sumLayers();
  for (EventCounts &layer : machine.counts) {
    CycleCounts &sum = layer.cycles;
    sum.dramWait = std::max(0.0, sum.total - sum.configuration -
                                     sum.processing() - sum.host);
  }
  return machine.checkDone(walkers);
}
