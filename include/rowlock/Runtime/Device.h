//===- Device.h - What executes a program -----------------------*- C++ -*-===//
#ifndef ROWLOCK_RUNTIME_DEVICE_H
#define ROWLOCK_RUNTIME_DEVICE_H

#include "rowlock/Program/Program.h"
#include "rowlock/Support/Result.h"

#include <cstdint>

namespace rowlock {

/// One program on one machine. Tensors are named by their index in the program
/// and passed in logical row-major order without gaps, whatever their layout.
class Device {
public:
  virtual ~Device() = default;
  virtual const Program &program() const = 0;
  /// Writes a tensor that is not a constant; `bytes` is its logical size.
  virtual Status write(uint32_t tensor, const void *data, size_t bytes) = 0;
  /// Reads any tensor, intermediate ones included, as the last run left it.
  virtual Status read(uint32_t tensor, void *data, size_t bytes) = 0;
  /// Executes all commands once; returns when the last is done.
  virtual Status run() = 0;
};

} // namespace rowlock

#endif // ROWLOCK_RUNTIME_DEVICE_H
