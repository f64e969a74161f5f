//===- FrameParts.cpp - What the bits of a frame belong to ----------------===//
#include "FrameParts.h"

using namespace rowlock;

std::vector<FrameBit> rowlock::frameBits(const FrameLayout &layout) {
  std::vector<FrameBit> bits(layout.bits());
  for (const FrameField &field : layout.fields())
    for (size_t element = 0; element < field.count; ++element)
      for (unsigned bit = 0; bit < field.width; ++bit)
        bits[field.offset + element * field.step + bit] = {&field, element,
                                                           bit};
  return bits;
}

int64_t rowlock::valueOf(const FrameBit &bit, const FrameValues &frame) {
  if (const int64_t *scalar = frame.scalar(bit.field->name))
    return *scalar;
  return (*frame.vector(bit.field->name))[bit.element];
}

bool rowlock::isEnabled(const FrameBit &bit, const FrameValues &frame,
                        size_t columns, size_t usedBanks) {
  switch (bit.field->kind) {
  case FrameFieldKind::Scalar:
    return true;
  case FrameFieldKind::Bank:
    return bit.element < usedBanks;
  case FrameFieldKind::PE:
    return frame.enable[bit.element] != 0;
  case FrameFieldKind::Bus:
  case FrameFieldKind::Column:
    break;
  }
  bool bus = bit.field->kind == FrameFieldKind::Bus;
  for (size_t pe = 0; pe < frame.enable.size(); ++pe)
    if (frame.enable[pe] && (bus ? pe / columns : pe % columns) == bit.element)
      return true;
  return false;
}

bool rowlock::onlyHandsOn(size_t bus, const FrameValues &frame,
                          size_t columns) {
  for (size_t column = 0; column < columns; ++column) {
    size_t pe = bus * columns + column, above = pe + columns;
    if (!frame.enable[pe])
      continue;
    bool ends = above >= frame.enable.size() || !frame.enable[above] ||
                !frame.psum_from_below[above];
    if (ends || !frame.psum_from_below[pe])
      return false;
  }
  return true;
}
