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
  // Counted apart from what its layer has moved before.
  EventCounts before = std::exchange(machine.layerCounts(at), EventCounts());
  auto done = machine.execute(engine, at);
  moved[size_t(engine)] = std::exchange(machine.layerCounts(at), before);
  machine.layerCounts(at) += moved[size_t(engine)];
  if (!done)
    return done.takeStatus();
  linkBytes[size_t(engine)] = done->dramBytes;
  CommandCost cost;
  cost.dramBytes = double(done->dramBytes);
  // Each bank of the region takes or gives a 64-bit word in a cycle.
  cost.glbCycles = std::ceil(double(done->glbBytes) / 8 / double(done->banks));
  if (engine == Engine::Host)
    cost.hostCycles =
        hostCycles(machine.program, at.command().operation_as_Host()->layer());
  return cost;
}

CycleCounts Simulator::TimedRun::cyclesOf(const NextCommand &command,
                                          double begin, double end,
                                          double filters) {
  CycleCounts cycles;
  if (command.kind == NextCommand::Configure)
    cycles.configuration = end - begin;
  if (command.kind == NextCommand::Host)
    cycles.host = end - begin;
  if (command.kind == NextCommand::Pass) {
    const PassTime &time = command.plan->time;
    cycles.rampUp = filters + double(time.rampUp);
    cycles.mac = double(time.mac);
    cycles.network = double(time.network);
    cycles.drain = double(time.drain);
    cycles.dramWait = std::max(0.0, end - begin - cycles.processing());
  }
  return cycles;
}

void Simulator::TimedRun::tell(Engine engine, double begin, double end,
                               const CycleCounts &cycles) {
  const CommandWalker &at = walker(engine);
  ExecutedCommand told;
  told.engine = engine;
  told.kind = commands[size_t(engine)].kind;
  told.command = at.index();
  told.layer = machine.layerOfCommand[at.index()];
  told.begin = begin;
  told.end = end;
  told.dramBytes = linkBytes[size_t(engine)];
  if (const fb::Load *load = at.command().operation_as_Load())
    told.psums = load->kind() != fb::BoxKind::Ifmap;
  told.counts = moved[size_t(engine)];
  told.counts.cycles = cycles;
  told.frame = machine.frameOfCommand[at.index()];
  if (at.command().operation_as_Pass())
    told.pass = machine.countsOf(at);
  for (RunObserver *observer : machine.observers)
    observer->executed(told);
}

void Simulator::TimedRun::ended(Engine engine, double begin, double end,
                                double filters) {
  CommandWalker &at = walker(engine);
  const NextCommand &command = commands[size_t(engine)];
  CycleCounts cycles = cyclesOf(command, begin, end, filters);
  bool isVoid = command.kind == NextCommand::Nothing ||
                (command.kind == NextCommand::Transfer && end == begin);
  if (!machine.observers.empty() && !isVoid)
    tell(engine, begin, end, cycles);
  size_t layer = machine.layerOfCommand[at.index()];
  if (command.kind == NextCommand::Configure)
    spans.push_back({layer, begin, end, &CycleCounts::configuration});
  if (command.kind == NextCommand::Host)
    spans.push_back({layer, begin, end, &CycleCounts::host});
  // These causes are known when layers have ended.
  cycles.configuration = cycles.host = cycles.dramWait = 0;
  machine.counts[layer].cycles += cycles;
  if (engine != Engine::Filter)
    machine.signal(at);
  machine.noteEnd(at, end);
  banksAloneAtEnd[layer] = banksAlone;
  at.advance();
}

void Simulator::TimedRun::passed(const Stretch &stretch) {
  if (stretch.banksAlone)
    banksAlone += stretch.end - stretch.begin;
  for (RunObserver *observer : machine.observers)
    observer->passed(stretch);
}

void Simulator::TimedRun::sumCauses() {
  std::vector<double> begins;
  double begin = 0;
  for (double end : machine.layerEnds) {
    begins.push_back(begin);
    begin = std::max(begin, end);
  }
  for (const Span &span : spans)
    machine.counts[span.layer].cycles.*span.cause +=
        std::max(0.0, span.end - std::max(span.begin, begins[span.layer]));
  double before = 0;
  for (size_t k = 0; k < machine.counts.size(); ++k) {
    CycleCounts &sum = machine.counts[k].cycles;
    sum.glb = std::max(0.0, banksAloneAtEnd[k] - before);
    before = std::max(before, banksAloneAtEnd[k]);
    sum.dramWait = std::max(0.0, sum.total - sum.configuration -
                                     sum.processing() - sum.host - sum.glb);
  }
}

Status Simulator::TimedRun::run() {
  banksAloneAtEnd.assign(machine.counts.size(), 0);
  for (RunObserver *observer : machine.observers)
    observer->begun();
  if (Status ran = Timeline(*this, target, machine.options.rules).run(); !ran)
    return ran;
  machine.sumLayers();
  sumCauses();
  return machine.checkDone(walkers);
}
