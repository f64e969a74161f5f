//===- DeadlockCheck.cpp - Engines and tokens, counters only --------------===//

#include "rowlock/Program/DeadlockCheck.h"

#include "BoxChecks.h"
#include "Checks.h"
#include "rowlock/Program/Values.h"

#include <deque>

using namespace rowlock;

namespace {

enum class Engine { Load, Filter, Array, Store, Host };
constexpr size_t engineCount = 5;
const char *const engineNames[engineCount] = {"load", "filter", "array",
                                              "store", "host"};

/// True if the engine executes commands of that operation.
bool executes(Engine engine, const fb::Command &command) {
  switch (command.operation_type()) {
  case fb::Operation::Load:
    return engine == Engine::Load;
  case fb::Operation::Configure:
    return engine == Engine::Array || engine == Engine::Filter;
  case fb::Operation::Pass: {
    const fb::Pass &pass = *command.operation_as_Pass();
    return engine == Engine::Array ||
           (engine == Engine::Filter &&
            (pass.filters_from() || pass.records_from()));
  }
  case fb::Operation::Store:
    return engine == Engine::Store;
  case fb::Operation::Host:
    return engine == Engine::Host;
  default:
    return false;
  }
}

/// One engine's walk over the nests that hold commands of its own.
class Walker {
public:
  Walker(Engine engine, const fb::Program &program);
  /// Steps over loops to the next own command; null at the end.
  const fb::Command *current();
  void advance() { ++pc; }
  size_t commandIndex() const { return steps[pc].index; }
  const int64_t *indices() const { return counters; }
  size_t depth() const { return level; }

private:
  struct Step {
    const fb::Command *command; // null: a loop's begin or end
    size_t index;
    int64_t trips; // of a loop's begin and end
    size_t body;   // of a loop's end; 0: a begin
  };
  std::vector<Step> steps;
  size_t pc = 0, level = 0;
  int64_t counters[maxLoopDepth] = {};
};

Walker::Walker(Engine engine, const fb::Program &program) {
  std::vector<size_t> open;
  auto commands = items(program.commands());
  for (size_t i = 0; i < commands.size(); ++i) {
    const fb::Command *command = commands[i];
    if (const fb::Loop *loop = command->operation_as_Loop()) {
      open.push_back(steps.size());
      steps.push_back({nullptr, i, loop->trips(), 0});
    } else if (command->operation_type() == fb::Operation::End) {
      size_t begin = open.back();
      open.pop_back();
      if (begin + 1 == steps.size())
        steps.pop_back();
      else
        steps.push_back({nullptr, i, steps[begin].trips, begin + 1});
    } else if (executes(engine, *command)) {
      steps.push_back({command, i, 0, 0});
    }
  }
}

const fb::Command *Walker::current() {
  while (pc < steps.size()) {
    const Step &step = steps[pc];
    if (step.command)
      return step.command;
    if (step.body == 0) {
      counters[level++] = 0;
      ++pc;
    } else if (++counters[level - 1] < step.trips) {
      pc = step.body;
    } else {
      --level;
      ++pc;
    }
  }
  return nullptr;
}

class DeadlockCheck {
public:
  DeadlockCheck(const fb::Program &program, const TargetSpec &target,
                uint64_t maxWork);
  Status run();

private:
  using Waits = flatbuffers::Vector<flatbuffers::Offset<fb::Wait>>;
  /// The wait that is not met, or null.
  const fb::Wait *unmet(const Walker &walker, const Waits *waits) const;
  /// What the engine's current command waits for besides the FIFO.
  const Waits *waitsOf(Engine engine, const fb::Command &command) const;
  /// True if the pass takes filters or records from the FIFO.
  bool streams(const Walker &walker, const fb::Pass &pass) const;
  uint64_t boxBytes(const Walker &walker, const fb::Pass &pass) const;
  /// Executes the current command if it can; false if it has to wait, or if
  /// the command is bad: then there is a `failure`.
  bool step(Engine engine, Walker &walker, const fb::Command &command);
  /// What the command that is about to run names exists.
  Status checkBoxes(Engine engine, const Walker &walker,
                    const fb::Command &command, bool takes);
  Status blocked();

