//===- Geometry.h - Sizes that follow from a mapping ------------*- C++ -*-===//
//
// What `verify`, `schedule`, `evaluate` and the searches all need: trip counts,
// how stacks are placed, what a tile takes in the GLB, which IDs are used.
//
//===----------------------------------------------------------------------===//
#ifndef ROWLOCK_LIB_MAPPING_GEOMETRY_H
#define ROWLOCK_LIB_MAPPING_GEOMETRY_H

#include "rowlock/Mapping/Schedule.h"

namespace rowlock {

inline int64_t ceilDiv(int64_t a, int64_t b) { return (a + b - 1) / b; }

/// Stacks, slots and segments (docs/spec/execution.md).
struct Placement {
  int64_t segments, segmentWidth, slotsAcross, slotRows;
};
Placement placementOf(const MappingProblem &problem, const Mapping &mapping);

/// How ifmap rows are tagged (docs/spec/execution.md, "Tags").
struct IfmapTags {
  int64_t period;          // V
  int64_t classes;         // Vr: classes that some PE needs
  int64_t blockGroups;     // gc: groups that share X buses
  int64_t columnsPerGroup; // K
  int64_t columnsUsed;     // the largest column ID in use, plus 1
};
IfmapTags ifmapTagsOf(const MappingProblem &problem, const Mapping &mapping,
                      const Placement &placement);

/// What a tile takes in the GLB; see `Schedule` for the places of psums.
struct TileWords {
  int64_t ifmapRows, ifmapColumns, ifmapWords;
  int64_t psumPassWords, psumWords, psumFilterPassStride, psumStripStride;
  int64_t psumLastBase, psumLastStripStride;
  int64_t ifmapBanks, psumBanks; // that it needs, with prefetch counted
  int64_t ringRows, ringPitch;   // 0 rows: no ring
};
TileWords tileWordsOf(const MappingProblem &problem, const Mapping &mapping);

/// The chunk of a strip in a ring.
IfmapChunk chunkOf(const LayerShape &layer, const Mapping &mapping,
                   const TileWords &tile, int64_t strip);

/// Trips of a tile loop, and of a pass loop in a full tile.
int64_t tripsOf(const LayerShape &layer, const Mapping &mapping, TileLoop loop);
int64_t tripsOf(const Mapping &mapping, PassLoop loop);

/// See `Schedule::ifmapDepth`, `storeDepth`, `recordDepth` and `filtersStay`.
int64_t ifmapDepthOf(const LayerShape &layer, const Mapping &mapping);
int64_t storeDepthOf(const LayerShape &layer, const Mapping &mapping);
int64_t recordDepthOf(const LayerShape &layer, const Mapping &mapping);
bool filtersStay(const Mapping &mapping);

/// The rules of `verify` for sizes within the layer's, in its order. Each
/// judges alone, whatever the others say.
using LegalityRule = Status (*)(const MappingProblem &problem,
                                const Mapping &mapping);
const std::vector<LegalityRule> &legalityRules();

/// How often an ifmap box is loaded.
int64_t ifmapLoadsOf(const LayerShape &layer, const Mapping &mapping);

/// `verify` without `check`.
Status verifyMapping(const MappingProblem &problem, const Mapping &mapping);

/// The letters of loops in `printMapping`'s order.
char letterOf(TileLoop loop);
char letterOf(PassLoop loop);

} // namespace rowlock

#endif // ROWLOCK_LIB_MAPPING_GEOMETRY_H
