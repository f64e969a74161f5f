//===- Checks.h - The parts of the structural loader ------------*- C++ -*-===//
#ifndef ROWLOCK_LIB_PROGRAM_CHECKS_H
#define ROWLOCK_LIB_PROGRAM_CHECKS_H

#include "rowlock/Program/FrameLayout.h"
#include "rowlock/Program/Values.h"
#include "rowlock/Program/program_generated.h"
#include "rowlock/Support/Hash.h"
#include "rowlock/Support/Result.h"

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <vector>

namespace rowlock {

/// True unless the elements of a vector lie askew, which the FlatBuffers
/// verifier does not look at.
template <typename T> bool isAligned(const flatbuffers::Vector<T> *vector) {
  return !vector ||
         reinterpret_cast<uintptr_t>(vector->Data()) % alignof(T) == 0;
}

/// Elements and characters that checks may still look at: vectors and strings
/// that a hostile file shares among many tables cannot make a small file slow.
class Budget {
public:
  explicit Budget(uint64_t elements) : left(elements) {}
  Status take(uint64_t elements);
  /// Strings may be absent.
  Status take(std::initializer_list<const flatbuffers::String *> strings);

private:
  uint64_t left;
};

/// Affine values and what is multiplied with counts stay within these, so that
/// no sum of them leaves 64 bits.
constexpr int64_t maxAffineValue = int64_t(1) << 47;
constexpr int64_t maxCount = int64_t(1) << 24;
constexpr int64_t maxStep = int64_t(1) << 31;

/// Waits and signals of a command and terms of a count are at most so many, so
/// that the time a command takes to check is bounded.
constexpr size_t maxListLength = 64;
Status checkLength(const char *what, size_t length);

/// The bounds of values at any index of the loops around, whose trip counts are
/// `trips`, outermost first. `what` names the field in errors.
class AffineChecks {
public:
  AffineChecks(const std::vector<int64_t> &trips, Budget &budget)
      : trips(trips), budget(budget) {}
  /// An absent value is allowed, it is 0.
  Status affine(const char *what, const fb::Affine *value) const;
  Status count(const char *what, const fb::Count *value) const;
  Status address(const char *what, const fb::Address *value) const;
  Status step(const char *what, int64_t value) const;

private:
  /// Sets `greatest` to the greatest value.
  Status bounds(const char *what, const fb::Affine *value,
                int64_t &greatest) const;
  const std::vector<int64_t> &trips;
  Budget &budget;
};

/// Shapes, layouts, scales, places in DRAM and in the blob, overlaps.
Status checkTensors(const fb::Program &program, Budget &budget);

/// Indices, values, boxes, loops, and how much runs.
Status checkCommands(const fb::Program &program, const TargetSpec &target,
                     Budget &budget, uint64_t maxCommands);

/// Layers, debug information and preprocessing.
Status checkLayers(const fb::Program &program, Budget &budget);

/// What bounds do not need: tensors that must not overlap, scalars of a frame
/// that depend on each other, signals. All indices exist.
Status checkConsistency(const fb::Program &program, const TargetSpec &target);

} // namespace rowlock

#endif // ROWLOCK_LIB_PROGRAM_CHECKS_H
