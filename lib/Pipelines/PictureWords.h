//===- PictureWords.h - What a picture of the array says --------*- C++ -*-===//
#ifndef ROWLOCK_LIB_PIPELINES_PICTUREWORDS_H
#define ROWLOCK_LIB_PIPELINES_PICTUREWORDS_H

#include "rowlock/Simulator/ArrayView.h"

#include <optional>
#include <string>
#include <vector>

namespace rowlock {

/// Titles, and the *blocks*: filters and channels that a PE holds a row of.
struct PictureWords {
  PictureWords(const Program &program, uint32_t layer, const ArrayView &view);

  std::string title;                         // layer and pass
  std::string sizes;                         // of the pass
  std::string machine;                       // target, frame, PEs
  std::vector<std::optional<size_t>> blocks; // of each PE
  std::vector<std::string> names, meanings; // of blocks: A, "filters 0-15, ..."
  int64_t enabled = 0, working = 0;         // PEs

private:
  std::vector<PEView::Filter> held; // of blocks
};

} // namespace rowlock

#endif // ROWLOCK_LIB_PIPELINES_PICTUREWORDS_H
