//===- InputElements.h - Numbers as elements of an input --------*- C++ -*-===//
#ifndef ROWLOCK_INPUT_INPUTELEMENTS_H
#define ROWLOCK_INPUT_INPUTELEMENTS_H

#include "rowlock/Program/program_generated.h"
#include "rowlock/Support/Result.h"

#include <cstdint>
#include <vector>

namespace rowlock {

/// Can inputs of the type be given as numbers: float32, and integers of 8 bits
/// and more?
bool takesNumbers(fb::ElementType type);

/// The numbers as little-endian elements. An error for another type, and for a
/// number that is none of the type's, or of more than 24 bits in an integer.
Result<std::vector<uint8_t>> inputElements(const std::vector<float> &numbers,
                                           fb::ElementType type);

} // namespace rowlock

#endif // ROWLOCK_INPUT_INPUTELEMENTS_H
