//===- ArrayUse.h - How many PEs a layer can use ----------------*- C++ -*-===//
#ifndef ROWLOCK_MAPPING_ARRAYUSE_H
#define ROWLOCK_MAPPING_ARRAYUSE_H

#include "rowlock/Mapping/Search.h"

namespace rowlock {

/// PE sets in the array: e, r, t and g of a mapping, and the PEs of a full
/// pass.
struct ArrayUse {
  int64_t e = 1, r = 1, t = 1, g = 1;
  int64_t activePEs = 0;
};

/// Every way to place PE sets that some legal mapping has and that keeps at
/// least so many PEs busy.
std::vector<ArrayUse> placementsWith(const MappingProblem &problem,
                                     int64_t leastPEs);

/// The most PEs that any legal mapping of the layer keeps busy; the problem has
/// one.
ArrayUse mostPEs(const MappingProblem &problem);

/// A size of the layer, more of which would let it use more PEs.
struct ScarceSize {
  const char *letter, *what; // "E", "ofmap rows"
  int64_t value;
  int64_t activePEs; // the most with as much of it as the array can use
};
/// Of ofmap rows, channels, filters of a group and groups those that limit
/// `mostPEs` by themselves.
std::vector<ScarceSize> scarceSizes(const MappingProblem &problem);

/// The least mapping by the objectives that places PE sets in one of these ways
/// and is as near to another as it can: its images and columns, rows, filters
/// and channels of the tile rounded to whole passes, its orders, any p and q.
/// None: no such mapping is legal.
std::optional<Mapping> nearestWith(const MappingProblem &problem,
                                   const Mapping &mapping,
                                   const std::vector<ArrayUse> &placements,
                                   const Objectives &objectives);

} // namespace rowlock

#endif // ROWLOCK_MAPPING_ARRAYUSE_H
