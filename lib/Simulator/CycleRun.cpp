//===- CycleRun.cpp - Engines, cycle by cycle -----------------------------===//
#include "CycleRun.h"

#include "HostTiming.h"
#include "PassPlans.h"

#include <cmath>

using namespace rowlock;

Simulator::CycleRun::CycleRun(Machine &machine)
    : machine(machine), target(machine.program.target()), filters(target) {
  for (Engine engine : engines)
    walkers.emplace_back(machine.list, engine);
}

Status Simulator::CycleRun::start(Engine engine) {
  CommandWalker &at = walker(engine);
  std::optional<PassCounts> streamed;
  if (engine == Engine::Filter || at.command().operation_as_Pass())
    streamed = machine.streamedBy(at);
  if (engine == Engine::Filter && streamed &&
      !(filters.mayBegin() && machine.filtersReady(at)))
    return Status::ok();
  if (engine == Engine::Array && streamed) {
    if (filters.hasNext()) {
      gathering = true;
      activity(engine).busy = true;
      filters.release();
    }
    return Status::ok();
  }
  if (engine == Engine::Array && at.command().operation_as_Pass())
    return startPass();
  auto done = machine.execute(engine, at);
  if (!done)
    return done.takeStatus();
  Activity started;
  started.busy = true;
  if (engine == Engine::Array)
    started.cyclesLeft =
        int64_t(std::ceil(target.frame_microseconds * target.core_mhz));
  if (engine == Engine::Host)
    started.cyclesLeft = int64_t(std::ceil(hostCycles(
        machine.program, at.command().operation_as_Host()->layer())));
  if (engine == Engine::Filter && streamed)
    filters.begin(machine.plannedConfiguration(at), *streamed, done->dramBytes);
  if (engine == Engine::Load || engine == Engine::Store) {
    started.bytesLeft = done->dramBytes;
    int64_t perCycle = 8 * int64_t(done->banks);
    started.cyclesLeft = (done->glbBytes + perCycle - 1) / perCycle;
  }
  activity(engine) = started;
  return Status::ok();
}

Status Simulator::CycleRun::startPass() {
  CommandWalker &at = walker(Engine::Array);
  activity(Engine::Array).busy = true;
  if (auto done = machine.execute(Engine::Array, at); !done)
    return done.takeStatus();
  PassCounts counts = machine.countsOf(at);
  passBegin = now;
  if (!counts.isVoid())
    pass.emplace(*machine.configuration, counts, target);
  return Status::ok();
}

bool Simulator::CycleRun::over(Engine engine) const {
  const Activity &activity = activities[size_t(engine)];
  if (activity.cyclesLeft > 0 || activity.bytesLeft > 0)
    return false;
  if (engine == Engine::Filter)
    return filters.whole();
  if (engine != Engine::Array)
    return true;
  return gathering ? filters.delivered() : !pass || pass->done();
}

Status Simulator::CycleRun::finishPass() {
  const CommandWalker &at = walker(Engine::Array);
  int64_t expected =
      timePass(*machine.configuration, machine.countsOf(at), target).total();
  if (now - passBegin != expected)
    return Status::error(
        quoted(machine.program.name()) + ": " + machine.describe(at) + ": " +
        std::to_string(now - passBegin) + " cycles one by one, " +
        std::to_string(expected) + " by event times");
  events += pass->counted();
  ++events.passes;
  pass.reset();
  return Status::ok();
}

Status Simulator::CycleRun::finish(Engine engine) {
  CommandWalker &at = walker(engine);
  if (engine == Engine::Array && gathering) {
    gathering = false;
    filters.take();
    return startPass();
  }
  if (engine == Engine::Array && pass)
    if (Status finished = finishPass(); !finished)
      return finished;
  if (at.command().operation_as_Configure())
    filters.configure(*machine.configuration);
  if (engine != Engine::Filter)
    machine.signal(at);
  machine.noteEnd(at, double(now));
  activity(engine).busy = false;
  at.advance();
  return Status::ok();
}

