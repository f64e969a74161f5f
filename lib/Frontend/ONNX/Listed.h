//===- Listed.h - How long lists of numbers may get -------------*- C++ -*-===//
#ifndef ROWLOCK_LIB_FRONTEND_ONNX_LISTED_H
#define ROWLOCK_LIB_FRONTEND_ONNX_LISTED_H

#include "Node.h"

namespace rowlock {

/// Numbers of a range, lines of an axis, taps of a window: what is written out
/// one by one while importing stays below gigabytes.
constexpr int64_t maxListed = int64_t(1) << 24;

inline mlir::LogicalResult checkListed(Node &node, double count) {
  if (count <= double(maxListed))
    return mlir::success();
  return node.error() << "takes a list of " << int64_t(std::min(count, 0x1p62))
                      << " numbers, at most " << maxListed << " are supported";
}

} // namespace rowlock

#endif // ROWLOCK_LIB_FRONTEND_ONNX_LISTED_H
