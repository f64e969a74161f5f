//===- Loader.cpp - From bytes to a sound program -------------------------===//

#include "Checks.h"
#include "Storage.h"
#include "rowlock/Program/DeadlockCheck.h"
#include "rowlock/Program/Values.h"

#include <cstring>

using namespace rowlock;

Status Budget::take(uint64_t elements) {
  if (elements > left)
    return Status::error("more elements than the file has bytes");
  left -= elements;
  return Status::ok();
}

Status
Budget::take(std::initializer_list<const flatbuffers::String *> strings) {
  for (const flatbuffers::String *string : strings)
    if (Status status = take(string ? string->size() : 0); !status)
      return status;
  return Status::ok();
}

static Status checkContainer(ByteSpan bytes) {
  constexpr size_t limit = (size_t(1) << 31) - 1;
  if (bytes.size == 0)
    return Status::error("the file is empty");
  if (bytes.size >= limit)
    return Status::error("the file's " + std::to_string(bytes.size) +
                         " bytes exceed 2 GiB");
  if (bytes.size < 8 || std::memcmp(bytes.data + 4, "RWLK", 4) != 0)
    return Status::error("not a Rowlock program");
  flatbuffers::Verifier::Options options;
  options.max_tables = flatbuffers::uoffset_t(bytes.size / 4 + 1);
  flatbuffers::Verifier verifier(bytes.data, bytes.size, options);
  if (!fb::VerifyProgramBuffer(verifier))
    return Status::error("the file is truncated or corrupt");
  return Status::ok();
}

static Status checkVersion(const char *what, uint32_t version, uint32_t known) {
  if (version >= 1 && version <= known)
    return Status::ok();
  return Status::error(std::string(what) + " " + std::to_string(version) +
                       " is not in 1 to " + std::to_string(known));
}

static Result<TargetSpec> decodeTarget(const fb::Target *stored, bool skipHash,
                                       Budget &budget) {
  if (!stored)
    return Status::error("no target");
  TargetSpec target;
  // As hashTarget does, over what is stored.
  std::string hashed;
  for (const fb::TargetValue *value : items(stored->values())) {
    if (Status status = budget.take({value->name(), value->value()}); !status)
      return status;
    std::string name = text(value->name()), content = text(value->value());
    hashed += name + '\0' + content + '\0';
    if (Status status = setTargetField(target, name, content); !status)
      return Status::error("target: " + quoted(status.message()));
  }
  if (!skipHash && fnv1a(reinterpret_cast<const uint8_t *>(hashed.data()),
                         hashed.size()) != stored->hash())
    return Status::error("the target does not have the hash it states");
  if (Status status = validateTarget(target); !status)
    return Status::error("target: " + status.message());
  return target;
}

static Status checkFrames(const fb::Program &program, const FrameLayout &layout,
                          Budget &budget) {
  auto frames = items(program.frames());
  for (size_t i = 0; i < frames.size(); ++i) {
    const auto *words = frames[i]->words();
    if (Status status = budget.take(items(words).size()); !status)
      return status;
    if (!isAligned(words))
      return Status::error("frame " + std::to_string(i) + " is misaligned");
    std::vector<uint64_t> chain;
    for (uint64_t word : items(words))
      chain.push_back(word);
    Result<FrameValues> values =
        decodeFrame(layout, chain.data(), chain.size());
    if (!values)
      return Status::error("frame " + std::to_string(i) + ": " +
                           values.message());
  }
  return Status::ok();
}

static Status checkNames(const fb::Program &program, Budget &budget) {
  for (const auto *list : {program.tokens(), program.labels()})
    for (const flatbuffers::String *name : items(list))
      if (Status status = budget.take({name}); !status)
        return status;
  auto tokens = items(program.tokens());
  for (size_t i = 0; i < tokens.size(); ++i)
    if (text(tokens[i]).empty())
      return Status::error("token " + std::to_string(i) + " has no name");
  return Status::ok();
}

Status Program::Storage::load(const LoadOptions &options) {
  if (Status status = checkContainer(bytes); !status)
    return status;
  const fb::Program &program = *fb::GetProgram(bytes.data);
  if (Status status = checkVersion("format_version", program.format_version(),
                                   programFormatVersion);
      !status)
    return status;
  if (Status status =
          checkVersion("semantics_version", program.semantics_version(),
                       programSemanticsVersion);
      !status)
    return status;
  Budget budget(bytes.size);
  Result<TargetSpec> decoded =
      decodeTarget(program.target(), options.skipChecksum, budget);
  if (!decoded)
    return decoded.takeStatus();
  target = *decoded;
  layout.emplace(target);
  if (program.constants())
    constants = {program.constants()->data(), program.constants()->size()};
  if (!options.skipChecksum &&
      fnv1a(constants.data, constants.size) != program.checksum())
    return Status::error("the constants do not have the checksum it states");

  if (Status status = checkTensors(program, budget); !status)
    return status;
  if (Status status = checkFrames(program, *layout, budget); !status)
    return status;
  if (Status status = checkNames(program, budget); !status)
    return status;
  if (Status status =
          checkCommands(program, target, budget, options.maxCommands);
      !status)
    return status;
  if (!options.skipConsistency)
    if (Status status = checkConsistency(program, target); !status)
      return status;
  if (Status status = checkLayers(program, budget); !status)
    return status;
  return checkDeadlock(program, target, options.maxWork);
}