/// Users of the link, in the order of their turns.
constexpr Engine linkUsers[] = {Engine::Load, Engine::Store, Engine::Filter};

/// The next word begins at that time, if anybody has one.
void Simulator::CycleRun::grantLink(double time) {
  for (size_t k = 0; k < 3 && !linkUser; ++k) {
    size_t user = (turn + k) % 3;
    Engine engine = linkUsers[user];
    if (engine == Engine::Filter ? !filters.wants(target.link_bits / 8)
                                 : activity(engine).bytesLeft <= 0)
      continue;
    linkUser = user;
    linkUntil = time + target.core_mhz / target.link_mhz;
    turn = user + 1;
  }
}

/// Words that have come by now; others follow at once. True if any came.
bool Simulator::CycleRun::deliverLink() {
  int64_t bytes = target.link_bits / 8;
  bool came = false;
  while (linkUser && linkUntil <= double(now)) {
    Engine engine = linkUsers[*linkUser];
    if (engine == Engine::Filter)
      filters.receive(bytes);
    else
      activity(engine).bytesLeft -= std::min(bytes, activity(engine).bytesLeft);
    linkUser.reset();
    came = true;
    grantLink(linkUntil);
  }
  return came;
}

void Simulator::CycleRun::step() {
  filters.step();
  if (pass) {
    pass->step();
    moved |= pass->moves();
  }
  for (Activity &activity : activities)
    if (activity.cyclesLeft > 0) {
      --activity.cyclesLeft;
      moved = true;
    }
  ++now;
}

Status Simulator::CycleRun::checkCounts() const {
  EventCounts expected;
  for (const EventCounts &layer : machine.counts)
    expected += layer;
  struct {
    const char *what;
    int64_t cycles, machine;
  } checks[] = {
      {"MACs", events.macs, expected.macs},
      {"passes", events.passes, expected.passes},
      {"ifmap words", events.glbIfmapReads, expected.glbIfmapReads},
      {"psums in", events.glbPsumReads, expected.glbPsumReads},
      {"psums out", events.glbPsumWrites, expected.glbPsumWrites},
      {"ifmap deliveries", events.ifmapDeliveries, expected.ifmapDeliveries},
      {"filter words", filters.words, expected.filterWords},
      {"filter deliveries", filters.deliveries, expected.filterDeliveries},
  };
  for (const auto &check : checks)
    if (check.cycles != check.machine)
      return Status::error(quoted(machine.program.name()) + ": " +
                           std::to_string(check.cycles) + " " + check.what +
                           " cycle by cycle, " + std::to_string(check.machine) +
                           " by events");
  return Status::ok();
}

Status Simulator::CycleRun::run() {
  // A FIFO that waits for a link word, or a network for nothing, is still for a
  // link cycle at most.
  int64_t patience = 2 + int64_t(std::ceil(target.core_mhz / target.link_mhz));
  const int64_t most = machine.options.maxCycles;
  for (int64_t still = 0; still <= patience;) {
    if (most > 0 && now >= most)
      return Status::error(quoted(machine.program.name()) +
                           ": not done after " + std::to_string(most) +
                           " cycles");
    moved = deliverLink();
    for (bool changed = true; changed;) {
      changed = false;
      for (Engine engine : engines) {
        if (!activity(engine).busy && machine.ready(engine, walker(engine)))
          if (Status started = start(engine); !started)
            return started;
        if (!activity(engine).busy || !over(engine))
          continue;
        if (Status finished = finish(engine); !finished)
          return finished;
        changed = true;
      }
    }
    grantLink(double(now));
    int64_t words = filters.words;
    step();
    still = moved || filters.words > words ? 0 : still + 1;
  }
  if (Status done = machine.checkDone(walkers); !done)
    return done;
  machine.sumLayers();
  return checkCounts();
}
