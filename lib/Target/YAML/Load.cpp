//===- Load.cpp - A target by name or file --------------------------------===//

#include "Shipped.h"
#include "rowlock/Target/YAML/TargetYAML.h"

#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"

using namespace rowlock;

std::vector<std::string> rowlock::shippedTargets() {
  std::vector<std::string> names;
  for (const auto &file : shippedFiles())
    names.push_back(file.first);
  return names;
}

Result<TargetSpec> rowlock::loadTarget(const std::string &nameOrFile) {
  for (const auto &[name, text] : shippedFiles())
    if (name == nameOrFile)
      return readTargetYAML(text, name + ".yaml");

  bool isDirectory = llvm::sys::fs::is_directory(nameOrFile);
  if (!isDirectory)
    if (auto buffer = llvm::MemoryBuffer::getFile(nameOrFile))
      return readTargetYAML((*buffer)->getBuffer().str(), nameOrFile);

  std::string names;
  for (const std::string &name : shippedTargets())
    names += (names.empty() ? "" : ", ") + name;
  return Status::error(
      "target '" + nameOrFile +
      (isDirectory ? "' is a directory" : "' is no readable file") +
      " and none of the shipped " + names);
}
