//===- Machine.cpp - Engines, tokens and state ----------------------------===//
#include "Machine.h"

#include "CycleRun.h"
#include "PassCommand.h"
#include "ShuffledRun.h"
#include "TimedRun.h"

using namespace rowlock;

static LoopIndices indicesOf(const CommandWalker &walker) {
  return {walker.indices(), walker.depth()};
}

Simulator::Machine::Machine(const Program &loaded,
                            const SimulatorOptions &options, Memory memory,
                            HostLayers layers)
    : program(loaded), options(options), memory(std::move(memory)),
      layers(std::move(layers)), list(program.table()),
      glb(size_t(program.target().glb_banks),
          size_t(program.target().bank_bytes)),
      array(program.target(), options.data) {
  for (uint32_t k = 0; k < program.frameCount(); ++k)
    configurations.push_back(std::make_unique<ArrayConfiguration>(
        program.frame(k), program.target()));
  // The filter engine walks no Configure: a pass uses the last frame listed
  // before it, as the loader requires of every pass.
  int64_t frame = -1;
  for (size_t k = 0; k < list.size(); ++k) {
    if (const fb::Configure *command = list.command(k).operation_as_Configure())
      frame = command->frame();
    frameOfCommand.push_back(frame);
  }
  auto table = items(program.table().layers());
  layerOfCommand.assign(list.size(), uint32_t(table.size()));
  for (uint32_t k = 0; k < table.size(); ++k)
    std::fill(layerOfCommand.begin() + table[k]->first_command(),
              layerOfCommand.begin() + table[k]->last_command(), k);
}

void Simulator::Machine::reset() {
  glb.clear();
  tokens.assign(items(program.table().tokens()).size(), 0);
  records.assign(size_t(program.target().record_entries), 0);
  fifo.clear();
  configuration = nullptr;
  counts.assign(items(program.table().layers()).size() + 1, EventCounts());
  layerEnds.assign(counts.size(), 0);
  writers.clear();
}

bool Simulator::Machine::met(
    const flatbuffers::Vector<flatbuffers::Offset<fb::Wait>> *waits,
    const CommandWalker &walker) const {
  for (const fb::Wait *wait : items(waits))
    if (tokens[wait->token()] <
        evaluate(wait->value(), walker.indices(), walker.depth()))
      return false;
  return true;
}

PassCounts Simulator::Machine::countsOf(const CommandWalker &walker) const {
  return passCounts(walker);
}

std::optional<PassCounts>
Simulator::Machine::streamedBy(const CommandWalker &walker) const {
  return streamsFilters(walker) ? std::optional<PassCounts>(countsOf(walker))
                                : std::nullopt;
}

bool Simulator::Machine::ready(Engine engine,
                               const CommandWalker &walker) const {
  return !walker.done() &&
         (engine == Engine::Filter || met(walker.command().waits(), walker));
}

bool Simulator::Machine::filtersReady(const CommandWalker &walker) const {
  return met(walker.command().operation_as_Pass()->filters_from()->waits(),
             walker);
}

void Simulator::Machine::signal(const CommandWalker &walker) {
  for (const fb::Signal *signal : items(walker.command().signals()))
    tokens[signal->token()] += signal->amount();
}

void Simulator::Machine::noteEnd(const CommandWalker &walker, double now) {
  double &end = layerEnds[layerOfCommand[walker.index()]];
  end = std::max(end, now);
}

void Simulator::Machine::sumLayers() {
  double begin = 0;
  for (size_t k = 0; k < layerEnds.size(); ++k) {
    counts[k].cycles.total = std::max(0.0, layerEnds[k] - begin);
    begin = std::max(begin, layerEnds[k]);
  }
}

Status Simulator::Machine::configure(const fb::Configure &command) {
  configuration = configurations[command.frame()].get();
  array.configure(*configuration);
  return Status::ok();
}

