//===- Storage.h - What the handles of a program share ----------*- C++ -*-===//
#ifndef ROWLOCK_LIB_PROGRAM_STORAGE_H
#define ROWLOCK_LIB_PROGRAM_STORAGE_H

#include "rowlock/Program/Program.h"

#include <optional>

namespace rowlock {

/// The bytes, mapped or owned, and what the loader decoded from them.
struct Program::Storage {
  std::string name;
  std::vector<uint8_t> owned;
  void *mapping = nullptr;
  ByteSpan bytes;
  ByteSpan constants;
  TargetSpec target;
  std::optional<FrameLayout> layout;

  Storage() = default;
  Storage(const Storage &) = delete;
  Storage &operator=(const Storage &) = delete;
  ~Storage();

  /// Every check of the loader, over `bytes`.
  Status load(const LoadOptions &options);
};

} // namespace rowlock

#endif // ROWLOCK_LIB_PROGRAM_STORAGE_H
