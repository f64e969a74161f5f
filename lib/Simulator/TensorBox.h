//===- TensorBox.h - Elements of a tensor in a box --------------*- C++ -*-===//
#ifndef ROWLOCK_LIB_SIMULATOR_TENSORBOX_H
#define ROWLOCK_LIB_SIMULATOR_TENSORBOX_H

#include "rowlock/Program/TensorLayout.h"
#include "rowlock/Program/Values.h"
#include "rowlock/Runtime/Memory.h"

#include <cstring>

namespace rowlock {

/// A tensor in DRAM, read and written by element.
class TensorBox {
public:
  TensorBox(const Program &program, uint32_t tensor, const TensorLayout &layout,
            const uint8_t *data)
      : layout(layout), data(data),
        type(items(program.table().tensors())[tensor]->type()) {}

  int64_t size(size_t dimension) const { return layout.shape()[dimension]; }
  bool holds(size_t dimension, int64_t first, int64_t count) const {
    return first >= 0 && first + count <= size(dimension);
  }
  int64_t bytesPerElement() const { return layout.bytesPerElement(); }
  fb::ElementType elementType() const { return type; }

  /// The integer at four indices.
  int64_t get(int64_t a, int64_t b, int64_t c, int64_t d) const {
    int64_t indices[] = {a, b, c, d};
    return decode(data + layout.byte(indices));
  }
  /// Of a tensor of rank 1.
  int64_t get(int64_t index) const {
    return decode(data + layout.byte(&index));
  }
  int64_t byte(int64_t a, int64_t b, int64_t c, int64_t d) const {
    int64_t indices[] = {a, b, c, d};
    return layout.byte(indices);
  }

private:
  template <typename T> static int64_t as(const uint8_t *bytes) {
    T value;
    std::memcpy(&value, bytes, sizeof(T));
    return int64_t(value);
  }
  int64_t decode(const uint8_t *bytes) const {
    switch (type) {
    case fb::ElementType::I8:
      return as<int8_t>(bytes);
    case fb::ElementType::U8:
      return as<uint8_t>(bytes);
    case fb::ElementType::I16:
      return as<int16_t>(bytes);
    case fb::ElementType::U16:
      return as<uint16_t>(bytes);
    case fb::ElementType::I32:
      return as<int32_t>(bytes);
    default:
      return as<int64_t>(bytes);
    }
  }

  const TensorLayout &layout;
  const uint8_t *data;
  fb::ElementType type;
};

} // namespace rowlock

#endif // ROWLOCK_LIB_SIMULATOR_TENSORBOX_H
