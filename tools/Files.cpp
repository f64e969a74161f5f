//===- Files.cpp - Files that options name --------------------------------===//
#include "Files.h"

#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

using namespace rowlock;

static llvm::SmallString<128> absolute(const std::string &path) {
  llvm::SmallString<128> result(path);
  llvm::sys::fs::make_absolute(result);
  llvm::sys::path::remove_dots(result, /*remove_dot_dot=*/true);
  return result;
}

static bool areSame(const std::string &a, const std::string &b) {
  // Two that exist may be links to each other.
  return absolute(a) == absolute(b) || llvm::sys::fs::equivalent(a, b);
}

Status rowlock::checkNoPipe(const std::string &path) {
  llvm::sys::fs::file_status status;
  if (!llvm::sys::fs::status(path, status) &&
      (status.type() == llvm::sys::fs::file_type::fifo_file ||
       status.type() == llvm::sys::fs::file_type::socket_file))
    return Status::error("'" + path + "' is a pipe, not a file");
  return Status::ok();
}

Status rowlock::checkDistinct(const std::vector<NamedFile> &read,
                              const std::vector<NamedFile> &written) {
  std::vector<NamedFile> before;
  for (const NamedFile &file : read)
    if (llvm::sys::fs::exists(file.path)) {
      if (Status sound = checkNoPipe(file.path); !sound)
        return Status::error(file.option + ": " + sound.message());
      before.push_back(file);
    }
  for (const NamedFile &file : written) {
    bool isOther = llvm::sys::fs::exists(file.path) &&
                   !llvm::sys::fs::is_regular_file(file.path);
    if (file.path.empty() || isOther)
      continue;
    for (const NamedFile &other : before)
      if (areSame(other.path, file.path))
        return Status::error(file.option + ": '" + file.path + "' is that of " +
                             other.option + " as well");
    before.push_back(file);
  }
  return Status::ok();
}
