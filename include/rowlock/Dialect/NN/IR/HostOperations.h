//===- HostOperations.h - Names in operations of the host -------*- C++ -*-===//
#ifndef ROWLOCK_DIALECT_NN_IR_HOSTOPERATIONS_H
#define ROWLOCK_DIALECT_NN_IR_HOSTOPERATIONS_H

#include "llvm/ADT/StringRef.h"

#include <cstdint>
#include <optional>

namespace rowlock::nn {

/// Modes of nn.pad, by their codes in the kernel Pad.
enum class PadMode : uint8_t { Constant = 0, Reflect = 1, Edge = 2, Wrap = 3 };
std::optional<PadMode> padMode(llvm::StringRef name);

/// Reductions of nn.scatter_nd, by their codes in the kernel ScatterND.
enum class ScatterReduction : uint8_t {
  None = 0,
  Add = 1,
  Mul = 2,
  Max = 3,
  Min = 4
};
std::optional<ScatterReduction> scatterReduction(llvm::StringRef name);

} // namespace rowlock::nn

#endif // ROWLOCK_DIALECT_NN_IR_HOSTOPERATIONS_H
