//===- CommandChecks.cpp - Commands and their nests -----------------------===//

#include "Checks.h"
#include "rowlock/Program/DeadlockCheck.h"
#include "rowlock/Program/TensorLayout.h"
#include "rowlock/Program/Values.h"

#include <initializer_list>

using namespace rowlock;

namespace {

class CommandChecks {
public:
  CommandChecks(const fb::Program &program, const TargetSpec &target,
                Budget &budget, uint64_t maxCommands)
      : program(program), target(target), budget(budget),
        maxCommands(maxCommands), at(trips, budget) {}

  Status run();

private:
  struct NamedAffine {
    const char *name;
    const fb::Affine *value;
  };
  struct NamedCount {
    const char *name;
    const fb::Count *value;
  };
  struct NamedStep {
    const char *name;
    int64_t value;
  };

  Status affines(std::initializer_list<NamedAffine> values) const;
  Status counts(std::initializer_list<NamedCount> values) const;
  Status steps(std::initializer_list<NamedStep> values) const;
  /// Steps through rows and columns, at least 1.
  Status forward(std::initializer_list<NamedStep> values) const;
  /// `index` is that of a tensor of the rank and one of the types.
  Status tensor(const char *what, uint32_t index, size_t rank,
                std::initializer_list<fb::ElementType> types) const;
  Status
  waits(const flatbuffers::Vector<flatbuffers::Offset<fb::Wait>> *list) const;
  Status signals(const fb::Command &command) const;

  Status check(const fb::Command &command);
  Status check(const fb::Loop &loop);
  Status checkEnd();
  Status check(const fb::Configure &configure);
  template <typename Command> Status unstepped(const Command &command) const;
  Status check(const fb::Load &load);
  Status check(const fb::Pass &pass);
  Status check(const fb::Store &store);
  Status check(const fb::Host &host);
  Status check(const fb::FilterBox &box);
  Status check(const fb::RecordBox &box);
  Status configuredBefore() const;
  fb::ElementType psumType() const {
    return target.isFixed16() ? fb::ElementType::I16 : fb::ElementType::I32;
  }

  const fb::Program &program;
  const TargetSpec &target;
  Budget &budget;
  const uint64_t maxCommands;
  std::vector<int64_t> trips;
  std::vector<uint64_t> runs = {1}; // how often each level of the nest runs
  AffineChecks at;
  uint64_t executed = 0;
  bool configured = false;
};

} // namespace

Status CommandChecks::affines(std::initializer_list<NamedAffine> values) const {
  for (const NamedAffine &named : values)
    if (Status status = at.affine(named.name, named.value); !status)
      return status;
  return Status::ok();
}

Status CommandChecks::counts(std::initializer_list<NamedCount> values) const {
  for (const NamedCount &named : values)
    if (Status status = at.count(named.name, named.value); !status)
      return status;
  return Status::ok();
}

Status CommandChecks::steps(std::initializer_list<NamedStep> values) const {
  for (const NamedStep &named : values)
    if (Status status = at.step(named.name, named.value); !status)
      return status;
  return Status::ok();
}

Status CommandChecks::forward(std::initializer_list<NamedStep> values) const {
  for (const NamedStep &named : values)
    if (named.value < 1)
      return Status::error(std::string(named.name) + " " +
                           std::to_string(named.value) + " is below 1");
  return steps(values);
}

static Status below(const char *what, uint64_t value, uint64_t bound) {
  if (value < bound)
    return Status::ok();
  return Status::error(std::string(what) + " " + std::to_string(value) +
                       " is not below " + std::to_string(bound));
}

Status
CommandChecks::tensor(const char *what, uint32_t index, size_t rank,
                      std::initializer_list<fb::ElementType> types) const {
  auto tensors = items(program.tensors());
  if (Status status = below(what, index, tensors.size()); !status)
    return status;
  const fb::Tensor &named = *tensors[index];
  size_t actual = items(named.shape()).size();
  if (actual != rank)
    return Status::error(std::string(what) + " " + quoted(text(named.name())) +
                         " has rank " + std::to_string(actual) +
                         " instead of " + std::to_string(rank));
  for (fb::ElementType type : types)
    if (named.type() == type)
      return Status::ok();
  return Status::error(std::string(what) + " " + quoted(text(named.name())) +
                       " has elements of type " +
                       fb::EnumNameElementType(named.type()) +
                       " that do not fit");
}

Status CommandChecks::waits(
    const flatbuffers::Vector<flatbuffers::Offset<fb::Wait>> *list) const {
  auto all = items(list);
  if (Status status = budget.take(all.size()); !status)
    return status;
  if (Status status = checkLength("waits", all.size()); !status)
    return status;
  for (const fb::Wait *wait : all) {
    if (Status status = below("wait for token", wait->token(),
                              items(program.tokens()).size());
        !status)
      return status;
    if (Status status = at.affine("value of a wait", wait->value()); !status)
      return status;
  }
  return Status::ok();
}

