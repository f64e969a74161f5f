//===- Window.h - Strides, pads and kernels of windowed layers --*- C++ -*-===//
#ifndef ROWLOCK_LIB_RUNTIME_WINDOW_H
#define ROWLOCK_LIB_RUNTIME_WINDOW_H

#include "LayerView.h"

#include <algorithm>

namespace rowlock {

/// A window over the last two dimensions of an N x C x H x W operand.
struct Window {
  int64_t kernelY, kernelX, strideY, strideX, dilationY, dilationX;
  int64_t padTop, padLeft, padBottom, padRight;

  /// Reads strides, pads and dilations; checks that operand and result have
  /// rank 4 and fit (the last windows may begin before the input's end only).
  static Result<Window> of(const LayerView &layer, int64_t kernelY,
                           int64_t kernelX);
};

/// The indices o in [first, last) of `outputs` for which
/// o * stride + offset lies in [0, size).
struct Span {
  int64_t first, last;
  Span(int64_t outputs, int64_t stride, int64_t offset, int64_t size) {
    first = offset >= 0 ? 0 : (-offset + stride - 1) / stride;
    last = offset >= size ? 0 : (size - offset - 1) / stride + 1;
    last = std::min(last, outputs);
    first = std::min(first, last);
  }
};

} // namespace rowlock

#endif // ROWLOCK_LIB_RUNTIME_WINDOW_H
