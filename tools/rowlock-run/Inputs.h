//===- Inputs.h - What is given to a program --------------------*- C++ -*-===//
#ifndef ROWLOCK_TOOLS_ROWLOCK_RUN_INPUTS_H
#define ROWLOCK_TOOLS_ROWLOCK_RUN_INPUTS_H

#include "rowlock/Input/Images.h"
#include "rowlock/Program/Program.h"
#include "rowlock/Runtime/Session.h"

namespace rowlock {

/// Images for input `index` of a program, from a file or folder, prepared as
/// the program says; at most `most` (0: all). A .pb holds one tensor that is
/// taken as it is.
Result<Images> readInput(const Program &program, size_t index,
                         const PortInfo &port, const std::string &path,
                         int64_t most);

} // namespace rowlock

#endif // ROWLOCK_TOOLS_ROWLOCK_RUN_INPUTS_H
