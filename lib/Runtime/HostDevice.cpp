//===- HostDevice.cpp - Programs without an array -------------------------===//
#include "rowlock/Runtime/HostDevice.h"

#include "rowlock/Program/Values.h"

using namespace rowlock;

Result<HostDevice> HostDevice::create(const Program &program) {
  size_t index = 0;
  for (const fb::Command *command : items(program.table().commands())) {
    if (command->operation_type() != fb::Operation::Host)
      return Status::error(quoted(program.name()) + ": command " +
                           std::to_string(index) + " is " +
                           fb::EnumNameOperation(command->operation_type()) +
                           ", but only Host runs without an array");
    ++index;
  }
  Result<Memory> memory = Memory::create(program);
  if (!memory)
    return memory.takeStatus();
  Result<HostLayers> layers = HostLayers::prepare(program);
  if (!layers)
    return layers.takeStatus();
  return HostDevice(program, std::move(*memory), std::move(*layers));
}

Status HostDevice::write(uint32_t tensor, const void *data, size_t bytes) {
  return memory.write(tensor, data, bytes);
}

Status HostDevice::read(uint32_t tensor, void *data, size_t bytes) {
  return memory.read(tensor, data, bytes);
}

Status HostDevice::run() {
  for (const fb::Command *command : items(held.table().commands()))
    if (Status ran = layers.run(command->operation_as_Host()->layer(), memory);
        !ran)
      return ran;
  return Status::ok();
}
