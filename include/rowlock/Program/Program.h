//===- Program.h - A loaded program -----------------------------*- C++ -*-===//
//
// An immutable program file (.rlk), structurally sound: whoever holds a
// `Program` may follow every index, evaluate every affine value and walk every
// loop without checks of their own (docs/spec/program.md lists what holds).
//
//   Result<Program> program = Program::open("mnist.rlk");
//   if (!program)
//     return Status::error(program.message()); // names file and reason
//   for (const fb::Tensor *tensor : items(program->table().tensors()))
//     ...
//
//===----------------------------------------------------------------------===//
#ifndef ROWLOCK_PROGRAM_PROGRAM_H
#define ROWLOCK_PROGRAM_PROGRAM_H

#include "rowlock/Program/FrameLayout.h"
#include "rowlock/Program/program_generated.h"
#include "rowlock/Support/Result.h"
#include "rowlock/Target/TargetSpec.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace rowlock {

/// The versions that this library writes; it reads those from 1 up to them.
constexpr uint32_t programFormatVersion = 1;
constexpr uint32_t programSemanticsVersion = 1;

/// The most commands, loops' own steps included, that a program may run.
constexpr uint64_t maxExecutedCommands = uint64_t(1) << 27;
/// The most work that a program may ask for in one run: words that its commands
/// move, MACs of the array and operations of the host.
constexpr uint64_t maxProgramWork = uint64_t(1) << 50;

/// How strict the loader is: for tools that make or run programs of strangers.
struct LoadOptions {
  /// Takes constants and a target that do not have the checksum and the hash
  /// that the file states.
  bool skipChecksum = false;
  /// Checks bounds alone: whatever keeps a run within its memory and time, not
  /// whether values that depend on each other agree (docs/spec/program.md).
  bool skipConsistency = false;
  /// Tighter limits refuse programs that would run for long.
  uint64_t maxCommands = maxExecutedCommands;
  uint64_t maxWork = maxProgramWork;
};

/// Bytes that someone else owns.
struct ByteSpan {
  const uint8_t *data = nullptr;
  size_t size = 0;
  const uint8_t *begin() const { return data; }
  const uint8_t *end() const { return data + size; }
};

/// A loaded program: a cheap handle on shared, immutable contents.
class Program {
public:
  /// Maps the file at `path` and checks it; constants are not copied. The file
  /// must not change while the program lives. Errors are one line with the path
  /// and the reason.
  static Result<Program> open(const std::string &path,
                              const LoadOptions &options = {});

  /// The same for bytes in memory; `name` stands for the path in errors.
  static Result<Program> fromBytes(std::vector<uint8_t> bytes,
                                   const std::string &name = "program",
                                   const LoadOptions &options = {});

  /// The FlatBuffers table. Absent vectors are empty ones (see `items`).
  const fb::Program &table() const;
  /// The whole file.
  ByteSpan bytes() const;
  /// The blob that constant tensors and nothing else lie in.
  ByteSpan constants() const;
  /// The bytes of constant tensor `index` (of kind Constant).
  ByteSpan constant(uint32_t index) const;
  /// The machine that the program is made for, decoded from the file.
  const TargetSpec &target() const;
  const FrameLayout &frameLayout() const;
  uint32_t frameCount() const;
  /// Decodes frame `index`, which is below `frameCount()`.
  FrameValues frame(uint32_t index) const;
  /// Path or name that the program was opened with.
  const std::string &name() const;

private:
  struct Storage;
  static Result<Program> load(std::shared_ptr<Storage> storage,
                              const LoadOptions &options);
  explicit Program(std::shared_ptr<const Storage> storage);
  std::shared_ptr<const Storage> storage;
};

} // namespace rowlock

#endif // ROWLOCK_PROGRAM_PROGRAM_H
