//===- File.cpp - Whole files ---------------------------------------------===//
#include "File.h"

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>

using namespace rowlock;

Status rowlock::fileError(const std::string &path, const std::string &reason) {
  return Status::error("'" + path + "': " + reason);
}

Status rowlock::checkRegularFile(const std::string &path) {
  std::error_code error;
  auto status = std::filesystem::status(path, error);
  if (status.type() == std::filesystem::file_type::not_found)
    return fileError(path, "does not exist");
  if (error)
    return fileError(path, error.message());
  if (!std::filesystem::is_regular_file(status))
    return fileError(path, "is not a file");
  return Status::ok();
}

Result<std::vector<uint8_t>> rowlock::readFile(const std::string &path) {
  if (Status regular = checkRegularFile(path); !regular)
    return regular;
  std::error_code error;
  uintmax_t size = std::filesystem::file_size(path, error);
  if (error)
    return fileError(path, error.message());
  if (size > uintmax_t(maxFileBytes))
    return fileError(path,
                     "has " + std::to_string(size) + " bytes, more than 2^31");
  errno = 0;
  std::ifstream stream(path, std::ios::binary);
  if (!stream)
    return fileError(path, std::strerror(errno));
  std::vector<uint8_t> bytes(size);
  stream.read(reinterpret_cast<char *>(bytes.data()), std::streamsize(size));
  if (!stream)
    return fileError(path, "cannot be read to its end");
  return bytes;
}
