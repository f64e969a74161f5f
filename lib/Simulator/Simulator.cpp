//===- Simulator.cpp - The machine, functionally --------------------------===//
#include "rowlock/Simulator/Simulator.h"

#include "Machine.h"

using namespace rowlock;

Simulator::Simulator(std::unique_ptr<Machine> machine)
    : machine(std::move(machine)) {}

Simulator::~Simulator() = default;

Result<std::unique_ptr<Simulator>>
Simulator::create(const Program &program, const SimulatorOptions &options) {
  if (options.everyCycle && !options.rules.areSpecified())
    return Status::error(
        "cycle by cycle, timing rules are those of the specification");
  if (options.layersApart && (options.everyCycle || options.orderSeed))
    return Status::error(
        "only a run that is timed by events keeps layers apart");
  Result<Memory> memory = Memory::create(program);
  if (!memory)
    return memory.takeStatus();
  Result<HostLayers> layers = HostLayers::prepare(program);
  if (!layers)
    return layers.takeStatus();
  return std::unique_ptr<Simulator>(new Simulator(std::make_unique<Machine>(
      program, options, std::move(*memory), std::move(*layers))));
}

const Program &Simulator::program() const { return machine->program; }

Status Simulator::write(uint32_t tensor, const void *data, size_t bytes) {
  return machine->memory.write(tensor, data, bytes);
}

Status Simulator::read(uint32_t tensor, void *data, size_t bytes) {
  return machine->memory.read(tensor, data, bytes);
}

Status Simulator::run() { return machine->run(); }

RunObserver::~RunObserver() = default;

void Simulator::observe(RunObserver &observer) {
  machine->observers.push_back(&observer);
}

EventCounts Simulator::counts() const {
  EventCounts sum;
  for (const EventCounts &layer : machine->counts)
    sum += layer;
  return sum;
}

const std::vector<EventCounts> &Simulator::layerCounts() const {
  return machine->counts;
}

/// What a copy on the host, which keeps the order of elements, was made from.
static uint32_t findOriginal(const Program &program, uint32_t tensor) {
  auto layers = items(program.table().layers());
  for (size_t k = layers.size(); k-- > 0;)
    if (layers[k]->kernel() == fb::Kernel::Copy &&
        layers[k]->results()->Get(0) == tensor)
      tensor = layers[k]->operands()->Get(0);
  return tensor;
}

Result<std::optional<Producer>> Simulator::findProducer(uint32_t tensor,
                                                        int64_t element) {
  if (!machine->options.data)
    return Status::error("a run without data has no elements");
  Machine::Watch watch = {findOriginal(machine->program, tensor), element,
                          std::nullopt};
  machine->watch = &watch;
  auto observers = std::exchange(machine->observers, {});
  Status done = machine->run();
  machine->watch = nullptr;
  machine->observers = std::move(observers);
  if (!done)
    return done;
  return watch.found;
}
