//===- ConsistencyChecks.cpp - Does a program agree with itself -----------===//
//
// What the bounds of memory and time do not need, and a compiler never writes:
// a machine can run a program without it. `LoadOptions::skipConsistency` leaves
// all of it out.
//
//===----------------------------------------------------------------------===//
#include "Checks.h"
#include "rowlock/Program/Values.h"

#include <algorithm>
#include <utility>

using namespace rowlock;

/// Constants overlap nothing, inputs no inputs, outputs no outputs.
static bool mustNotOverlap(const fb::Tensor &a, const fb::Tensor &b) {
  if (a.kind() == fb::TensorKind::Constant ||
      b.kind() == fb::TensorKind::Constant)
    return true;
  return a.kind() == b.kind() && a.kind() != fb::TensorKind::Intermediate;
}

static Status checkOverlaps(const fb::Program &program) {
  auto tensors = items(program.tensors());
  std::vector<std::pair<uint64_t, size_t>> sorted; // address, index
  sorted.reserve(tensors.size());
  for (size_t i = 0; i < tensors.size(); ++i)
    sorted.emplace_back(tensors[i]->address(), i);
  std::sort(sorted.begin(), sorted.end());
  // Of each kind, the tensor that reaches farthest so far.
  const fb::Tensor *farthest[4] = {};
  auto end = [](const fb::Tensor *t) { return t->address() + t->size(); };
  for (const auto &place : sorted) {
    const fb::Tensor *tensor = tensors[place.second];
    for (const fb::Tensor *other : farthest)
      if (other && end(other) > tensor->address() &&
          mustNotOverlap(*other, *tensor))
        return Status::error("tensors " + quoted(text(other->name())) +
                             " and " + quoted(text(tensor->name())) +
                             " overlap at address " +
                             std::to_string(tensor->address()));
    const fb::Tensor *&slot = farthest[int(tensor->kind())];
    if (!slot || end(tensor) > end(slot))
      slot = tensor;
  }
  return Status::ok();
}

/// What scalars of a frame mean together: spads and sets that exist, an output
/// that has values.
static Status checkFrame(const FrameValues &f, const TargetSpec &target) {
  bool mode16 = f.mode16 != 0;
  struct {
    const char *fields, *bound;
    int64_t value, most;
  } checks[] = {
      {"q * filter_width", "the ifmap spad's words", f.q * f.filter_width,
       target.ifmapSpad(mode16)},
      {"p * q * filter_width", "the filter spad's words",
       f.p * f.q * f.filter_width, target.filterSpad(mode16)},
      {"filter_height * r", "the rows", f.filter_height * f.r, target.rows},
      {"clip_low", "clip_high", f.clip_low, f.clip_high},
  };
  for (const auto &check : checks)
    if (check.value > check.most)
      return Status::error(std::string(check.fields) + " " +
                           std::to_string(check.value) + " exceeds " +
                           check.bound + ", " + std::to_string(check.most));
  static const int64_t least[] = {-128, 0, -32768, 0};
  static const int64_t most[] = {127, 255, 32767, 65535};
  for (int64_t clip : {f.clip_low, f.clip_high})
    if (clip < least[f.output_type] || clip > most[f.output_type])
      return Status::error(
          "clip_low or clip_high " + std::to_string(clip) + " is not in " +
          std::to_string(least[f.output_type]) + " to " +
          std::to_string(most[f.output_type]) + ", the range of output_type");
  return Status::ok();
}

static Status checkFrames(const fb::Program &program,
                          const TargetSpec &target) {
  FrameLayout layout(target);
  auto frames = items(program.frames());
  for (size_t i = 0; i < frames.size(); ++i) {
    std::vector<uint64_t> chain;
    for (uint64_t word : items(frames[i]->words()))
      chain.push_back(word);
    Result<FrameValues> values =
        decodeFrame(layout, chain.data(), chain.size());
    assert(values && "its fields are within their ranges");
    if (Status status = checkFrame(*values, target); !status)
      return Status::error("frame " + std::to_string(i) + ": " +
                           status.message());
  }
  return Status::ok();
}

static Status checkSignals(const fb::Command &command) {
  auto signals = items(command.signals());
  bool loops = command.operation_type() == fb::Operation::Loop ||
               command.operation_type() == fb::Operation::End;
  if (loops && !(items(command.waits()).empty() && signals.empty()))
    return Status::error("a loop neither waits nor signals");
  for (const fb::Signal *signal : signals)
    if (signal->amount() < 1)
      return Status::error("amount 0 of a signal is below 1");
  return Status::ok();
}

static Status checkSignals(const fb::Program &program) {
  auto commands = items(program.commands());
  for (size_t i = 0; i < commands.size(); ++i)
    if (Status status = checkSignals(*commands[i]); !status)
      return Status::error("command " + std::to_string(i) + ": " +
                           status.message());
  return Status::ok();
}

Status rowlock::checkConsistency(const fb::Program &program,
                                 const TargetSpec &target) {
  if (Status status = checkOverlaps(program); !status)
    return status;
  if (Status status = checkFrames(program, target); !status)
    return status;
  return checkSignals(program);
}