Result<Moved> Simulator::Machine::stream(const CommandWalker &walker) {
  std::optional<PassCounts> counts = streamedBy(walker);
  if (!counts)
    return Moved();
  const fb::Pass &pass = *walker.command().operation_as_Pass();
  LoopIndices at = indicesOf(walker);
  const ArrayConfiguration &planned = plannedConfiguration(walker);
  auto block = fetchFilters(pass, at, state(), *counts, planned.frame);
  if (!block)
    return block.takeStatus();
  int64_t bytes = block->counts.groups * block->counts.filters *
                  block->counts.channels * planned.frame.filter_height *
                  planned.frame.filter_width *
                  program.target().operandBytes(planned.mode16);
  int64_t recordBytes = 0;
  if (const fb::RecordBox *box = pass.records_from())
    recordBytes =
        std::max<int64_t>(0, evaluate(box->count(), at.values, at.depth)) *
        (program.target().isFixed16() ? 2 : 8);
  layerCounts(walker).dramFilterBytes += bytes;
  layerCounts(walker).dramRecordBytes += recordBytes;
  fifo.push_back(std::move(*block));
  Moved moved;
  moved.dramBytes = bytes + recordBytes;
  return moved;
}

Status Simulator::Machine::takeRecords(const fb::Pass &command,
                                       const CommandWalker &walker) {
  LoopIndices at = indicesOf(walker);
  const fb::RecordBox *box = command.records_from();
  int64_t count = box ? evaluate(box->count(), at.values, at.depth) : 0;
  if (count <= 0)
    return Status::ok();
  int64_t entry = evaluate(box->entry(), at.values, at.depth);
  auto fetched = fetchRecords(*box, evaluate(box->first(), at.values, at.depth),
                              count, state());
  if (!fetched)
    return fetched.takeStatus();
  if (entry < 0 || entry + count > int64_t(records.size()))
    return Status::error("records " + std::to_string(entry) + " to " +
                         std::to_string(entry + count - 1) +
                         " leave the record memory of " +
                         std::to_string(records.size()) + " entries");
  std::copy(fetched->begin(), fetched->end(), records.begin() + entry);
  return Status::ok();
}

Status Simulator::Machine::pass(const CommandWalker &walker) {
  const fb::Pass &command = *walker.command().operation_as_Pass();
  LoopIndices at = indicesOf(walker);
  PassOrder order;
  order.counts = countsOf(walker);
  if (order.counts.isVoid())
    return Status::ok();
  if (streamedBy(walker)) {
    if (Status taken = takeRecords(command, walker); !taken)
      return taken;
    FilterBlock block = std::move(fifo.front());
    fifo.pop_front();
    if (Status taken = array.takeFilters(std::move(block), layerCounts(walker));
        !taken)
      return taken;
  }
  order.ifmap = evaluate(command.ifmap(), at.values, at.depth);
  order.psum = evaluate(command.psum(), at.values, at.depth);
  order.init = command.start() == fb::PsumStart::Init &&
               evaluate(command.init_when(), at.values, at.depth) == 0;
  order.record = evaluate(command.record(), at.values, at.depth);
  order.recordGroupStep = command.record_group_step();
  const TargetSpec &target = program.target();
  GlobalBuffer::Region ifmaps(
      glb, configuration->ifmapBanks,
      size_t(target.operandBytes(configuration->mode16)));
  GlobalBuffer::Region psums(glb, configuration->psumBanks,
                             size_t(target.psumBytes()));
  if (!watch)
    return array.run(order, ifmaps, psums, records, layerCounts(walker),
                     [](int64_t, size_t) {});
  writers.resize(size_t(psums.size()));
  std::shared_ptr<Writer> writer;
  return array.run(
      order, ifmaps, psums, records, layerCounts(walker),
      [&](int64_t word, size_t pe) {
        if (!writer || writer->pe != pe)
          writer = std::make_shared<Writer>(
              Writer{walker.index(),
                     {walker.indices(), walker.indices() + walker.depth()},
                     pe});
        writers[size_t(word)] = writer;
      });
}

