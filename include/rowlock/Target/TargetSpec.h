//===- TargetSpec.h - The machine a program is made for ---------*- C++ -*-===//
//
// One value holds everything that is known about an Eyeriss-style accelerator.
// Nothing about the machine is hard-wired anywhere else. The fields come from
// TargetFields.def.
//
//===----------------------------------------------------------------------===//
#ifndef ROWLOCK_TARGET_TARGETSPEC_H
#define ROWLOCK_TARGET_TARGETSPEC_H

#include "rowlock/Support/Result.h"

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace rowlock {

/// The machine. A default-constructed one is eyeriss-v1.
struct TargetSpec {
#define ROWLOCK_INT(section, name, default, min, max, unit, doc)               \
  int64_t name = default;
#define ROWLOCK_REAL(section, name, default, min, max, unit, doc)              \
  double name = default;
#define ROWLOCK_CHOICE(section, name, default, choices, doc)                   \
  std::string name = default;
#define ROWLOCK_TEXT(section, name, default, doc) std::string name = default;
#include "rowlock/Target/TargetFields.def"

  bool isFixed16() const { return arithmetic == "fixed16"; }

  /// Bytes of one operand (filter or ifmap word) in spads, GLB and networks.
  int64_t operandBytes(bool mode16) const {
    return isFixed16() || mode16 ? 2 : 1;
  }
  /// Bytes of one psum in GLB, networks and DRAM.
  int64_t psumBytes() const { return isFixed16() ? 2 : 4; }
  /// Spad capacities in operands; the 16-bit mode of `int` targets halves them.
  int64_t ifmapSpad(bool mode16) const;
  int64_t filterSpad(bool mode16) const;
  /// The vertical strides of the list `vertical_strides`.
  std::vector<int64_t> verticalStrides() const;

  bool operator==(const TargetSpec &other) const;
  bool operator!=(const TargetSpec &other) const { return !(*this == other); }
};

/// The field table, for whoever reads or writes a target.
enum class TargetFieldKind { Int, Real, Choice, Text };
struct TargetField {
  TargetFieldKind kind;
  const char *section;
  const char *name;
  const char *defaultText;
  double min, max;     // Int and Real.
  const char *unit;    // Int and Real, else "".
  const char *choices; // Choice: separated by commas, else "".
  const char *doc;
};
const std::vector<TargetField> &targetFields();

/// The value of a field as text that `setTargetField` reads back exactly.
std::string getTargetField(const TargetSpec &target, const TargetField &field);

/// Sets a field from text; errors name the field, the value and the bound.
Status setTargetField(TargetSpec &target, const std::string &name,
                      const std::string &value);

/// Ranges of every field and the rules between fields (hardware.md, section 7).
Status validateTarget(const TargetSpec &target);

/// 64-bit FNV-1a over names and values of all fields, in table order.
uint64_t hashTarget(const TargetSpec &target);

} // namespace rowlock

#endif // ROWLOCK_TARGET_TARGETSPEC_H
