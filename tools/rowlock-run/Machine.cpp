//===- Machine.cpp - What runs a program ----------------------------------===//
#include "Machine.h"

#include "rowlock/Program/Values.h"

using namespace rowlock;

Status Machine::create(const Program &program,
                       const SimulatorOptions &options) {
  if (program.frameCount() > 0) {
    auto made = Simulator::create(program, options);
    if (!made)
      return made.takeStatus();
    sim = std::move(*made);
    return Status::ok();
  }
  auto made = HostDevice::create(program);
  if (!made)
    return made.takeStatus();
  host = std::make_unique<HostDevice>(std::move(*made));
  return Status::ok();
}

Device &Machine::device() { return sim ? static_cast<Device &>(*sim) : *host; }

void Machine::watchPasses() {
  if (!sim)
    return;
  watched = std::make_unique<DistinctPasses>(
      items(sim->program().table().layers()).size());
  sim->observe(*watched);
}

void Machine::count() {
  if (!sim)
    return;
  sums.resize(sim->layerCounts().size());
  for (size_t k = 0; k < sums.size(); ++k)
    sums[k] += sim->layerCounts()[k];
}
