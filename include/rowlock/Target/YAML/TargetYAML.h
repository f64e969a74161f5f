//===- TargetYAML.h - Targets as files --------------------------*- C++ -*-===//
//
// A target file holds the sections of the field table as nested maps:
//
//   array:
//     rows: 12
//     columns: 14
//
// It states every field, or begins with `base: eyeriss-int8` (a shipped name)
// and states the fields that differ. The shipped files are part of the binary.
//
//===----------------------------------------------------------------------===//
#ifndef ROWLOCK_TARGET_YAML_TARGETYAML_H
#define ROWLOCK_TARGET_YAML_TARGETYAML_H

#include "rowlock/Target/TargetSpec.h"

namespace rowlock {

/// Reads and validates a target. Errors begin with "fileName:line: " and name
/// the field, its value and the bound; unknown sections and keys, keys given
/// twice and fields left out (without `base`) are errors.
Result<TargetSpec> readTargetYAML(const std::string &text,
                                  const std::string &fileName);

/// A file with every field, which `readTargetYAML` reads back exactly.
std::string writeTargetYAML(const TargetSpec &target);

/// The target of a shipped name or of a file. The error for anything else
/// lists the shipped names.
Result<TargetSpec> loadTarget(const std::string &nameOrFile);

/// The names of the shipped targets, sorted.
std::vector<std::string> shippedTargets();

} // namespace rowlock

#endif // ROWLOCK_TARGET_YAML_TARGETYAML_H
