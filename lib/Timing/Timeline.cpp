//===- Timeline.cpp - Engines over time -----------------------------------===//
#include "rowlock/Timing/Timeline.h"

#include "FilterStream.h"
#include "Link.h"

#include <cmath>

using namespace rowlock;

CommandSource::~CommandSource() = default;
void CommandSource::passed(const Stretch &) {}

static Link::User userOf(Engine engine) {
  return engine == Engine::Load ? Link::Loads : Link::Stores;
}

class Timeline::Run {
public:
  Run(CommandSource &source, const TargetSpec &target, const TimingRules &rules)
      : source(source), target(target), rules(rules), link(target),
        filters(target, rules.filtersAhead) {}
  Status run();

private:
  /// What an engine is at.
  struct Activity {
    bool busy = false;
    double begin = 0;
    double end = 0; // not before; transfers wait for the link as well
    NextCommand command;
  };

  /// Makes the engine busy, unless it has to wait.
  Status start(Engine engine);
  Status execute(Engine engine);
  Status finish(Engine engine);
  bool over(Engine engine) const;
  double nextEvent() const;
  Stretch stretch(double length) const;

  Activity &activity(Engine engine) { return activities[size_t(engine)]; }

  CommandSource &source;
  const TargetSpec &target;
  const TimingRules rules;
  Link link;
  FilterStream filters;
  double now = 0;
  std::array<Activity, engineCount> activities;
  bool gathering = false; // a pass waits for its filters
  double gatherCycles = 0;
};

Status Timeline::Run::execute(Engine engine) {
  auto cost = source.execute(engine);
  if (!cost)
    return cost.takeStatus();
  Activity &at = activity(engine);
  switch (at.command.kind) {
  case NextCommand::Transfer: {
    // Whole words travel on the link.
    double word = double(target.link_bits) / 8;
    link.set(userOf(engine), std::ceil(cost->dramBytes / word) * word);
    at.end = now + cost->glbCycles;
    break;
  }
  case NextCommand::Filters: {
    const FilterDelivery &delivery = at.command.plan->filters;
    filters.begin({&delivery, cost->dramBytes - double(delivery.wordBytes() *
                                                       delivery.words())});
    break;
  }
  case NextCommand::Configure:
    at.end = now + target.frame_microseconds * target.core_mhz;
    break;
  case NextCommand::Pass:
    at.end = now + double(at.command.plan->time.total());
    break;
  case NextCommand::Host:
    at.end = now + cost->hostCycles;
    break;
  case NextCommand::Nothing:
    break;
  }
  return Status::ok();
}

Status Timeline::Run::start(Engine engine) {
  NextCommand command = source.next(engine);
  if (command.kind == NextCommand::Filters && !filters.mayBegin())
    return Status::ok();
  bool gathers = command.kind == NextCommand::Pass && command.streams;
  if (gathers && !filters.hasNext())
    return Status::ok();
  activity(engine) = {true, now, now, command};
  if (!gathers)
    return execute(engine);
  gathering = true;
  gatherCycles = double(filters.gather(now));
  if (!rules.filtersFirst)
    gatherCycles =
        std::max(0.0, gatherCycles - double(command.plan->time.rampUp));
  activity(engine).end = now + gatherCycles;
  return Status::ok();
}

/// True if what a busy engine is at has ended by now.
bool Timeline::Run::over(Engine engine) const {
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

Status Timeline::Run::finish(Engine engine) {
  Activity &at = activity(engine);
  if (engine == Engine::Array && gathering) {
    // The pass itself, its filters being in the spads.
    gathering = false;
    filters.hold(now);
    at.end = now;
    return execute(engine);
  }
  if (at.command.kind == NextCommand::Configure)
    filters.configure(at.command.frame, now);
  at.busy = false;
  source.ended(engine, at.begin, now,
               engine == Engine::Array ? std::exchange(gatherCycles, 0) : 0);
  return Status::ok();
}

/// Core cycles until something may end; infinite if nothing will.
double Timeline::Run::nextEvent() const {
  double next = link.untilFirst();
  for (const Activity &activity : activities)
    if (activity.busy && activity.end > now)
      next = std::min(next, activity.end - now);
  return next;
}

Stretch Timeline::Run::stretch(double length) const {
  Stretch at;
  at.begin = now;
  at.end = now + length;
  at.loads = link.remaining(Link::Loads) > 0;
  at.filters = link.remaining(Link::Filters) > 0;
  at.stores = link.remaining(Link::Stores) > 0;
  auto busy = [&](Engine engine) { return activities[size_t(engine)].busy; };
  at.banksAlone = !busy(Engine::Array) && !busy(Engine::Host) && !at.loads &&
                  !at.filters && !at.stores;
  return at;
}

Status Timeline::Run::run() {
  while (true) {
    for (bool changed = true; changed;) {
      changed = false;
      for (Engine engine : engines) {
        Activity &activity = this->activity(engine);
        if (!activity.busy && source.ready(engine))
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
      return Status::ok();
    source.passed(stretch(next));
    link.advance(next);
    filters.receiveBut(link.remaining(Link::Filters));
    now += next;
  }
}

Timeline::Timeline(CommandSource &source, const TargetSpec &target,
                   const TimingRules &rules)
    : state(std::make_unique<Run>(source, target, rules)) {}
Timeline::~Timeline() = default;
Status Timeline::run() { return state->run(); }
