//===- TensorLayout.h - Where elements lie in DRAM --------------*- C++ -*-===//
//
//   TensorLayout layout(*tensor);
//   uint64_t byte = tensor->address() + layout.byte(indices);
//
//===----------------------------------------------------------------------===//
#ifndef ROWLOCK_PROGRAM_TENSORLAYOUT_H
#define ROWLOCK_PROGRAM_TENSORLAYOUT_H

#include "rowlock/Program/CodedLayout.h"
#include "rowlock/Support/Result.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace rowlock {

/// The largest rank of a tensor.
constexpr size_t maxTensorRank = 8;

/// Bytes of one element as stored (I1 takes one).
unsigned elementBytes(fb::ElementType type);

/// The layout of one tensor: order of dimensions, row pitch and stored padding
/// of `fb::Tensor`, as strides; or the blocks of a coded one, whose elements
/// have no place of their own.
class TensorLayout {
public:
  /// Of a tensor of a loaded program.
  explicit TensorLayout(const fb::Tensor &tensor);

  /// The layout, or what is wrong with it (rank, sizes, order, pitch, padding).
  static Result<TensorLayout> compute(const fb::Tensor &tensor);

  /// Elements of the logical shape.
  int64_t elements() const { return count; }
  unsigned bytesPerElement() const { return unit; }
  const std::vector<int64_t> &shape() const { return sizes; }
  /// Elements from one index of dimension d to the next.
  const std::vector<int64_t> &strides() const { return steps; }
  /// Bytes from the tensor's address to its end, stored padding included.
  int64_t byteSize() const { return total; }
  /// Bytes from the tensor's address to an element; `indices` has one entry
  /// for each dimension, within the shape (or within stored padding).
  int64_t byte(const int64_t *indices) const {
    int64_t at = origin;
    for (size_t d = 0; d < steps.size(); ++d)
      at += indices[d] * steps[d];
    return at * unit;
  }
  /// True where logical elements lie in order and without gaps.
  bool dense() const;
  /// The blocks of a coded tensor; null for a raw one.
  const CodedLayout *coded() const { return blocks ? &*blocks : nullptr; }

private:
  TensorLayout() = default;
  std::vector<int64_t> sizes, steps;
  int64_t origin = 0, count = 1, total = 0;
  unsigned unit = 1;
  std::optional<CodedLayout> blocks;
};

} // namespace rowlock

#endif // ROWLOCK_PROGRAM_TENSORLAYOUT_H
