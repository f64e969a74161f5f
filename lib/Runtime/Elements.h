//===- Elements.h - Typed access to elements --------------------*- C++ -*-===//
#ifndef ROWLOCK_LIB_RUNTIME_ELEMENTS_H
#define ROWLOCK_LIB_RUNTIME_ELEMENTS_H

#include "LayerView.h"

#include <cstring>

namespace rowlock {

/// Least and greatest integer of a type; false if it is no integer type of up
/// to 32 bits.
bool integerRange(fb::ElementType type, int64_t &low, int64_t &high);

/// All elements of an integer tensor minus `zeroPoint`.
std::vector<int64_t> loadIntegers(const TensorView &tensor, const uint8_t *data,
                                  int64_t zeroPoint = 0);
/// Writes element `index`; the value is within the type's range.
void storeInteger(const TensorView &tensor, uint8_t *data, int64_t index,
                  int64_t value);

inline float loadFloat(const uint8_t *data, int64_t index) {
  float value;
  std::memcpy(&value, data + index * 4, 4);
  return value;
}
inline void storeFloat(uint8_t *data, int64_t index, float value) {
  std::memcpy(data + index * 4, &value, 4);
}
std::vector<float> loadFloats(const TensorView &tensor, const uint8_t *data);

} // namespace rowlock

#endif // ROWLOCK_LIB_RUNTIME_ELEMENTS_H
