//===- EntryDirectory.h - Results kept on disk by key -----------*- C++ -*-===//
#ifndef ROWLOCK_MAPPING_CACHE_ENTRYDIRECTORY_H
#define ROWLOCK_MAPPING_CACHE_ENTRYDIRECTORY_H

#include "rowlock/Support/Result.h"

#include <optional>
#include <string>

namespace rowlock {

/// A directory with one small file for each key, named by the key's hash. Files
/// are written whole or not at all, hold their key and a checksum, and are only
/// believed if both are right: a damaged or foreign one counts as none. Any
/// number of threads and processes may use one directory.
class EntryDirectory {
public:
  /// Makes the directory if there is none. The error names it.
  static Result<EntryDirectory> open(const std::string &path);

  /// What was stored for the key, if anything.
  std::optional<std::string> find(const std::string &key) const;
  /// Replaces what was stored.
  Status store(const std::string &key, const std::string &content) const;

private:
  explicit EntryDirectory(std::string path) : path(std::move(path)) {}
  std::string fileOf(const std::string &key) const;

  std::string path;
};

} // namespace rowlock

#endif // ROWLOCK_MAPPING_CACHE_ENTRYDIRECTORY_H
