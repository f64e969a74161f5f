//===- FrameCodec.cpp - Frames between bits and values --------------------===//

#include "rowlock/Program/FrameLayout.h"

using namespace rowlock;

/// Sets `width` bits, at most 63, from bit `at` on; they were 0.
static void putBits(std::vector<uint64_t> &words, size_t at, unsigned width,
                    uint64_t value) {
  if (width == 0)
    return;
  words[at / 64] |= value << (at % 64);
  if (at % 64 + width > 64)
    words[at / 64 + 1] |= value >> (64 - at % 64);
}

static uint64_t getBits(const uint64_t *words, size_t at, unsigned width) {
  if (width == 0)
    return 0;
  uint64_t value = words[at / 64] >> (at % 64);
  if (at % 64 + width > 64)
    value |= words[at / 64 + 1] << (64 - at % 64);
  return value & ((uint64_t(1) << width) - 1);
}

static Status checkRange(const FrameField &field, size_t element,
                         int64_t value) {
  if (value >= field.min && value <= field.max)
    return Status::ok();
  std::string what = field.name;
  if (field.kind != FrameFieldKind::Scalar)
    what += "[" + std::to_string(element) + "]";
  bool below = value < field.min;
  return Status::error(what + " " + std::to_string(value) +
                       (below ? " is below " : " exceeds ") +
                       std::to_string(below ? field.min : field.max));
}

Result<std::vector<uint64_t>> rowlock::encodeFrame(const FrameLayout &layout,
                                                   const FrameValues &values) {
  std::vector<uint64_t> words(layout.words());
  for (const FrameField &field : layout.fields()) {
    const int64_t *elements = values.scalar(field.name);
    if (!elements) {
      const std::vector<int64_t> &vector = *values.vector(field.name);
      if (vector.size() != field.count)
        return Status::error(
            std::string(field.name) + " has " + std::to_string(vector.size()) +
            " elements instead of " + std::to_string(field.count));
      elements = vector.data();
    }
    for (size_t k = 0; k < field.count; ++k) {
      if (Status status = checkRange(field, k, elements[k]); !status)
        return status;
      putBits(words, field.offset + k * field.step, field.width,
              uint64_t(elements[k] - field.min));
    }
  }
  return words;
}

Result<FrameValues> rowlock::decodeFrame(const FrameLayout &layout,
                                         const uint64_t *words, size_t count) {
  if (count != layout.words())
    return Status::error("chain of " + std::to_string(count) +
                         " words instead of " + std::to_string(layout.words()));
  unsigned used = layout.bits() % 64;
  if (used != 0 && words[count - 1] >> used != 0)
    return Status::error("bit set past the end of the chain of " +
                         std::to_string(layout.bits()) + " bits");
  FrameValues values(layout);
  for (const FrameField &field : layout.fields()) {
    int64_t *elements = values.scalar(field.name);
    if (!elements)
      elements = values.vector(field.name)->data();
    for (size_t k = 0; k < field.count; ++k) {
      elements[k] =
          field.min +
          int64_t(getBits(words, field.offset + k * field.step, field.width));
      if (Status status = checkRange(field, k, elements[k]); !status)
        return status;
    }
  }
  return values;
}
