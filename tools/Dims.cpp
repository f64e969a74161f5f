//===- Dims.cpp - Sizes of symbolic dimensions ----------------------------===//
#include "Dims.h"

#include "llvm/ADT/StringRef.h"

using namespace rowlock;

Status rowlock::readDims(const std::vector<std::string> &values,
                         std::map<std::string, int64_t> &sizes) {
  for (const std::string &value : values) {
    // Names may hold '='; sizes do not.
    auto [name, text] = llvm::StringRef(value).rsplit('=');
    int64_t size = 0;
    if (name.empty() || text.getAsInteger(10, size) || size < 1 ||
        size > INT32_MAX)
      return Status::error("--dim '" + value +
                           "' is not a name, '=' and a size of 1 to " +
                           std::to_string(INT32_MAX));
    if (!sizes.try_emplace(name.str(), size).second)
      return Status::error("--dim '" + name.str() + "' is given twice");
  }
  return Status::ok();
}
