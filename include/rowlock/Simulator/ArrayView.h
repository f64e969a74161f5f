//===- ArrayView.h - Who does what in a pass --------------------*- C++ -*-===//
//
// What each PE holds and takes in one pass of a program, read off the bits of
// the frame as the machine reads them (docs/spec/execution.md, "Tags"): IDs,
// enables, psum sources, counters. Nothing is run.
//
//===----------------------------------------------------------------------===//
#ifndef ROWLOCK_SIMULATOR_ARRAYVIEW_H
#define ROWLOCK_SIMULATOR_ARRAYVIEW_H

#include "rowlock/Program/Program.h"
#include "rowlock/Simulator/PassCounts.h"

#include <optional>

namespace rowlock {

/// first ... first + count - 1.
struct IndexRange {
  int64_t first = 0, count = 0;
  int64_t last() const { return first + count - 1; }
  bool operator==(const IndexRange &o) const {
    return first == o.first && count == o.count;
  }
};

/// One PE in a pass.
struct PEView {
  bool enabled = false;
  /// The filter row that it holds, as it stands in the filter tensor: one row
  /// of each of these filters and (the group's) channels.
  struct Filter {
    IndexRange filters, channels;
    int64_t row = 0;
  };
  std::optional<Filter> filter;
  /// The row of the pass's ifmaps that reaches it, counted from their first.
  std::optional<int64_t> ifmapRow;
  /// The row of the pass's ofmaps whose psums run through it, from the first.
  std::optional<int64_t> psumRow;
  bool fromBelow = false; // takes psums from the PE below, not the network
  bool sendsUp = false;   // gives them to the PE above, not to the GON
  /// It multiplies: filters and ifmaps come.
  bool works() const { return filter && ifmapRow && psumRow; }
};

struct ArrayView {
  int64_t pass = 0, passes = 0; // number in the layer, from 0; of so many
  uint32_t frameNumber = 0;
  FrameValues frame;
  PassCounts counts;
  std::vector<PEView> pes; // row by row from the bottom, as in the frame
};

/// Pass number `pass` of layer `layer` of the layer table, in the order in
/// which the array runs them; void ones do not count. The error says that the
/// layer has no passes or not so many.
Result<ArrayView> viewPass(const Program &program, uint32_t layer,
                           int64_t pass);

} // namespace rowlock

#endif // ROWLOCK_SIMULATOR_ARRAYVIEW_H