  /// The most boxes that the filter engine is let ahead of the array.
  static constexpr size_t maxBoxesAhead = 1 << 16;
  const fb::Program &program;
  const TargetSpec &target;
  uint64_t fifoBytes;
  std::vector<uint64_t> counters;
  std::vector<Walker> walkers;
  std::deque<uint64_t> fifo;
  uint64_t occupied = 0;
  BoxChecks boxes;
  // The frame in the chain and where the filter engine is; -1: none yet.
  int64_t arrayFrame = -1, filterFrame = -1;
  std::vector<int64_t> listedFrames; // before each command
  Status failure = Status::ok();
};

DeadlockCheck::DeadlockCheck(const fb::Program &program,
                             const TargetSpec &target, uint64_t maxWork)
    : program(program), target(target),
      fifoBytes(uint64_t(target.filter_banks * target.bank_bytes)),
      counters(items(program.tokens()).size()),
      boxes(program, target, maxWork) {
  int64_t frame = -1;
  for (const fb::Command *command : items(program.commands())) {
    if (const fb::Configure *configure = command->operation_as_Configure())
      frame = configure->frame();
    listedFrames.push_back(frame);
  }
  for (size_t engine = 0; engine < engineCount; ++engine)
    walkers.emplace_back(Engine(engine), program);
}

const fb::Wait *DeadlockCheck::unmet(const Walker &walker,
                                     const Waits *waits) const {
  for (const fb::Wait *wait : items(waits)) {
    int64_t value = evaluate(wait->value(), walker.indices(), walker.depth());
    if (value > int64_t(counters[wait->token()]))
      return wait;
  }
  return nullptr;
}

const DeadlockCheck::Waits *
DeadlockCheck::waitsOf(Engine engine, const fb::Command &command) const {
  if (engine != Engine::Filter)
    return command.waits();
  const fb::Pass *pass = command.operation_as_Pass();
  return pass && pass->filters_from() ? pass->filters_from()->waits() : nullptr;
}

bool DeadlockCheck::streams(const Walker &walker, const fb::Pass &pass) const {
  if (!pass.filters_from() && !pass.records_from())
    return false;
  if (evaluate(pass.filters_when(), walker.indices(), walker.depth()) != 0)
    return false;
  for (const fb::Count *count : {pass.images(), pass.groups(), pass.filters(),
                                 pass.channels(), pass.rows(), pass.columns()})
    if (evaluate(count, walker.indices(), walker.depth()) <= 0)
      return false;
  return true;
}

/// The box has passed the checks: its counts are small.
uint64_t DeadlockCheck::boxBytes(const Walker &walker,
                                 const fb::Pass &pass) const {
  auto value = [&](const fb::Count *count) {
    return evaluate(count, walker.indices(), walker.depth());
  };
  const FrameValues &frame = boxes.frame(uint32_t(filterFrame));
  int64_t bytes = value(pass.groups()) * value(pass.filters()) *
                  value(pass.channels()) * frame.filter_height *
                  frame.filter_width * target.operandBytes(frame.mode16 != 0);
  if (pass.records_from())
    bytes += std::max<int64_t>(value(pass.records_from()->count()), 0) *
             (target.isFixed16() ? 2 : 8);
  return uint64_t(bytes);
}

Status DeadlockCheck::checkBoxes(Engine engine, const Walker &walker,
                                 const fb::Command &command, bool takes) {
  if (const fb::Host *host = command.operation_as_Host())
    return boxes.host(*host);
  if (command.operation_as_Configure()) {
    boxes.configured();
    return Status::ok();
  }
  // A pass and what is moved for it see one frame, whatever the order.
  int64_t frame = engine == Engine::Filter ? filterFrame : arrayFrame;
  int64_t listed = listedFrames[walker.commandIndex()];
  if (frame != listed)
    return Status::error("runs " +
                         (frame < 0 ? std::string("before any configure")
                                    : "under frame " + std::to_string(frame)) +
                         ", but frame " + std::to_string(listed) +
                         " is the last before it");
  LoopPlace at = {walker.indices(), walker.depth()};
  if (const fb::Load *load = command.operation_as_Load())
    return boxes.load(*load, at, uint32_t(frame));
  if (const fb::Store *store = command.operation_as_Store())
    return boxes.store(*store, at, uint32_t(frame));
  const fb::Pass &pass = *command.operation_as_Pass();
  return engine == Engine::Filter
             ? boxes.filters(pass, at, uint32_t(frame))
             : boxes.pass(pass, at, uint32_t(frame), takes);
}

bool DeadlockCheck::step(Engine engine, Walker &walker,
                         const fb::Command &command) {
  const fb::Pass *pass = command.operation_as_Pass();
  bool takes = pass && streams(walker, *pass);
  if (engine == Engine::Filter) {
    if (const fb::Configure *configure = command.operation_as_Configure())
      filterFrame = configure->frame();
    if (!takes)
      return true;
    if (unmet(walker, waitsOf(engine, command)))
      return false;
    failure = checkBoxes(engine, walker, command, takes);
    if (!failure)
      return false;
    uint64_t bytes = boxBytes(walker, *pass);
    if (!fifo.empty() &&
        (occupied + bytes > fifoBytes || fifo.size() >= maxBoxesAhead))
      return false;
    fifo.push_back(bytes);
    occupied += bytes;
    return true;
  }
  if (unmet(walker, command.waits()))
    return false;
  if (takes) {
    if (fifo.empty())
      return false;
    occupied -= fifo.front();
    fifo.pop_front();
  }
  if (failure = checkBoxes(engine, walker, command, takes); !failure)
    return false;
  if (const fb::Configure *configure = command.operation_as_Configure())
    arrayFrame = configure->frame();
  for (const fb::Signal *signal : items(command.signals())) {
    uint64_t &counter = counters[signal->token()];
    counter += signal->amount();
    if (counter > UINT32_MAX)
      failure = Status::error(
          "token " + quoted(text(items(program.tokens())[signal->token()])) +
          " exceeds 32 bits");
  }
  return bool(failure);
}

Status DeadlockCheck::blocked() {
  std::string message;
  for (size_t engine = 0; engine < engineCount; ++engine) {
    Walker &walker = walkers[engine];
    const fb::Command *command = walker.current();
    if (!command)
      continue;
    message += message.empty() ? "deadlock: " : "; ";
    message += engineNames[engine] + std::string(" at command ") +
               std::to_string(walker.commandIndex()) + " (" +
               fb::EnumNameOperation(command->operation_type()) + ")";
    const fb::Wait *wait = unmet(walker, waitsOf(Engine(engine), *command));
    if (wait)
      message += " waits for token " +
                 quoted(text(items(program.tokens())[wait->token()])) +
                 " to reach " +
                 std::to_string(evaluate(wait->value(), walker.indices(),
                                         walker.depth())) +
                 ", it is at " + std::to_string(counters[wait->token()]);
    else
      message += Engine(engine) == Engine::Filter
                     ? " waits for room in the filter fifo"
                     : " waits for its filters";
  }
  return Status::error(message);
}

/// Where an engine is: "command 3 (Pass) at [0, 1]: ".
static std::string placeOf(Walker &walker) {
  const fb::Command *command = walker.current();
  std::string place = "command " + std::to_string(walker.commandIndex()) +
                      " (" + fb::EnumNameOperation(command->operation_type()) +
                      ") at [";
  for (size_t d = 0; d < walker.depth(); ++d)
    place += (d ? ", " : "") + std::to_string(walker.indices()[d]);
  return place + "]: ";
}

Status DeadlockCheck::run() {
  bool all = false;
  for (bool progress = true; progress && !all;) {
    progress = false;
    all = true;
    for (size_t engine = 0; engine < engineCount; ++engine) {
      Walker &walker = walkers[engine];
      const fb::Command *command = walker.current();
      while (command && step(Engine(engine), walker, *command)) {
        progress = true;
        walker.advance();
        command = walker.current();
      }
      if (!failure)
        return Status::error(placeOf(walker) + failure.message());
      all &= command == nullptr;
    }
  }
  return all ? Status::ok() : blocked();
}

} // namespace

Status rowlock::checkDeadlock(const fb::Program &program,
                              const TargetSpec &target, uint64_t maxWork) {
  return DeadlockCheck(program, target, maxWork).run();
}
