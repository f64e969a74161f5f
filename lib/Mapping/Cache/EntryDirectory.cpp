//===- EntryDirectory.cpp - Results kept on disk by key -------------------===//
//
// An entry is "rowlock entry\n", the key's length, the key, the content and, in
// its last line, the hash of all that.
//
//===----------------------------------------------------------------------===//
#include "rowlock/Mapping/Cache/EntryDirectory.h"

#include "rowlock/Program/ProgramWriter.h"
#include "rowlock/Support/Hash.h"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <unistd.h>

using namespace rowlock;

static std::string hexadecimal(uint64_t value) {
  std::string digits;
  for (int shift = 60; shift >= 0; shift -= 4)
    digits += "0123456789abcdef"[(value >> shift) & 15];
  return digits;
}

static std::string hashOf(const std::string &text) {
  return hexadecimal(fnv1a(text.data(), text.size()));
}

static std::string headOf(const std::string &key) {
  return "rowlock entry\n" + std::to_string(key.size()) + "\n" + key;
}

Result<EntryDirectory> EntryDirectory::open(const std::string &path) {
  std::error_code error;
  std::filesystem::create_directories(path, error);
  if (!error && !std::filesystem::is_directory(path, error) && !error)
    error = std::make_error_code(std::errc::not_a_directory);
  if (!error && ::access(path.c_str(), R_OK | W_OK | X_OK) != 0)
    error = std::error_code(errno, std::generic_category());
  if (error)
    return Status::error("cannot use directory '" + path +
                         "': " + error.message());
  return EntryDirectory(path);
}

std::string EntryDirectory::fileOf(const std::string &key) const {
  return path + "/" + hashOf(key) + ".entry";
}

std::optional<std::string> EntryDirectory::find(const std::string &key) const {
  std::ifstream file(fileOf(key), std::ios::binary);
  std::string text{std::istreambuf_iterator<char>(file), {}};
  const std::string head = headOf(key);
  constexpr size_t hashLength = 16;
  if (text.size() < head.size() + hashLength ||
      text.compare(0, head.size(), head) != 0)
    return std::nullopt;
  std::string hash = text.substr(text.size() - hashLength);
  text.resize(text.size() - hashLength);
  if (hash != hashOf(text))
    return std::nullopt;
  return text.substr(head.size());
}

Status EntryDirectory::store(const std::string &key,
                             const std::string &content) const {
  std::string text = headOf(key) + content;
  text += hashOf(text);
  return writeFileAtomically(fileOf(key), {text.begin(), text.end()});
}
