//===- Memory.h - The tensors of a running program --------------*- C++ -*-===//
#ifndef ROWLOCK_RUNTIME_MEMORY_H
#define ROWLOCK_RUNTIME_MEMORY_H

#include "rowlock/Program/Program.h"
#include "rowlock/Program/TensorLayout.h"
#include "rowlock/Support/Result.h"

#include <cstdint>
#include <cstdlib>
#include <memory>
#include <vector>

namespace rowlock {

/// DRAM, zero at first, and the constants of the program file.
class Memory {
public:
  static Result<Memory> create(const Program &program);

  const TensorLayout &layout(uint32_t tensor) const { return layouts[tensor]; }
  /// The first byte of a tensor.
  const uint8_t *data(uint32_t tensor) const;
  /// The same to write to; null for a constant.
  uint8_t *mutableData(uint32_t tensor);

  /// Copies from and to logical row-major order. Errors name the tensor and
  /// both sizes.
  Status write(uint32_t tensor, const void *data, size_t bytes);
  Status read(uint32_t tensor, void *data, size_t bytes) const;

private:
  explicit Memory(const Program &program) : program(program) {}
  Status checkSize(uint32_t tensor, size_t bytes) const;

  Program program;
  std::vector<TensorLayout> layouts;
  std::unique_ptr<uint8_t, decltype(&std::free)> dram{nullptr, &std::free};
};

} // namespace rowlock

#endif // ROWLOCK_RUNTIME_MEMORY_H
