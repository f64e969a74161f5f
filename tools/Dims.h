//===- Dims.h - Sizes of symbolic dimensions --------------------*- C++ -*-===//
#ifndef ROWLOCK_TOOLS_DIMS_H
#define ROWLOCK_TOOLS_DIMS_H

#include "rowlock/Support/Result.h"

#include <map>
#include <string>
#include <vector>

namespace rowlock {

/// Reads the values of --dim, "name=size" each, into `sizes`. An error if one
/// is none, its size is not 1 to 2^31 - 1, or a name comes twice.
Status readDims(const std::vector<std::string> &values,
                std::map<std::string, int64_t> &sizes);

} // namespace rowlock

#endif // ROWLOCK_TOOLS_DIMS_H
