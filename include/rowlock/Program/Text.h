//===- Text.h - Programs as text --------------------------------*- C++ -*-===//
//
// The readable form of a program (docs/spec/program.md, "Text"). Disassembling
// a program that `serialize` wrote and assembling it gives the same bytes.
//
//===----------------------------------------------------------------------===//
#ifndef ROWLOCK_PROGRAM_TEXT_H
#define ROWLOCK_PROGRAM_TEXT_H

#include "rowlock/Program/Program.h"

#include <cstdint>
#include <string>
#include <vector>

namespace rowlock {

/// One line per tensor, layer and command (loops indented), frames field by
/// field, constants in hexadecimal.
std::string disassemble(const Program &program);

/// The bytes of the program that `text` describes. Errors name the line.
/// Whether the program is sound is for `Program::fromBytes` to say.
Result<std::vector<uint8_t>> assemble(const std::string &text);

} // namespace rowlock

#endif // ROWLOCK_PROGRAM_TEXT_H
