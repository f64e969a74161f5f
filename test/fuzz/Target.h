//===- Target.h - What is fuzzed, replayed and damaged ----------*- C++ -*-===//
//
// Each of ProgramTarget.cpp, ModelTarget.cpp and IRTarget.cpp defines
// `runInput`; a fuzzer, the replay of a corpus and the damage test are linked
// with one of them.
//
//===----------------------------------------------------------------------===//
#ifndef ROWLOCK_TEST_FUZZ_TARGET_H
#define ROWLOCK_TEST_FUZZ_TARGET_H

#include <cstddef>
#include <cstdint>
#include <string>

namespace rowlock {

/// How far an input came, e.g. "refused", and whether that is all the way.
struct Fate {
  const char *name;
  bool complete;
};

enum class Depth {
  Fuzz, // small inputs, all ways to run them
  User  // as the tools do it, inputs of any size that take seconds
};

/// Takes any bytes. Aborts where what must hold does not.
Fate runInput(const uint8_t *data, size_t size, Depth depth);

/// Aborts unless `holds`, with a line on what and why.
void check(bool holds, const char *what, const std::string &why);

/// An error is one line that names the input, "fuzz".
void checkError(const std::string &message);

} // namespace rowlock

#endif // ROWLOCK_TEST_FUZZ_TARGET_H
