//===- FrameLayout.h - The bits of a scan chain -----------------*- C++ -*-===//
//
// Which bits of a frame hold what on a given target, and the codec between bits
// and values. Both come from FrameFields.def.
//
//   FrameLayout layout(target);
//   FrameValues values(layout);          // least values, every vector sized
//   values.filter_height = 5;
//   values.enable[layout.pe(row, column)] = 1;
//   Result<std::vector<uint64_t>> words = encodeFrame(layout, values);
//
//===----------------------------------------------------------------------===//
#ifndef ROWLOCK_PROGRAM_FRAMELAYOUT_H
#define ROWLOCK_PROGRAM_FRAMELAYOUT_H

#include "rowlock/Support/Result.h"
#include "rowlock/Target/TargetSpec.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace rowlock {

/// What a field belongs to: the frame, a GLB bank, an X bus, an array column, a
/// PE.
enum class FrameFieldKind { Scalar, Bank, Bus, Column, PE };
/// In the order of the chain.
constexpr FrameFieldKind frameFieldKinds[] = {
    FrameFieldKind::Scalar, FrameFieldKind::Bank, FrameFieldKind::Bus,
    FrameFieldKind::Column, FrameFieldKind::PE};

/// One field on one target. Element k of it takes `width` bits of the chain
/// from bit `offset + k * step` on; it lies in [min, max] and the chain holds
/// `value - min`.
struct FrameField {
  FrameFieldKind kind;
  const char *name;
  const char *doc;
  int64_t min, max;
  unsigned width;
  size_t offset, step, count; // count: elements; 1 for a scalar
};

/// Places of all fields, in chain order.
class FrameLayout {
public:
  explicit FrameLayout(const TargetSpec &target);
  const std::vector<FrameField> &fields() const { return table; }
  /// The field of that name, or null.
  const FrameField *find(const std::string &name) const;
  /// Bits of the chain, and the 64-bit words that hold them.
  size_t bits() const { return chainBits; }
  size_t words() const { return (chainBits + 63) / 64; }
  /// The element of a PE in a PE's field: row by row from the bottom.
  size_t pe(int64_t row, int64_t column) const {
    return static_cast<size_t>(row * columns + column);
  }

private:
  std::vector<FrameField> table;
  size_t chainBits = 0;
  int64_t columns;
};

/// The values of a frame by name: scalars (`filter_height`, `p`, ...) are
/// integers, fields of banks, buses, columns and PEs (`bank_psum`,
/// `filter_row_id`, `enable`, ...) are vectors.
struct FrameValues {
  FrameValues() = default;
  /// Every scalar has its least value (0 where the range holds 0), every vector
  /// its length and zeros.
  explicit FrameValues(const FrameLayout &layout);

#define ROWLOCK_FRAME_SCALAR(name, min, max, doc) int64_t name = 0;
#define ROWLOCK_FRAME_BANK(name, width, doc) std::vector<int64_t> name;
#define ROWLOCK_FRAME_BUS(name, width, doc) std::vector<int64_t> name;
#define ROWLOCK_FRAME_COLUMN(name, width, doc) std::vector<int64_t> name;
#define ROWLOCK_FRAME_PE(name, width, doc) std::vector<int64_t> name;
#include "rowlock/Program/FrameFields.def"

  /// The scalar, or the vector, of that name; null if there is none.
  int64_t *scalar(const std::string &name);
  const int64_t *scalar(const std::string &name) const;
  std::vector<int64_t> *vector(const std::string &name);
  const std::vector<int64_t> *vector(const std::string &name) const;

  bool operator==(const FrameValues &other) const;
  bool operator!=(const FrameValues &other) const { return !(*this == other); }
};

/// The chain as 64-bit words: bit k is bit k%64 of word k/64, the bits past the
/// end are 0. Errors name field, value and bound, or a vector of wrong length.
Result<std::vector<uint64_t>> encodeFrame(const FrameLayout &layout,
                                          const FrameValues &values);

/// The inverse. Errors name a wrong number of words, a bit set past the end, or
/// a field whose value is out of its range.
Result<FrameValues> decodeFrame(const FrameLayout &layout,
                                const uint64_t *words, size_t count);

/// The page docs/generated/frame.md: bits of every field on `target`.
std::string frameDocs(const TargetSpec &target);

} // namespace rowlock

#endif // ROWLOCK_PROGRAM_FRAMELAYOUT_H
