//===- NarrowScalars.h - Elements of 8-bit floats and 4 bits ----*- C++ -*-===//
//
// Programs hold them as one byte each, and no kernel but Cast computes with
// them.
//
//===----------------------------------------------------------------------===//
#ifndef ROWLOCK_LIB_RUNTIME_NARROWSCALARS_H
#define ROWLOCK_LIB_RUNTIME_NARROWSCALARS_H

#include "Scalars.h"

#include "rowlock/Numerics/Float8.h"

namespace rowlock {

struct Float8Scalar {
  using Value = float;
  Float8Format format;
  bool saturate = false;

  float load(const uint8_t *data, int64_t index) const {
    return float8ToFloat(data[index], format);
  }
  void store(uint8_t *data, int64_t index, float value) const {
    data[index] = floatToFloat8(value, format, saturate);
  }
};

/// A byte whose upper half says nothing that its lower does not.
template <typename T> struct FourBitScalar {
  using Value = T;
  static T load(const uint8_t *data, int64_t index) {
    return T(T(data[index] << 4) >> 4);
  }
  static void store(uint8_t *data, int64_t index, T value) {
    data[index] = uint8_t(T(uint8_t(value) << 4) >> 4);
  }
};

/// Is `type` one of the types that withScalar does not take?
inline bool isNarrow(fb::ElementType type) {
  return type >= fb::ElementType::F8E4M3FN && type <= fb::ElementType::U4;
}

/// withScalar for every element type.
template <typename Use> auto withAnyScalar(fb::ElementType type, Use use) {
  switch (type) {
  case fb::ElementType::F8E4M3FN:
    return use(Float8Scalar{float8E4M3FN});
  case fb::ElementType::F8E4M3FNUZ:
    return use(Float8Scalar{float8E4M3FNUZ});
  case fb::ElementType::F8E5M2:
    return use(Float8Scalar{float8E5M2});
  case fb::ElementType::F8E5M2FNUZ:
    return use(Float8Scalar{float8E5M2FNUZ});
  case fb::ElementType::I4:
    return use(FourBitScalar<int8_t>());
  case fb::ElementType::U4:
    return use(FourBitScalar<uint8_t>());
  default:
    return withScalar(type, use);
  }
}

} // namespace rowlock

#endif // ROWLOCK_LIB_RUNTIME_NARROWSCALARS_H
