//===- TransferBoxes.h - What boxes are checked against ---------*- C++ -*-===//
#ifndef ROWLOCK_LIB_SIMULATOR_TRANSFERBOXES_H
#define ROWLOCK_LIB_SIMULATOR_TRANSFERBOXES_H

#include "TensorBox.h"
#include "Transfers.h"

#include <initializer_list>

namespace rowlock {

TensorBox boxOf(const TransferState &state, uint32_t tensor);
std::string tensorName(const TransferState &state, uint32_t tensor);

/// "WHO: WHAT FIRST to LAST of SIZE".
Status outside(const std::string &who, const char *what, int64_t first,
               int64_t last, int64_t size);
/// Sizes whose product stays small enough to walk over.
Status checkVolume(std::initializer_list<int64_t> sizes);

GlobalBuffer::Region ifmapRegion(GlobalBuffer &glb,
                                 const ArrayConfiguration &configuration,
                                 const TargetSpec &target);
GlobalBuffer::Region psumRegion(GlobalBuffer &glb,
                                const ArrayConfiguration &configuration,
                                const TargetSpec &target);

/// The box of an ofmap tensor that a block of psums covers.
struct OfmapBox {
  int64_t image, channel, row, column;    // first
  int64_t groupStep, rowStep, columnStep; // to the next
  Status check(const TensorBox &box, const std::string &who,
               const PassCounts &n) const;
};
template <typename Command>
OfmapBox ofmapBox(const Command &command, LoopIndices at) {
  auto value = [&](const fb::Affine *affine) {
    return evaluate(affine, at.values, at.depth);
  };
  return {value(command.image()), value(command.channel()),
          value(command.row()),   value(command.column()),
          command.group_step(),   command.row_step(),
          command.column_step()};
}

/// Walks a dense block of psums in the order of docs/spec/execution.md; calls
/// `use(word, group, filter, row, image, column)`.
template <typename Use>
void forEachPsum(const PassCounts &n, int64_t p, int64_t base, Use use) {
  int64_t word = base;
  for (int64_t g = 0; g < n.groups; ++g)
    for (int64_t first = 0; first < n.filters; first += p)
      for (int64_t r = 0; r < n.rows; ++r)
        for (int64_t i = 0; i < n.images; ++i)
          for (int64_t x = 0; x < n.columns; ++x)
            for (int64_t m = first; m < std::min(first + p, n.filters); ++m)
              use(word++, g, m, r, i, x);
}

} // namespace rowlock

#endif // ROWLOCK_LIB_SIMULATOR_TRANSFERBOXES_H
