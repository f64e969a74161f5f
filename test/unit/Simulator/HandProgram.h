//===- HandProgram.h - A pass configured by hand ----------------*- C++ -*-===//
//
// A 2x2 filter over a 3x3 ifmap on a corner of a 4x3 array: PE (i, y), i from
// the bottom, holds filter row i, takes ifmap row y + i, and makes ofmap row y.
// Psums enter at row 0, go up once and leave at row 1.
//
//===----------------------------------------------------------------------===//
#ifndef ROWLOCK_TEST_UNIT_SIMULATOR_HANDPROGRAM_H
#define ROWLOCK_TEST_UNIT_SIMULATOR_HANDPROGRAM_H

#include "rowlock/Program/FrameLayout.h"
#include "rowlock/Program/Program.h"

namespace rowlock::test {

/// Made in full by the constructor, to be changed before `finish`.
struct HandProgram {
  HandProgram();
  Result<Program> finish();

  fb::ProgramT table;
  FrameValues frame;
  fb::LoadT load;
  fb::PassT pass;
  fb::StoreT store;
};

/// Weights, bias and record of the program.
constexpr int kFilter[2][2] = {{1, -2}, {3, 4}};
constexpr int kBias = 3;
/// q = (psum + bias) / 2 to nearest, ties up, within int8.
int expected(const int8_t (&x)[3][3], int row, int column);

} // namespace rowlock::test

#endif // ROWLOCK_TEST_UNIT_SIMULATOR_HANDPROGRAM_H
