//===- FloatBits.h - The bits of binary32 -----------------------*- C++ -*-===//
#ifndef ROWLOCK_LIB_NUMERICS_FLOATBITS_H
#define ROWLOCK_LIB_NUMERICS_FLOATBITS_H

#include <cstdint>
#include <cstring>

namespace rowlock {

inline float fromBits(uint32_t bits) {
  float value;
  std::memcpy(&value, &bits, sizeof(value));
  return value;
}

inline uint32_t bitsOf(float value) {
  uint32_t bits;
  std::memcpy(&bits, &value, sizeof(bits));
  return bits;
}

} // namespace rowlock

#endif // ROWLOCK_LIB_NUMERICS_FLOATBITS_H
