//===- HostDevice.h - Programs without an array -----------------*- C++ -*-===//
#ifndef ROWLOCK_RUNTIME_HOSTDEVICE_H
#define ROWLOCK_RUNTIME_HOSTDEVICE_H

#include "rowlock/Runtime/Device.h"
#include "rowlock/Runtime/HostLayers.h"

namespace rowlock {

/// Executes a program whose every command is the host's, in program order, on
/// this CPU: networks in float, for calibration and comparison.
class HostDevice : public Device {
public:
  /// Fails if the program holds another command, or a layer that no kernel
  /// computes.
  static Result<HostDevice> create(const Program &program);

  const Program &program() const override { return held; }
  Status write(uint32_t tensor, const void *data, size_t bytes) override;
  Status read(uint32_t tensor, void *data, size_t bytes) override;
  Status run() override;

private:
  HostDevice(Program program, Memory memory, HostLayers layers)
      : held(std::move(program)), memory(std::move(memory)),
        layers(std::move(layers)) {}
  Program held;
  Memory memory;
  HostLayers layers;
};

} // namespace rowlock

#endif // ROWLOCK_RUNTIME_HOSTDEVICE_H
