//===- Schedule.h - What follows from a mapping -----------------*- C++ -*-===//
//
// Lowerings read a `Schedule` and nothing else of a mapping: loops, the box of
// each operand per tile and pass, how the GLB is divided, where every PE
// stands. See docs/spec/execution.md for stacks, slots, tags and the order of
// psums in the GLB.
//
//===----------------------------------------------------------------------===//
#ifndef ROWLOCK_MAPPING_SCHEDULE_H
#define ROWLOCK_MAPPING_SCHEDULE_H

#include "rowlock/Mapping/Mapping.h"

#include <vector>

namespace rowlock {

/// The dimension a loop walks.
enum class LoopDim : uint8_t {
  GroupTile,
  FilterTile,
  ImageTile,
  RowTile,
  ColumnTile,
  ChannelTile, // tiles
  ChannelPass,
  FilterPass,
  Strip // passes
};

struct ScheduleLoop {
  LoopDim dim;
  int64_t trips; // constant; the last iterations may be void (count <= 0)
  int64_t step;  // elements of the dimension (groups, filters, ...) per trip
};

/// IDs and psum source of one PE; rows from the bottom.
struct PEPlacement {
  bool enable = false;
  bool psumFromBelow = false;
  int64_t filterColumn = 0, ifmapColumn = 0;
};
struct BusPlacement {
  int64_t filterRow = 0, ifmapRow = 0, psumRow = 0;
};

/// Of a tile's ifmap box, the part that comes for strip j: the rows that it
/// needs and strips before it do not. They take the places of rows whose last
/// reader in a channel pass is strip `strip` of the box `boxesBack` before.
struct IfmapChunk {
  int64_t firstRow; // of the box
  int64_t boxesBack, strip;
};

/// Everything a lowering needs. Loops with one trip are kept: the nest always
/// holds the six tile loops, then the three pass loops, in the mapping's order.
struct Schedule {
  std::vector<ScheduleLoop> tileLoops; // outermost first
  std::vector<ScheduleLoop> passLoops; // inside the tile loops
  // Full sizes of a tile and of a pass, in elements (filters, channels per
  // group).
  int64_t tileImages, tileFilters, tileRows, tileColumns, tileChannels;
  int64_t passFilters;  // p*t
  int64_t passChannels; // q*r
  int64_t passRows;     // e
  int64_t groups;       // g
  // What one PE interleaves, and PE sets in the array (hardware.md, section 2).
  int64_t filtersPerPE;  // p
  int64_t channelsPerPE; // q
  int64_t channelSets;   // r
  int64_t filterSets;    // t
  // The tile's ifmap buffer: rows and columns it reserves, and words in all.
  int64_t ifmapRows, ifmapColumns, ifmapWords;
  // The tile's psums: words of a full pass, words in all. Those of filter pass
  // i, strip j begin at the lesser of
  //   i * psumFilterPassStride + j * psumStripStride
  //   psumLastBase + j * psumLastStripStride
  // where the second is that of the last filter pass of a full tile, whose
  // strips are smaller unless p*t divides m.
  int64_t psumPassWords, psumWords;
  int64_t psumFilterPassStride, psumStripStride;
  int64_t psumLastBase, psumLastStripStride;
  int64_t ifmapBanks, psumBanks; // banks each takes, a ring all of its own
  int64_t segments, segmentWidth, slotsAcross, slotRows;
  // The ifmap box of a tile is loaded in the first `ifmapDepth` tile loops and
  // stays over the others: it stays over the filter tiles if no tile loop of
  // more than one trip lies inside theirs, and over loops of one trip.
  int64_t ifmapDepth;
  // The psums of a tile leave in the first `storeDepth` tile loops, after the
  // loops inside: those are channel tiles and loops of one trip.
  // They go block by block, one for each filter pass and strip, in the order of
  // the pass loops; block k of a tile lies where block k of the one before lay.
  int64_t storeDepth;
  // A block leaves as soon as its last pass has ended, and its place is free
  // when it has left; else all of a tile leave between its passes and the next
  // one's.
  bool drainsBlocks;
  // The records of a tile's filters come with the first pass in the first
  // `recordDepth` tile loops, and stay over the others.
  int64_t recordDepth;
  // Two ifmap buffers of `ifmapWords` each, so that the next box is loaded
  // while passes read the last.
  bool doubleIfmaps;
  // Or a ring of `ringRows` rows (0: none), at least `ifmapRows`: all that the
  // banks hold that psums leave, but no more than all boxes have. A row holds
  // `ringPitch` words: those of all images, groups and channels of a tile. Box
  // b begins at row b * ifmapRows, modulo the ring. It comes in chunks, one for
  // each channel pass and strip, in the order of the pass loops.
  int64_t ringRows, ringPitch;
  std::vector<IfmapChunk> chunks; // by strip
  // Filters come with every pass; or, if the strips are the innermost pass
  // loop of more than one trip, with the first strip only, and stay.
  bool filtersStay;
  std::vector<BusPlacement> buses; // one per array row
  // The psum column ID of each array column. Stacks above each other serve the
  // same columns of their sets, so a column needs one.
  std::vector<int64_t> psumColumns;
  std::vector<PEPlacement> pes; // rows * columns, row by row from the bottom
};

/// The schedule of a mapping that `verify` accepts.
Schedule schedule(const MappingProblem &problem, const Mapping &mapping);

} // namespace rowlock

#endif // ROWLOCK_MAPPING_SCHEDULE_H