Result<Moved> Simulator::Machine::load(const CommandWalker &walker) {
  if (!configuration)
    return Status::error("the array is not configured yet");
  const fb::Load &command = *walker.command().operation_as_Load();
  auto moved =
      runLoad(command, indicesOf(walker), state(), *configuration, glb);
  if (!moved)
    return moved.takeStatus();
  EventCounts &counts = layerCounts(walker);
  if (command.kind() == fb::BoxKind::Ifmap) {
    counts.glbFillWords += moved->glbWords;
    counts.dramIfmapBytes += moved->dramBytes;
    counts.dramIfmapPlainBytes += moved->plainBytes;
  } else {
    counts.glbDrainWords += moved->glbWords;
    counts.glbRestoredWords += moved->glbWords;
    counts.dramOfmapBytes += moved->dramBytes;
    counts.dramRestoredBytes += moved->dramBytes;
    counts.dramOfmapPlainBytes += moved->plainBytes;
  }
  return moved;
}

Result<Moved> Simulator::Machine::store(const CommandWalker &walker) {
  if (!configuration)
    return Status::error("the array is not configured yet");
  const fb::Store &command = *walker.command().operation_as_Store();
  StoreObserver observer;
  if (watch && command.tensor() == watch->tensor)
    observer = [&](int64_t element, int64_t word) {
      if (element != watch->element)
        return;
      Producer producer;
      producer.store = walker.index();
      if (size_t(word) < writers.size() && writers[size_t(word)]) {
        const Writer &writer = *writers[size_t(word)];
        int64_t columns = program.target().columns;
        producer.pass = writer.command;
        producer.indices = writer.indices;
        producer.peRow = int64_t(writer.pe) / columns;
        producer.peColumn = int64_t(writer.pe) % columns;
      }
      watch->found = producer;
    };
  auto moved = runStore(command, indicesOf(walker), state(), *configuration,
                        glb, records, observer);
  if (!moved)
    return moved.takeStatus();
  layerCounts(walker).glbDrainWords += moved->glbWords;
  layerCounts(walker).dramOfmapBytes += moved->dramBytes;
  layerCounts(walker).dramOfmapPlainBytes += moved->plainBytes;
  return moved;
}

Result<Moved> Simulator::Machine::executeHere(Engine engine,
                                              const CommandWalker &walker) {
  Status done = Status::ok();
  switch (engine) {
  case Engine::Load:
    return load(walker);
  case Engine::Filter:
    return stream(walker);
  case Engine::Store:
    return store(walker);
  case Engine::Array:
    if (const fb::Configure *command =
            walker.command().operation_as_Configure())
      done = configure(*command);
    else if (!configuration)
      done = Status::error("the array is not configured yet");
    else
      done = pass(walker);
    break;
  case Engine::Host:
    if (options.data)
      done = layers.run(walker.command().operation_as_Host()->layer(), memory);
    break;
  }
  return done ? Result<Moved>(Moved()) : Result<Moved>(done);
}

Result<Moved> Simulator::Machine::execute(Engine engine,
                                          const CommandWalker &walker) {
  Result<Moved> done = executeHere(engine, walker);
  if (!done)
    return Status::error(quoted(program.name()) + ": " + describe(walker) +
                         ": " + done.message());
  return done;
}

std::string Simulator::Machine::describe(const CommandWalker &walker) const {
  std::string where = "command " + std::to_string(walker.index()) + " (" +
                      fb::EnumNameOperation(walker.command().operation_type()) +
                      ") at [";
  for (size_t d = 0; d < walker.depth(); ++d)
    where += (d ? ", " : "") + std::to_string(walker.indices()[d]);
  where += "]";
  for (const fb::Layer *layer : items(program.table().layers()))
    if (layer->first_command() <= walker.index() &&
        walker.index() < layer->last_command())
      where += ", layer " + quoted(text(layer->name()));
  return where;
}

Status
Simulator::Machine::checkDone(const std::vector<CommandWalker> &walkers) const {
  std::string stuck;
  for (const CommandWalker &walker : walkers)
    if (!walker.done())
      stuck += (stuck.empty() ? "" : "; ") + describe(walker);
  if (stuck.empty())
    return Status::ok();
  return Status::error(quoted(program.name()) +
                       ": deadlock: these wait forever: " + stuck);
}

Status Simulator::Machine::run() {
  reset();
  if (options.everyCycle)
    return CycleRun(*this).run();
  return options.orderSeed ? ShuffledRun(*this).run() : TimedRun(*this).run();
}
