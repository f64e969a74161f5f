//===- PoolShape.h - Windows of pools ---------------------------*- C++ -*-===//
#ifndef ROWLOCK_LIB_RUNTIME_POOLSHAPE_H
#define ROWLOCK_LIB_RUNTIME_POOLSHAPE_H

#include "Window.h"

#include <algorithm>
#include <vector>

namespace rowlock {

/// The sizes of a pool over maps of height x width.
struct PoolShape {
  int64_t maps, height, width, outHeight, outWidth;
  Window window;
  bool countPadding = false;

  /// Kernel, strides, pads and dilations of a layer with one operand; checks
  /// that each window has an element.
  static Result<PoolShape> of(const LayerView &layer);
};

/// Calls `use(output index, first input index of the map, ys, xs, count)`: the
/// rows and columns of the window inside the input, and the number of elements
/// that a mean divides by.
template <typename Use> void forEachWindow(const PoolShape &shape, Use use) {
  const Window &w = shape.window;
  auto inside = [](int64_t start, int64_t kernel, int64_t dilation,
                   int64_t size, std::vector<int64_t> &places) {
    places.clear();
    for (int64_t k = 0; k < kernel; ++k)
      if (start + k * dilation >= 0 && start + k * dilation < size)
        places.push_back(start + k * dilation);
  };
  std::vector<int64_t> ys, xs;
  for (int64_t map = 0; map < shape.maps; ++map)
    for (int64_t y = 0; y < shape.outHeight; ++y)
      for (int64_t x = 0; x < shape.outWidth; ++x) {
        int64_t top = y * w.strideY - w.padTop;
        int64_t left = x * w.strideX - w.padLeft;
        inside(top, w.kernelY, w.dilationY, shape.height, ys);
        inside(left, w.kernelX, w.dilationX, shape.width, xs);
        int64_t count = int64_t(ys.size() * xs.size());
        if (shape.countPadding)
          count =
              (std::min(top + w.kernelY, shape.height + w.padBottom) - top) *
              (std::min(left + w.kernelX, shape.width + w.padRight) - left);
        use((map * shape.outHeight + y) * shape.outWidth + x,
            map * shape.height * shape.width, ys, xs, count);
      }
}

} // namespace rowlock

#endif // ROWLOCK_LIB_RUNTIME_POOLSHAPE_H
