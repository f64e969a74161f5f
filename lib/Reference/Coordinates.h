//===- Coordinates.h - Elements by their coordinates ------------*- C++ -*-===//
#ifndef ROWLOCK_LIB_REFERENCE_COORDINATES_H
#define ROWLOCK_LIB_REFERENCE_COORDINATES_H

#include "Operations.h"

namespace rowlock::reference {

using Coordinates = llvm::SmallVector<int64_t>;

/// Of element k of a row-major tensor.
inline Coordinates coordinatesOf(int64_t k, llvm::ArrayRef<int64_t> shape) {
  Coordinates result(shape.size());
  for (size_t d = shape.size(); d-- > 0; k /= shape[d])
    result[d] = k % shape[d];
  return result;
}

/// The element at some coordinates.
inline int64_t elementAt(llvm::ArrayRef<int64_t> coordinates,
                         llvm::ArrayRef<int64_t> shape) {
  int64_t k = 0;
  for (size_t d = 0; d < shape.size(); ++d)
    k = k * shape[d] + coordinates[d];
  return k;
}

/// An index as nn.gather reads it.
inline int64_t validIndex(int64_t index, int64_t size) {
  if (index < 0)
    index += size;
  if (index < 0)
    return 0;
  return index < size ? index : size - 1;
}

} // namespace rowlock::reference

#endif // ROWLOCK_LIB_REFERENCE_COORDINATES_H
