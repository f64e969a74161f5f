//===- ProgramTarget.h - Any bytes as a program -----------------*- C++ -*-===//
#ifndef ROWLOCK_TEST_FUZZ_PROGRAMTARGET_H
#define ROWLOCK_TEST_FUZZ_PROGRAMTARGET_H

#include <cstddef>
#include <cstdint>

namespace rowlock {

/// How far a program came: refused by the loader, or not run because of its
/// DRAM, or ended in an error in modelled time, or ran.
enum class ProgramFate { Refused, TooLarge, Failed, Ran };

/// Loads and runs bytes as a program. Aborts where what must hold does not.
ProgramFate runAnyProgram(const uint8_t *data, size_t size);

} // namespace rowlock

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#endif // ROWLOCK_TEST_FUZZ_PROGRAMTARGET_H
