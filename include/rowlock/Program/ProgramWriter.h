//===- ProgramWriter.h - Programs to bytes and files ------------*- C++ -*-===//
//
//   fb::ProgramT program = ...; // target from `encodeTarget`
//   Result<std::vector<uint8_t>> bytes = serialize(program);
//   if (!bytes)
//     return bytes.takeStatus();
//   return writeFileAtomically("mnist.rlk", *bytes);
//
//===----------------------------------------------------------------------===//
#ifndef ROWLOCK_PROGRAM_PROGRAMWRITER_H
#define ROWLOCK_PROGRAM_PROGRAMWRITER_H

#include "rowlock/Program/program_generated.h"
#include "rowlock/Support/Result.h"
#include "rowlock/Target/TargetSpec.h"

#include <cstdint>
#include <string>
#include <vector>

namespace rowlock {

/// The canonical bytes of a program: the same content gives the same bytes.
/// Sets format version, semantics version and checksum; drops trailing zero
/// strides. Nothing else is checked: `Program::fromBytes` judges the result. A
/// program that would exceed 2 GiB is an error.
Result<std::vector<uint8_t>> serialize(const fb::ProgramT &program);

/// The target section: every field in table order, and the hash.
fb::TargetT encodeTarget(const TargetSpec &target);

/// Writes `path` whole or not at all: a temporary file beside it is renamed
/// over it. On failure nothing is left behind; the error names the path. A
/// device or a pipe is written to as it is.
Status writeFileAtomically(const std::string &path,
                           const std::vector<uint8_t> &bytes);

} // namespace rowlock

#endif // ROWLOCK_PROGRAM_PROGRAMWRITER_H
