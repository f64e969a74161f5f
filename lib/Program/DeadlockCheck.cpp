//===- DeadlockCheck.cpp - Engines and tokens, counters only --------------===//

#include "rowlock/Program/DeadlockCheck.h"

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
  DeadlockCheck(const fb::Program &program, const TargetSpec &target);
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
  /// Executes the current command if it can; false if it has to wait.
  bool step(Engine engine, Walker &walker, const fb::Command &command);
  Status blocked();

  /// The most boxes that the filter engine is let ahead of the array.
  static constexpr size_t maxBoxesAhead = 1 << 16;
  const fb::Program &program;
  const TargetSpec &target;
  uint64_t fifoBytes;
  std::vector<uint64_t> filterBytes; // of one filter and channel, by frame
  std::vector<uint64_t> counters;
  std::vector<Walker> walkers;
  std::deque<uint64_t> fifo;
  uint64_t occupied = 0;
  uint32_t filterFrame = 0;     // the frame where the filter engine is
  size_t overflowed = SIZE_MAX; // token that left 32 bits
};

DeadlockCheck::DeadlockCheck(const fb::Program &program,
                             const TargetSpec &target)
    : program(program), target(target),
      fifoBytes(uint64_t(target.filter_banks * target.bank_bytes)),
      counters(items(program.tokens()).size()) {
  FrameLayout layout(target);
  for (const fb::Frame *frame : items(program.frames())) {
    std::vector<uint64_t> chain;
    for (uint64_t word : items(frame->words()))
      chain.push_back(word);
    Result<FrameValues> values =
        decodeFrame(layout, chain.data(), chain.size());
    filterBytes.push_back(
        values ? uint64_t(values->filter_height * values->filter_width *
                          target.operandBytes(values->mode16 != 0))
               : 0);
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

/// a * b, or 2^40 where that is less: far beyond any FIFO.
static uint64_t product(uint64_t a, uint64_t b) {
  constexpr uint64_t most = uint64_t(1) << 40;
  return b != 0 && a > most / b ? most : a * b;
}

uint64_t DeadlockCheck::boxBytes(const Walker &walker,
                                 const fb::Pass &pass) const {
  uint64_t bytes = 0;
  if (pass.filters_from()) {
    bytes = filterFrame < filterBytes.size() ? filterBytes[filterFrame] : 0;
    for (const fb::Count *count :
         {pass.groups(), pass.filters(), pass.channels()})
      bytes = product(
          bytes, uint64_t(evaluate(count, walker.indices(), walker.depth())));
  }
  if (pass.records_from()) {
    int64_t count = evaluate(pass.records_from()->count(), walker.indices(),
                             walker.depth());
    bytes +=
        uint64_t(std::max<int64_t>(count, 0)) * (target.isFixed16() ? 2 : 8);
  }
  return bytes;
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
  for (const fb::Signal *signal : items(command.signals())) {
    uint64_t &counter = counters[signal->token()];
    counter += signal->amount();
    if (counter > UINT32_MAX)
      overflowed = signal->token();
  }
  return true;
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

Status DeadlockCheck::run() {
  bool all = false;
  for (bool progress = true; progress && !all;) {
    progress = false;
    all = true;
    for (size_t engine = 0; engine < engineCount; ++engine) {
      Walker &walker = walkers[engine];
      const fb::Command *command = walker.current();
      while (command && step(Engine(engine), walker, *command)) {
        if (overflowed != SIZE_MAX)
          return Status::error(
              "token " + quoted(text(items(program.tokens())[overflowed])) +
              " exceeds 32 bits");
        progress = true;
        walker.advance();
        command = walker.current();
      }
      all &= command == nullptr;
    }
  }
  return all ? Status::ok() : blocked();
}

} // namespace

Status rowlock::checkDeadlock(const fb::Program &program,
                              const TargetSpec &target) {
  return DeadlockCheck(program, target).run();
}
