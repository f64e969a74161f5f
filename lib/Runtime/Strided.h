//===- Strided.h - Elements at even distances -------------------*- C++ -*-===//
#ifndef ROWLOCK_LIB_RUNTIME_STRIDED_H
#define ROWLOCK_LIB_RUNTIME_STRIDED_H

#include "LayerView.h"

#include <cstring>

namespace rowlock {

/// Distances of neighbours along each dimension of a row-major tensor.
std::vector<int64_t> rowMajorSteps(const std::vector<int64_t> &shape);

/// Copies into a row-major tensor of `shape` elements of `bytes` bytes that lie
/// `steps` apart along each dimension, the first one at `start`.
struct StridedCopy {
  std::vector<int64_t> shape, steps;
  int64_t start = 0;
  size_t bytes = 1;

  void operator()(const uint8_t *from, uint8_t *to) const;
};

/// Copies one element of 1, 2, 4 or 8 bytes.
inline void copyElement(uint8_t *to, const uint8_t *from, size_t bytes) {
  switch (bytes) {
  case 1:
    *to = *from;
    return;
  case 2:
    std::memcpy(to, from, 2);
    return;
  case 4:
    std::memcpy(to, from, 4);
    return;
  default:
    std::memcpy(to, from, 8);
  }
}

} // namespace rowlock

#endif // ROWLOCK_LIB_RUNTIME_STRIDED_H