Status CommandChecks::signals(const fb::Command &command) const {
  auto all = items(command.signals());
  if (Status status = budget.take(all.size()); !status)
    return status;
  if (Status status = checkLength("signals", all.size()); !status)
    return status;
  for (const fb::Signal *signal : all) {
    if (Status status = below("signal to token", signal->token(),
                              items(program.tokens()).size());
        !status)
      return status;
  }
  return Status::ok();
}

Status CommandChecks::check(const fb::Loop &loop) {
  if (loop.trips() < 1)
    return Status::error("trips " + std::to_string(loop.trips()) +
                         " is below 1");
  if (trips.size() == maxLoopDepth)
    return Status::error("loops nest deeper than " +
                         std::to_string(maxLoopDepth));
  uint64_t outer = runs.back();
  if (uint64_t(loop.trips()) > maxCommands / outer)
    return Status::error("the loops run their body more than " +
                         std::to_string(maxCommands) + " times");
  trips.push_back(loop.trips());
  runs.push_back(outer * uint64_t(loop.trips()));
  return Status::ok();
}

Status CommandChecks::checkEnd() {
  if (trips.empty())
    return Status::error("end without a loop");
  trips.pop_back();
  runs.pop_back();
  return Status::ok();
}

Status CommandChecks::check(const fb::Configure &configure) {
  configured = true;
  return below("frame", configure.frame(), items(program.frames()).size());
}

Status CommandChecks::configuredBefore() const {
  if (configured)
    return Status::ok();
  return Status::error("stands before any configure");
}

#define ROWLOCK_TRY(expression)                                                \
  if (Status status = (expression); !status)                                   \
  return status

/// Tensors that are read or written with steps are raw.
template <typename Command>
Status CommandChecks::unstepped(const Command &command) const {
  const fb::Tensor &tensor = *items(program.tensors())[command.tensor()];
  if (tensor.coded_rows() &&
      (command.row_step() != 1 || command.column_step() != 1))
    return Status::error(
        "tensor " + quoted(text(tensor.name())) + " is coded, but row_step " +
        std::to_string(command.row_step()) + " and column_step " +
        std::to_string(command.column_step()) + " are not 1");
  return Status::ok();
}

Status CommandChecks::check(const fb::Load &load) {
  ROWLOCK_TRY(configuredBefore());
  if (load.kind() > fb::BoxKind::MAX)
    return Status::error("kind " + std::to_string(int(load.kind())) +
                         " is unknown");
  if (load.kind() == fb::BoxKind::RawPsum) {
    ROWLOCK_TRY(tensor("tensor", load.tensor(), 4, {psumType()}));
    if (items(program.tensors())[load.tensor()]->coded_rows())
      return Status::error("raw psums come from a coded tensor");
  } else {
    ROWLOCK_TRY(tensor("tensor", load.tensor(), 4,
                       {fb::ElementType::I8, fb::ElementType::U8,
                        fb::ElementType::I16, fb::ElementType::U16}));
  }
  ROWLOCK_TRY(affines({{"image", load.image()},
                       {"channel", load.channel()},
                       {"row", load.row()},
                       {"column", load.column()}}));
  ROWLOCK_TRY(counts({{"images", load.images()},
                      {"groups", load.groups()},
                      {"channels", load.channels()},
                      {"rows", load.rows()},
                      {"columns", load.columns()}}));
  ROWLOCK_TRY(forward(
      {{"row_step", load.row_step()}, {"column_step", load.column_step()}}));
  ROWLOCK_TRY(steps({{"group_step", load.group_step()},
                     {"image_stride", load.image_stride()},
                     {"group_stride", load.group_stride()},
                     {"channel_stride", load.channel_stride()},
                     {"row_stride", load.row_stride()}}));
  ROWLOCK_TRY(unstepped(load));
  return at.address("glb", load.glb());
}

Status CommandChecks::check(const fb::FilterBox &box) {
  ROWLOCK_TRY(tensor("filter tensor", box.tensor(), 4,
                     {fb::ElementType::I8, fb::ElementType::I16}));
  ROWLOCK_TRY(affines({{"filter", box.filter()},
                       {"filter channel", box.channel()},
                       {"filter row", box.row()},
                       {"filter column", box.column()}}));
  ROWLOCK_TRY(steps({{"filter group_step", box.group_step()},
                     {"filter row_step", box.row_step()},
                     {"filter column_step", box.column_step()}}));
  return waits(box.waits());
}

Status CommandChecks::check(const fb::RecordBox &box) {
  ROWLOCK_TRY(tensor(
      "record tensor", box.tensor(), 1,
      {target.isFixed16() ? fb::ElementType::I16 : fb::ElementType::I64}));
  ROWLOCK_TRY(
      affines({{"first record", box.first()}, {"record entry", box.entry()}}));
  return at.count("records", box.count());
}

