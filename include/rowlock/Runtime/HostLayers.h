//===- HostLayers.h - Host kernels of a program -----------------*- C++ -*-===//
//
// The layers of a program that the host computes. docs/spec/kernels.md defines
// the kernels, their operands and attributes.
//
//===----------------------------------------------------------------------===//
#ifndef ROWLOCK_RUNTIME_HOSTLAYERS_H
#define ROWLOCK_RUNTIME_HOSTLAYERS_H

#include "rowlock/Runtime/Memory.h"

#include <functional>
#include <vector>

namespace rowlock {

/// The host layers of one program, checked once and ready to run.
class HostLayers {
public:
  /// Checks operands, results and attributes of every host layer. The error
  /// names the program, the layer and the reason.
  static Result<HostLayers> prepare(const Program &program);

  /// Computes a layer that the host computes (any kernel but ArrayConv).
  /// `memory` is of the same program.
  Status run(uint32_t layer, Memory &memory) const;

private:
  using Operands = std::vector<const uint8_t *>;
  struct Prepared {
    std::vector<uint32_t> operands;
    uint32_t result = 0;
    std::function<void(const Operands &, uint8_t *)> kernel;
  };
  std::vector<Prepared> layers; // empty entries: layers of the array
};

} // namespace rowlock

#endif // ROWLOCK_RUNTIME_HOSTLAYERS_H
