//===- FrameLayout.cpp - The field table on a target ----------------------===//

#include "rowlock/Program/FrameLayout.h"

#include <algorithm>

using namespace rowlock;

/// Bits that hold every value from 0 to `greatest`.
static unsigned bitsFor(int64_t greatest) {
  unsigned bits = 0;
  for (; greatest > 0; greatest >>= 1)
    ++bits;
  return bits;
}

static int64_t glbBytes(const TargetSpec &t) {
  return t.glb_banks * t.bank_bytes;
}

static int64_t maxVerticalStride(const TargetSpec &t) {
  int64_t greatest = 1;
  for (int64_t stride : t.verticalStrides())
    greatest = std::max(greatest, stride);
  return greatest;
}

static FrameField scalarField(const char *name, const char *doc, int64_t min,
                              int64_t max) {
  return {FrameFieldKind::Scalar, name, doc, min, max,
          bitsFor(max - min),     0,    0,   1};
}

static FrameField elementField(FrameFieldKind kind, const char *name,
                               const char *doc, int64_t width, int64_t count) {
  return {
      kind, name, doc,          0, (int64_t(1) << width) - 1, unsigned(width),
      0,    0,    size_t(count)};
}

/// The table with bounds and widths, still without offsets.
static std::vector<FrameField> fieldsOn(const TargetSpec &t) {
  return {
#define ROWLOCK_FRAME_SCALAR(name, min, max, doc)                              \
  scalarField(#name, doc, min, max),
#define ROWLOCK_FRAME_BANK(name, width, doc)                                   \
  elementField(FrameFieldKind::Bank, #name, doc, width, t.glb_banks),
#define ROWLOCK_FRAME_BUS(name, width, doc)                                    \
  elementField(FrameFieldKind::Bus, #name, doc, width, t.rows),
#define ROWLOCK_FRAME_COLUMN(name, width, doc)                                 \
  elementField(FrameFieldKind::Column, #name, doc, width, t.columns),
#define ROWLOCK_FRAME_PE(name, width, doc)                                     \
  elementField(FrameFieldKind::PE, #name, doc, width, t.rows *t.columns),
#include "rowlock/Program/FrameFields.def"
  };
}

FrameLayout::FrameLayout(const TargetSpec &target)
    : table(fieldsOn(target)), columns(target.columns) {
  // The elements of one bank, bus, column or PE lie side by side.
  for (FrameFieldKind kind : frameFieldKinds) {
    size_t step = 0, count = 0;
    for (FrameField &field : table) {
      if (field.kind != kind)
        continue;
      field.offset = chainBits + step;
      step += field.width;
      count = field.count;
    }
    for (FrameField &field : table)
      if (field.kind == kind)
        field.step = step;
    chainBits += kind == FrameFieldKind::Scalar ? step : step * count;
  }
}

const FrameField *FrameLayout::find(const std::string &name) const {
  for (const FrameField &field : table)
    if (name == field.name)
      return &field;
  return nullptr;
}

FrameValues::FrameValues(const FrameLayout &layout) {
  for (const FrameField &field : layout.fields()) {
    if (field.kind == FrameFieldKind::Scalar)
      *scalar(field.name) = std::max<int64_t>(field.min, 0);
    else
      vector(field.name)->assign(field.count, 0);
  }
}

int64_t *FrameValues::scalar(const std::string &wanted) {
#define ROWLOCK_FRAME_SCALAR(name, min, max, doc)                              \
  if (wanted == #name)                                                         \
    return &name;
#define ROWLOCK_FRAME_BANK(name, width, doc)
#define ROWLOCK_FRAME_BUS(name, width, doc)
#define ROWLOCK_FRAME_COLUMN(name, width, doc)
#define ROWLOCK_FRAME_PE(name, width, doc)
#include "rowlock/Program/FrameFields.def"
  return nullptr;
}

std::vector<int64_t> *FrameValues::vector(const std::string &wanted) {
#define ROWLOCK_FRAME_SCALAR(name, min, max, doc)
#define ROWLOCK_FRAME_BANK(name, width, doc)                                   \
  if (wanted == #name)                                                         \
    return &name;
#define ROWLOCK_FRAME_BUS(name, width, doc) ROWLOCK_FRAME_BANK(name, width, doc)
#define ROWLOCK_FRAME_COLUMN(name, width, doc)                                 \
  ROWLOCK_FRAME_BANK(name, width, doc)
#define ROWLOCK_FRAME_PE(name, width, doc) ROWLOCK_FRAME_BANK(name, width, doc)
#include "rowlock/Program/FrameFields.def"
  return nullptr;
}

const int64_t *FrameValues::scalar(const std::string &name) const {
  return const_cast<FrameValues *>(this)->scalar(name);
}

const std::vector<int64_t> *FrameValues::vector(const std::string &name) const {
  return const_cast<FrameValues *>(this)->vector(name);
}

bool FrameValues::operator==(const FrameValues &other) const {
#define ROWLOCK_FRAME_SCALAR(name, min, max, doc)                              \
  if (name != other.name)                                                      \
    return false;
#define ROWLOCK_FRAME_BANK(name, width, doc)                                   \
  if (name != other.name)                                                      \
    return false;
#define ROWLOCK_FRAME_BUS(name, width, doc) ROWLOCK_FRAME_BANK(name, width, doc)
#define ROWLOCK_FRAME_COLUMN(name, width, doc)                                 \
  ROWLOCK_FRAME_BANK(name, width, doc)
#define ROWLOCK_FRAME_PE(name, width, doc) ROWLOCK_FRAME_BANK(name, width, doc)
#include "rowlock/Program/FrameFields.def"
  return true;
}
