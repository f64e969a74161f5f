//===- ArrayPicture.h - The array in a pass, drawn --------------*- C++ -*-===//
#ifndef ROWLOCK_PIPELINES_ARRAYPICTURE_H
#define ROWLOCK_PIPELINES_ARRAYPICTURE_H

#include "rowlock/Simulator/ArrayView.h"

#include <string>

namespace rowlock {

/// A pass that a user names: LAYER or LAYER:PASS.
struct PassName {
  uint32_t layer = 0; // in the layer table
  int64_t pass = 0;
};

/// LAYER is the name of a layer or #N, its number in the layer table. The error
/// says that there is no such layer, and which run on the array, or that
/// several have the name, and their numbers.
Result<PassName> parsePassName(const Program &program, const std::string &name);

/// What a pass makes of the array, for each PE in three lines: filter row,
/// ifmap row, psum row, and the IDs they came by. Row 0 of the array is the
/// bottom line. A legend explains it.
std::string arrayText(const Program &program, uint32_t layer,
                      const ArrayView &view);

/// The same as a picture.
std::string arraySVG(const Program &program, uint32_t layer,
                     const ArrayView &view);

} // namespace rowlock

#endif // ROWLOCK_PIPELINES_ARRAYPICTURE_H
