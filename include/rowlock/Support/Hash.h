//===- Hash.h - One hash for files and keys ---------------------*- C++ -*-===//
#ifndef ROWLOCK_SUPPORT_HASH_H
#define ROWLOCK_SUPPORT_HASH_H

#include <cstddef>
#include <cstdint>

namespace rowlock {

/// 64-bit FNV-1a.
inline uint64_t fnv1a(const void *data, size_t size) {
  const auto *bytes = static_cast<const unsigned char *>(data);
  uint64_t hash = 0xcbf29ce484222325u;
  for (size_t i = 0; i < size; ++i)
    hash = (hash ^ bytes[i]) * 0x100000001b3u;
  return hash;
}

} // namespace rowlock

#endif // ROWLOCK_SUPPORT_HASH_H
