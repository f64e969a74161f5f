//===- Shipped.h - The target files in the binary ---------------*- C++ -*-===//
#ifndef ROWLOCK_LIB_TARGET_YAML_SHIPPED_H
#define ROWLOCK_LIB_TARGET_YAML_SHIPPED_H

#include <string>
#include <utility>
#include <vector>

namespace rowlock {

/// Name and text of every shipped target file, sorted by name.
const std::vector<std::pair<std::string, std::string>> &shippedFiles();

} // namespace rowlock

#endif // ROWLOCK_LIB_TARGET_YAML_SHIPPED_H
