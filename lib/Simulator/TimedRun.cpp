//===- TimedRun.cpp - Engines over time -----------------------------------===//
#include "TimedRun.h"

#include "HostTiming.h"

#include <cmath>

using namespace rowlock;

/// In the order in which they are asked whether they can go on.
constexpr Engine engines[] = {Engine::Load, Engine::Filter, Engine::Array,
                              Engine::Store, Engine::Host};

static Link::User userOf(Engine engine) {
  return engine == Engine::Load ? Link::Loads : Link::Stores;
}

Simulator::TimedRun::TimedRun(Machine &machine)
    : machine(machine), target(machine.program.target()), link(target),
      filters(target) {
  for (Engine engine : engines)
    walkers.emplace_back(machine.list, engine);
}

const Simulator::TimedRun::Plan &
Simulator::TimedRun::planOf(const ArrayConfiguration &configuration,
                            const PassCounts &counts) {
  auto found = plans.find({&configuration, counts});
  if (found == plans.end())
    found =
        plans
            .try_emplace({&configuration, counts},
                         Plan{timePass(configuration, counts, target),
                              FilterDelivery(configuration, counts, target)})
            .first;
  return found->second;
}

Status Simulator::TimedRun::startTransfer(Engine engine) {
  auto moved = machine.execute(engine, walker(engine));
  if (!moved)
    return moved.takeStatus();
  // Whole words travel on the link.
  double word = double(target.link_bits) / 8;
  link.set(userOf(engine), std::ceil(double(moved->dramBytes) / word) * word);
  // Each bank of the region takes or gives a 64-bit word in a cycle.
  activity(engine) = {
      true, now,
      now + std::ceil(double(moved->glbBytes) / 8 / double(moved->banks))};
  return Status::ok();
}

Status Simulator::TimedRun::startFilters() {
  const CommandWalker &at = walker(Engine::Filter);
  std::optional<PassCounts> counts = machine.streamedBy(at);
  if (counts && !(filters.mayBegin() && machine.filtersReady(at)))
    return Status::ok();
  auto moved = machine.execute(Engine::Filter, at);
  if (!moved)
    return moved.takeStatus();
  if (counts) {
    const ArrayConfiguration &planned = machine.plannedConfiguration(at);
    const FilterDelivery &delivery = planOf(planned, *counts).filters;
    double wordBytes = double(target.operandBytes(planned.mode16));
    double words = wordBytes * double(delivery.words());
    filters.begin(
        {&planned, &delivery, double(moved->dramBytes) - words, wordBytes});
  }
  activity(Engine::Filter) = {true, now, now};
  return Status::ok();
}

Status Simulator::TimedRun::startArray() {
  CommandWalker &at = walker(Engine::Array);
  Activity &array = activity(Engine::Array);
  if (at.command().operation_as_Configure()) {
    if (auto done = machine.execute(Engine::Array, at); !done)
      return done.takeStatus();
    double frame = target.frame_microseconds * target.core_mhz;
    cycles(Engine::Array).configuration += frame;
    array = {true, now, now + frame};
    return Status::ok();
  }
  if (!machine.streamedBy(at))
    return runPass();
  if (!filters.hasNext())
    return Status::ok();
  double rest = double(filters.gather(now));
  cycles(Engine::Array).rampUp += rest;
  array = {true, now, now + rest};
  gathering = true;
  return Status::ok();
}

/// The pass itself, its filters being in the spads.
Status Simulator::TimedRun::runPass() {
  CommandWalker &at = walker(Engine::Array);
  if (auto done = machine.execute(Engine::Array, at); !done)
    return done.takeStatus();
  PassCounts counts = machine.countsOf(at);
  PassTime time;
  if (!counts.isVoid())
    time = planOf(*machine.configuration, counts).time;
  CycleCounts &sum = cycles(Engine::Array);
  sum.rampUp += double(time.rampUp);
  sum.mac += double(time.mac);
  sum.network += double(time.network);
  sum.drain += double(time.drain);
  activity(Engine::Array) = {true, now, now + double(time.total())};
  return Status::ok();
}

Status Simulator::TimedRun::startHost() {
  const CommandWalker &at = walker(Engine::Host);
  if (auto done = machine.execute(Engine::Host, at); !done)
    return done.takeStatus();
  double time =
      hostCycles(machine.program, at.command().operation_as_Host()->layer());
  cycles(Engine::Host).host += time;
  activity(Engine::Host) = {true, now, now + time};
  return Status::ok();
}

Status Simulator::TimedRun::start(Engine engine) {
  switch (engine) {
  case Engine::Load:
  case Engine::Store:
    return startTransfer(engine);
  case Engine::Filter:
    return startFilters();
  case Engine::Array:
    return startArray();
  case Engine::Host:
    return startHost();
  }
  return Status::ok();
}

/// True if what a busy engine is at has ended by now.
bool Simulator::TimedRun::over(Engine engine) const {
  if (activities[size_t(engine)].end > now)
    return false;
  switch (engine) {
  case Engine::Load:
  case Engine::Store:
    return link.remaining(userOf(engine)) == 0;
  case Engine::Filter:
    return filters.whole();
  case Engine::Array:
    return !gathering || filters.gathered();
  case Engine::Host:
    return true;
  }
  return true;
}

Status Simulator::TimedRun::finish(Engine engine) {
  CommandWalker &at = walker(engine);
  if (engine == Engine::Array && gathering) {
    gathering = false;
    filters.hold(now);
    return runPass();
  }
  if (at.command().operation_as_Configure())
    filters.configure(*machine.configuration, now);
  if (engine != Engine::Filter)
    machine.signal(at);
  machine.noteEnd(at, now);
  activity(engine).busy = false;
  at.advance();
  return Status::ok();
}

/// Core cycles until something may end; infinite if nothing will.
double Simulator::TimedRun::nextEvent() const {
  double next = link.untilFirst();
  for (const Activity &activity : activities)
    if (activity.busy && activity.end > now)
      next = std::min(next, activity.end - now);
  return next;
}

void Simulator::TimedRun::advance(double cycles) {
  link.advance(cycles);
  filters.receiveBut(link.remaining(Link::Filters));
  now += cycles;
}

Status Simulator::TimedRun::run() {
  while (true) {
    for (bool changed = true; changed;) {
      changed = false;
      for (Engine engine : engines) {
        Activity &activity = this->activity(engine);
        if (!activity.busy && machine.ready(engine, walker(engine)))
          if (Status started = start(engine); !started)
            return started;
        if (!activity.busy || !over(engine))
          continue;
        if (Status finished = finish(engine); !finished)
          return finished;
        changed = true;
      }
    }
    link.set(Link::Filters, filters.wanted());
    double next = nextEvent();
    if (next == std::numeric_limits<double>::infinity())
      break;
    advance(next);
  }
  machine.sumLayers();
  for (EventCounts &layer : machine.counts) {
    CycleCounts &sum = layer.cycles;
    sum.dramWait = std::max(0.0, sum.total - sum.configuration -
                                     sum.processing() - sum.host);
  }
  return machine.checkDone(walkers);
}
