//===- Program.cpp - Files to programs ------------------------------------===//

#include "rowlock/Program/Program.h"

#include "Checks.h"
#include "Storage.h"
#include "rowlock/Program/Values.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace rowlock;

Program::Storage::~Storage() {
  if (mapping)
    ::munmap(mapping, bytes.size);
}

Program::Program(std::shared_ptr<const Storage> storage)
    : storage(std::move(storage)) {}

Result<Program> Program::load(std::shared_ptr<Storage> storage,
                              const LoadOptions &options) {
  if (Status status = storage->load(options); !status)
    return Status::error(quoted(storage->name) + ": " + status.message());
  return Program(std::move(storage));
}

Result<Program> Program::open(const std::string &path,
                              const LoadOptions &options) {
  auto failure = [&](int error) {
    return Status::error("cannot open " + quoted(path) + ": " +
                         std::strerror(error));
  };
  // Not to wait for a pipe's writer before it is refused.
  int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (file < 0)
    return failure(errno);
  struct stat info;
  int error = ::fstat(file, &info) != 0 ? errno
              : S_ISDIR(info.st_mode)   ? EISDIR
              : !S_ISREG(info.st_mode)  ? EINVAL
                                        : 0;
  auto storage = std::make_shared<Storage>();
  storage->name = path;
  if (error == 0 && info.st_size > 0) {
    void *mapping =
        ::mmap(nullptr, size_t(info.st_size), PROT_READ, MAP_PRIVATE, file, 0);
    if (mapping == MAP_FAILED) {
      error = errno;
    } else {
      storage->mapping = mapping;
      storage->bytes = {static_cast<const uint8_t *>(mapping),
                        size_t(info.st_size)};
    }
  }
  ::close(file);
  if (error != 0)
    return failure(error);
  return load(std::move(storage), options);
}

Result<Program> Program::fromBytes(std::vector<uint8_t> bytes,
                                   const std::string &name,
                                   const LoadOptions &options) {
  auto storage = std::make_shared<Storage>();
  storage->name = name;
  storage->owned = std::move(bytes);
  storage->bytes = {storage->owned.data(), storage->owned.size()};
  return load(std::move(storage), options);
}

const fb::Program &Program::table() const {
  return *fb::GetProgram(storage->bytes.data);
}

ByteSpan Program::bytes() const { return storage->bytes; }

ByteSpan Program::constants() const { return storage->constants; }

ByteSpan Program::constant(uint32_t index) const {
  const fb::Tensor &tensor = *items(table().tensors())[index];
  assert(tensor.kind() == fb::TensorKind::Constant && "not a constant");
  return {storage->constants.data + tensor.constant_offset(),
          size_t(tensor.size())};
}

const TargetSpec &Program::target() const { return storage->target; }

const FrameLayout &Program::frameLayout() const { return *storage->layout; }

uint32_t Program::frameCount() const {
  return uint32_t(items(table().frames()).size());
}

FrameValues Program::frame(uint32_t index) const {
  std::vector<uint64_t> chain;
  for (uint64_t word : items(items(table().frames())[index]->words()))
    chain.push_back(word);
  Result<FrameValues> values =
      decodeFrame(*storage->layout, chain.data(), chain.size());
  assert(values && "the loader decoded every frame");
  return *values;
}

const std::string &Program::name() const { return storage->name; }
