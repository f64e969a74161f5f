//===- Device.cpp - Running programs --------------------------------------===//
#include "Handles.h"

#include "rowlock/Runtime/HostDevice.h"
#include "rowlock/Simulator/Simulator.h"

using namespace rowlock;

static Result<std::unique_ptr<Device>> makeDevice(const Program &program,
                                                  RowlockDeviceKind kind) {
  if (kind == ROWLOCK_DEVICE_SIM) {
    auto sim = Simulator::create(program);
    if (!sim)
      return sim.takeStatus();
    return std::unique_ptr<Device>(std::move(*sim));
  }
  if (kind != ROWLOCK_DEVICE_CPU)
    return Status::error("device kind " + std::to_string(int(kind)) +
                         " is neither ROWLOCK_DEVICE_CPU nor "
                         "ROWLOCK_DEVICE_SIM");
  auto host = HostDevice::create(program);
  if (!host)
    return host.takeStatus();
  return std::unique_ptr<Device>(
      std::make_unique<HostDevice>(std::move(*host)));
}

RowlockError *rowlockDeviceCreate(const RowlockProgram *program,
                                  RowlockDeviceKind kind,
                                  RowlockDevice **device) {
  ROWLOCK_REQUIRE(device);
  *device = nullptr;
  ROWLOCK_REQUIRE(program);
  auto made = makeDevice(program->program, kind);
  if (!made)
    return capi::error(made.takeStatus());
  *device =
      new RowlockDevice{std::move(*made), program->inputs, program->outputs};
  return nullptr;
}

void rowlockDeviceDestroy(RowlockDevice *device) { delete device; }

/// `what`: "input" or "output".
static RowlockError *checkIndex(const char *what, size_t index, size_t count) {
  if (index < count)
    return nullptr;
  return capi::error(std::string(what) + " " + std::to_string(index) +
                     " is asked for, the program has " + std::to_string(count));
}

RowlockError *rowlockDeviceWrite(RowlockDevice *device, size_t input,
                                 const void *data, size_t bytes) {
  ROWLOCK_REQUIRE(device);
  if (bytes)
    ROWLOCK_REQUIRE(data);
  if (RowlockError *error = checkIndex("input", input, device->inputs.size()))
    return error;
  return capi::error(
      device->device->write(device->inputs[input].index, data, bytes));
}

RowlockError *rowlockDeviceRun(RowlockDevice *device) {
  ROWLOCK_REQUIRE(device);
  return capi::error(device->device->run());
}

RowlockError *rowlockDeviceRead(RowlockDevice *device, size_t output,
                                void *data, size_t bytes) {
  ROWLOCK_REQUIRE(device);
  if (bytes)
    ROWLOCK_REQUIRE(data);
  if (RowlockError *error =
          checkIndex("output", output, device->outputs.size()))
    return error;
  return capi::error(
      device->device->read(device->outputs[output].index, data, bytes));
}
