//===- SweepSpec.h - Which machines to compare ------------------*- C++ -*-===//
//
//   base: eyeriss-int8          # a shipped target or a file
//   fields:
//     rows: [12, 16]
//     glb_banks: [25, 40]
//
// stands for the base with every combination of the values, the first field
// changing most slowly.
//
//===----------------------------------------------------------------------===//
#ifndef ROWLOCK_PIPELINES_SWEEPSPEC_H
#define ROWLOCK_PIPELINES_SWEEPSPEC_H

#include "rowlock/Target/TargetSpec.h"

namespace rowlock {

struct SweepSpec {
  struct Machine {
    std::vector<std::string> values; // of `fields`
    TargetSpec target;               // perhaps not a valid one
  };
  std::string base;
  std::vector<std::string> fields;
  std::vector<Machine> machines;

  /// "rows=12 glb_banks=25".
  std::string nameOf(const Machine &machine) const;

  /// Reads a spec. Errors begin with "fileName:line: ": unknown keys or fields,
  /// fields or values given twice, values that no target can have, a base that
  /// is none, more than 100000 machines.
  static Result<SweepSpec> read(const std::string &text,
                                const std::string &fileName);
  /// The same from a file.
  static Result<SweepSpec> open(const std::string &path);
};

} // namespace rowlock

#endif // ROWLOCK_PIPELINES_SWEEPSPEC_H
