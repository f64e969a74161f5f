//===- Scalars.h - Kernels for every element type ---------------*- C++ -*-===//
//
// Kernels that take any element type are templates over a Scalar: how elements
// are stored, and the C++ type `Value` that they are computed with (float for
// 16-bit floats, bool for i1).
//
//===----------------------------------------------------------------------===//
#ifndef ROWLOCK_LIB_RUNTIME_SCALARS_H
#define ROWLOCK_LIB_RUNTIME_SCALARS_H

#include "rowlock/Numerics/Half.h"
#include "rowlock/Program/program_generated.h"

#include <cassert>
#include <cstring>

namespace rowlock {

template <typename T> struct PlainScalar {
  using Value = T;
  static T load(const uint8_t *data, int64_t index) {
    T value;
    std::memcpy(&value, data + index * int64_t(sizeof(T)), sizeof(T));
    return value;
  }
  static void store(uint8_t *data, int64_t index, T value) {
    std::memcpy(data + index * int64_t(sizeof(T)), &value, sizeof(T));
  }
};

template <float (*Widen)(uint16_t), uint16_t (*Narrow)(float)>
struct NarrowScalar {
  using Value = float;
  static float load(const uint8_t *data, int64_t index) {
    return Widen(PlainScalar<uint16_t>::load(data, index));
  }
  static void store(uint8_t *data, int64_t index, float value) {
    PlainScalar<uint16_t>::store(data, index, Narrow(value));
  }
};

struct BoolScalar {
  using Value = bool;
  static bool load(const uint8_t *data, int64_t index) { return data[index]; }
  static void store(uint8_t *data, int64_t index, bool value) {
    data[index] = value;
  }
};

/// Returns `use(Scalar())` for the Scalar of an element type, which is none of
/// those of NarrowScalars.h.
template <typename Use> auto withScalar(fb::ElementType type, Use use) {
  switch (type) {
  case fb::ElementType::I8:
    return use(PlainScalar<int8_t>());
  case fb::ElementType::U8:
    return use(PlainScalar<uint8_t>());
  case fb::ElementType::I16:
    return use(PlainScalar<int16_t>());
  case fb::ElementType::U16:
    return use(PlainScalar<uint16_t>());
  case fb::ElementType::I32:
    return use(PlainScalar<int32_t>());
  case fb::ElementType::U32:
    return use(PlainScalar<uint32_t>());
  case fb::ElementType::I64:
    return use(PlainScalar<int64_t>());
  case fb::ElementType::U64:
    return use(PlainScalar<uint64_t>());
  case fb::ElementType::F16:
    return use(NarrowScalar<halfToFloat, floatToHalf>());
  case fb::ElementType::BF16:
    return use(NarrowScalar<bfloatToFloat, floatToBFloat>());
  case fb::ElementType::F64:
    return use(PlainScalar<double>());
  case fb::ElementType::I1:
    return use(BoolScalar());
  default:
    assert(type == fb::ElementType::F32 && "NarrowScalars.h has the type");
    break;
  }
  return use(PlainScalar<float>());
}

} // namespace rowlock

#endif // ROWLOCK_LIB_RUNTIME_SCALARS_H
