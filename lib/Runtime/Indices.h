//===- Indices.h - Operands of indices --------------------------*- C++ -*-===//
#ifndef ROWLOCK_LIB_RUNTIME_INDICES_H
#define ROWLOCK_LIB_RUNTIME_INDICES_H

#include "LayerView.h"

#include <algorithm>
#include <cstring>

namespace rowlock {

/// Reads indices into dimensions of at least one element: negative ones count
/// from the end, and what is outside is the nearest valid one.
class Indices {
public:
  explicit Indices(fb::ElementType type)
      : isWide(type == fb::ElementType::I64) {}

  static bool areIn(const TensorView &tensor) {
    return tensor.type == fb::ElementType::I32 ||
           tensor.type == fb::ElementType::I64;
  }

  int64_t read(const uint8_t *data, int64_t position, int64_t size) const {
    int64_t index;
    if (isWide) {
      std::memcpy(&index, data + position * 8, 8);
    } else {
      int32_t narrow;
      std::memcpy(&narrow, data + position * 4, 4);
      index = narrow;
    }
    return std::clamp<int64_t>(index < 0 ? index + size : index, 0, size - 1);
  }

private:
  bool isWide;
};

/// A dimension of a tensor and what lies around it.
struct Line {
  int64_t outer = 1, size = 1, inner = 1;

  Line(const std::vector<int64_t> &shape, size_t axis) : size(shape[axis]) {
    for (size_t d = 0; d < shape.size(); ++d) {
      outer *= d < axis ? shape[d] : 1;
      inner *= d > axis ? shape[d] : 1;
    }
  }
};

} // namespace rowlock

#endif // ROWLOCK_LIB_RUNTIME_INDICES_H