Status CommandChecks::check(const fb::Pass &pass) {
  ROWLOCK_TRY(configuredBefore());
  if (pass.start() > fb::PsumStart::MAX)
    return Status::error("start " + std::to_string(int(pass.start())) +
                         " is unknown");
  ROWLOCK_TRY(at.address("ifmap", pass.ifmap()));
  ROWLOCK_TRY(at.address("psum", pass.psum()));
  ROWLOCK_TRY(counts({{"images", pass.images()},
                      {"groups", pass.groups()},
                      {"filters", pass.filters()},
                      {"channels", pass.channels()},
                      {"rows", pass.rows()},
                      {"columns", pass.columns()}}));
  ROWLOCK_TRY(affines({{"init_when", pass.init_when()},
                       {"record", pass.record()},
                       {"filters_when", pass.filters_when()}}));
  ROWLOCK_TRY(at.step("record_group_step", pass.record_group_step()));
  if (pass.filters_from())
    ROWLOCK_TRY(check(*pass.filters_from()));
  if (pass.records_from() && !pass.filters_from())
    return Status::error("records_from without filters_from");
  if (pass.records_from())
    ROWLOCK_TRY(check(*pass.records_from()));
  return Status::ok();
}

Status CommandChecks::check(const fb::Store &store) {
  ROWLOCK_TRY(configuredBefore());
  if (store.raw() || target.isFixed16()) {
    ROWLOCK_TRY(tensor("tensor", store.tensor(), 4, {psumType()}));
  } else {
    ROWLOCK_TRY(tensor("tensor", store.tensor(), 4,
                       {fb::ElementType::I8, fb::ElementType::U8,
                        fb::ElementType::I16, fb::ElementType::U16}));
  }
  const fb::Tensor &into = *items(program.tensors())[store.tensor()];
  if (into.kind() == fb::TensorKind::Constant)
    return Status::error("tensor " + quoted(text(into.name())) +
                         " is a constant");
  ROWLOCK_TRY(at.address("psum", store.psum()));
  ROWLOCK_TRY(counts({{"images", store.images()},
                      {"groups", store.groups()},
                      {"filters", store.filters()},
                      {"rows", store.rows()},
                      {"columns", store.columns()}}));
  ROWLOCK_TRY(affines({{"image", store.image()},
                       {"channel", store.channel()},
                       {"row", store.row()},
                       {"column", store.column()},
                       {"record", store.record()}}));
  ROWLOCK_TRY(unstepped(store));
  ROWLOCK_TRY(forward(
      {{"row_step", store.row_step()}, {"column_step", store.column_step()}}));
  return steps({{"group_step", store.group_step()},
                {"record_group_step", store.record_group_step()}});
}

Status CommandChecks::check(const fb::Host &host) {
  auto layers = items(program.layers());
  ROWLOCK_TRY(below("layer", host.layer(), layers.size()));
  if (layers[host.layer()]->kernel() == fb::Kernel::ArrayConv)
    return Status::error("layer " + std::to_string(host.layer()) +
                         " is the array's, not the host's");
  return Status::ok();
}

Status CommandChecks::check(const fb::Command &command) {
  if (!command.operation())
    return Status::error("has no operation");
  ROWLOCK_TRY(waits(command.waits()));
  ROWLOCK_TRY(signals(command));
  switch (command.operation_type()) {
  case fb::Operation::Loop:
  case fb::Operation::End:
    return command.operation_as_Loop() ? check(*command.operation_as_Loop())
                                       : checkEnd();
  case fb::Operation::Configure:
    return check(*command.operation_as_Configure());
  case fb::Operation::Load:
    return check(*command.operation_as_Load());
  case fb::Operation::Pass:
    return check(*command.operation_as_Pass());
  case fb::Operation::Store:
    return check(*command.operation_as_Store());
  case fb::Operation::Host:
    return check(*command.operation_as_Host());
  default:
    return Status::error("operation " +
                         std::to_string(int(command.operation_type())) +
                         " is unknown");
  }
}

Status CommandChecks::run() {
  auto commands = items(program.commands());
  for (size_t i = 0; i < commands.size(); ++i) {
    if (Status status = check(*commands[i]); !status)
      return Status::error("command " + std::to_string(i) + ": " +
                           status.message());
    executed += runs.back();
    if (executed > maxCommands)
      return Status::error("the program runs more than " +
                           std::to_string(maxCommands) + " commands");
  }
  if (!trips.empty())
    return Status::error(std::to_string(trips.size()) +
                         " loops without an end");
  return Status::ok();
}

Status rowlock::checkCommands(const fb::Program &program,
                              const TargetSpec &target, Budget &budget,
                              uint64_t maxCommands) {
  return CommandChecks(program, target, budget, maxCommands).run();
}
