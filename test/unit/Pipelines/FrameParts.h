//===- FrameParts.h - What the bits of a frame belong to --------*- C++ -*-===//
#ifndef ROWLOCK_TEST_UNIT_PIPELINES_FRAMEPARTS_H
#define ROWLOCK_TEST_UNIT_PIPELINES_FRAMEPARTS_H

#include "rowlock/Program/FrameLayout.h"

namespace rowlock {

/// One bit of an element of a field.
struct FrameBit {
  const FrameField *field;
  size_t element;
  unsigned bit;
};

/// All of them, in the order of the chain; they point into the layout.
std::vector<FrameBit> frameBits(const FrameLayout &layout);

/// The element's value.
int64_t valueOf(const FrameBit &bit, const FrameValues &frame);

/// A part is enabled if something runs through it: an enabled PE, a bus or a
/// column with one, one of the first `usedBanks` banks. Scalars always are.
bool isEnabled(const FrameBit &bit, const FrameValues &frame, size_t columns,
               size_t usedBanks);

/// True if no chain of psums begins or ends on the bus: its enabled PEs take
/// them from below and give them to the PE above.
bool onlyHandsOn(size_t bus, const FrameValues &frame, size_t columns);

} // namespace rowlock

#endif // ROWLOCK_TEST_UNIT_PIPELINES_FRAMEPARTS_H
