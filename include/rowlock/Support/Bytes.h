//===- Bytes.h - Copies of bytes --------------------------------*- C++ -*-===//
#ifndef ROWLOCK_SUPPORT_BYTES_H
#define ROWLOCK_SUPPORT_BYTES_H

#include <cstddef>
#include <cstring>

namespace rowlock {

/// memcpy; without bytes, either pointer may be null.
inline void copyBytes(void *to, const void *from, size_t bytes) {
  if (bytes)
    std::memcpy(to, from, bytes);
}

} // namespace rowlock

#endif // ROWLOCK_SUPPORT_BYTES_H
