//===- ProgramWriter.cpp - Canonical bytes, whole files -------------------===//

#include "rowlock/Program/ProgramWriter.h"

#include "Checks.h"
#include "Fields.h"
#include "rowlock/Program/Program.h"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace rowlock;

namespace {
/// Drops trailing zero strides wherever a table holds an affine value, and
/// sums up the bytes that the tables may take.
class Normalizer {
public:
  uint64_t bytes = 0;

  template <typename T> void table(T &object) {
    bytes += sizeof(T) + 64;
    visitFields<T>([&](const char *, auto member) { value(object.*member); });
  }

private:
  template <typename T> void value(std::unique_ptr<T> &object) {
    if (object)
      table(*object);
  }
  template <typename T> void value(std::vector<T> &list) {
    bytes += list.size() * sizeof(T);
    for (T &element : list)
      value(element);
  }
  void value(std::vector<uint8_t> &list) { bytes += list.size(); }
  void value(std::unique_ptr<fb::AffineT> &affine) {
    if (!affine)
      return;
    std::vector<int64_t> &strides = affine->strides;
    while (!strides.empty() && strides.back() == 0)
      strides.pop_back();
    bytes += 32 + strides.size() * 8;
  }
  void value(std::string &text) { bytes += text.size() + 16; }
  void value(fb::OperationUnion &operation) {
    visitOperation(operation, [&](auto &object) { table(object); });
  }
  template <typename T> void value(T &) {}
};
} // namespace

Result<std::vector<uint8_t>> rowlock::serialize(const fb::ProgramT &program) {
  constexpr uint64_t limit = (uint64_t(1) << 31) - 1;
  auto tooLarge = [](uint64_t bytes) {
    return Status::error("program of about " + std::to_string(bytes) +
                         " bytes exceeds 2 GiB");
  };
  if (program.constants.size() >= limit)
    return tooLarge(program.constants.size());
  fb::ProgramT canonical(program);
  Normalizer normalizer;
  normalizer.table(canonical);
  if (normalizer.bytes >= limit)
    return tooLarge(normalizer.bytes);

  canonical.format_version = programFormatVersion;
  canonical.semantics_version = programSemanticsVersion;
  canonical.checksum =
      fnv1a(canonical.constants.data(), canonical.constants.size());
  flatbuffers::FlatBufferBuilder builder;
  fb::FinishProgramBuffer(builder, fb::Program::Pack(builder, &canonical));
  const uint8_t *data = builder.GetBufferPointer();
  return std::vector<uint8_t>(data, data + builder.GetSize());
}

fb::TargetT rowlock::encodeTarget(const TargetSpec &target) {
  fb::TargetT stored;
  stored.hash = hashTarget(target);
  for (const TargetField &field : targetFields()) {
    auto value = std::make_unique<fb::TargetValueT>();
    value->name = field.name;
    value->value = getTargetField(target, field);
    stored.values.push_back(std::move(value));
  }
  return stored;
}

static bool writeAll(int file, const uint8_t *data, size_t size) {
  while (size > 0) {
    ssize_t written = ::write(file, data, size);
    if (written < 0 && errno == EINTR)
      continue;
    if (written <= 0)
      return false;
    data += written;
    size -= size_t(written);
  }
  return true;
}

Status rowlock::writeFileAtomically(const std::string &path,
                                    const std::vector<uint8_t> &bytes) {
  auto failure = [&](int error) {
    return Status::error("cannot write " + quoted(path) + ": " +
                         std::strerror(error));
  };
  struct stat info;
  if (::stat(path.c_str(), &info) == 0 && !S_ISREG(info.st_mode)) {
    if (S_ISDIR(info.st_mode))
      return failure(EISDIR);
    // A device or a pipe is written to, not replaced; a pipe that nobody reads
    // is an error (ENXIO).
    int device = ::open(path.c_str(), O_WRONLY | O_CLOEXEC | O_NONBLOCK);
    if (device < 0 || ::fcntl(device, F_SETFL, 0) != 0)
      return failure(errno);
    bool written = writeAll(device, bytes.data(), bytes.size());
    int error = errno;
    ::close(device);
    return written ? Status::ok() : failure(error);
  }
  std::string temporary = path + ".XXXXXX";
  int file = ::mkstemp(temporary.data());
  if (file < 0)
    return failure(errno);
  bool done =
      writeAll(file, bytes.data(), bytes.size()) && ::fchmod(file, 0644) == 0;
  int error = errno;
  if (::close(file) != 0 && done) {
    error = errno;
    done = false;
  }
  if (done && ::rename(temporary.c_str(), path.c_str()) == 0)
    return Status::ok();
  if (done)
    error = errno;
  ::unlink(temporary.c_str());
  return failure(error);
}
