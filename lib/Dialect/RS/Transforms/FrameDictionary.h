//===- FrameDictionary.h - Fields of a layer's frame ------------*- C++ -*-===//
#ifndef ROWLOCK_LIB_DIALECT_RS_TRANSFORMS_FRAMEDICTIONARY_H
#define ROWLOCK_LIB_DIALECT_RS_TRANSFORMS_FRAMEDICTIONARY_H

#include "rowlock/Dialect/RS/IR/RS.h"

namespace rowlock::rs {

/// Word strides of a tile's ifmaps in the GLB: columns, rows, channels, groups,
/// images from inside out.
struct IfmapStrides {
  int64_t row, channel, group, image;
};
IfmapStrides ifmapStridesOf(const Schedule &schedule);

/// All fields of the frame but `bank_psum`. Null after an error at `op`: the
/// result's storage range is one that the target cannot clamp to.
mlir::DictionaryAttr makeFrame(Conv2DOp op, const MappingProblem &problem,
                               const Schedule &schedule);

} // namespace rowlock::rs

#endif // ROWLOCK_LIB_DIALECT_RS_TRANSFORMS_FRAMEDICTIONARY_H
