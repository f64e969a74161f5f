//===- Files.h - Files that options name ------------------------*- C++ -*-===//
#ifndef ROWLOCK_TOOLS_FILES_H
#define ROWLOCK_TOOLS_FILES_H

#include "rowlock/Support/Result.h"

#include <string>
#include <vector>

namespace rowlock {

struct NamedFile {
  std::string option; // that names it
  std::string path;   // empty: it is not given
};

/// An error for a pipe: reading it would wait for whoever writes to it.
Status checkNoPipe(const std::string &path);

/// An error if a file that is written is one that is read, or is written
/// twice, or if what is read is a pipe. Written devices and pipes may be. What
/// is read and does not exist is no file, such as the name of a shipped target.
Status checkDistinct(const std::vector<NamedFile> &read,
                     const std::vector<NamedFile> &written);

} // namespace rowlock

#endif // ROWLOCK_TOOLS_FILES_H
