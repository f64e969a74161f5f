//===- EngineRun.h - A mapping on the engines over time ---------*- C++ -*-===//
//
// Each engine walks the loops of the schedule to its own commands, which wait
// and signal as those of `rs-lower-layers` do.
//
//===----------------------------------------------------------------------===//
#ifndef ROWLOCK_LIB_MAPPING_ENGINERUN_H
#define ROWLOCK_LIB_MAPPING_ENGINERUN_H

#include "LoopCounter.h"
#include "ScheduledPasses.h"

#include "rowlock/Mapping/Schedule.h"

namespace rowlock {

/// Where a command stands: tile indices by dimension, pass indices.
struct Position {
  int64_t group = 0, filter = 0, image = 0, row = 0, column = 0, channel = 0;
  int64_t channelPass = 0, filterPass = 0, strip = 0;

  int64_t &operator[](LoopDim dim) {
    switch (dim) {
    case LoopDim::GroupTile:
      return group;
    case LoopDim::FilterTile:
      return filter;
    case LoopDim::ImageTile:
      return image;
    case LoopDim::RowTile:
      return row;
    case LoopDim::ColumnTile:
      return column;
    case LoopDim::ChannelTile:
      return channel;
    case LoopDim::ChannelPass:
      return channelPass;
    case LoopDim::FilterPass:
      return filterPass;
    case LoopDim::Strip:
      return strip;
    }
    return group;
  }
};

class EngineRun : CommandSource {
public:
  EngineRun(const MappingProblem &problem, const Mapping &mapping,
            const LayerData *data);
  void run(Cost &cost);

private:
  /// One engine's walk over the loops [0, depth) and, for psums, the pass loops
  /// that blocks of them have.
  struct Walk {
    LoopCounter at;
    std::vector<LoopDim> dims;
    Position position() const {
      Position position;
      for (size_t k = 0; k < dims.size(); ++k)
        position[dims[k]] = at[k];
      return position;
    }
  };
  Walk walkIfmaps() const;
  Walk walkBlocks() const; // of psums
  Walk walkPasses() const;

  bool ready(Engine engine) override;
  NextCommand next(Engine engine) override;
  Result<CommandCost> execute(Engine engine) override;
  void ended(Engine engine, double begin, double end, double filters) override;

  /// The load engine brings ifmap boxes, and raw psums block by block.
  bool nextLoadIsIfmap() const;
  bool loadsDone() const {
    return ifmapLoads.at.done() && (!layer.resumes || psumLoads.at.done());
  }
  int64_t tileOf(const Walk &blocks) const {
    return blocks.at.number() / storesPerTile;
  }
  /// The number of a pass's block of psums, over all tiles.
  int64_t blockOf(int64_t pass) const;
  /// Blocks that have left when the place of a block is free.
  int64_t storesBefore(int64_t block) const {
    return plan.drainsBlocks ? block - storesPerTile + 1
                             : block / storesPerTile * storesPerTile;
  }
  /// Passes that have ended when a block leaves.
  int64_t passesBefore(const Walk &block) const;
  /// Where the walk is in its chunks, or a pass among those of its box.
  int64_t chunkOf(Position at) const;
  /// Passes that have ended when the places of a box or chunk are free.
  int64_t passesBeforeLoad() const;
  /// True if records come with the pass.
  bool bringsRecords(const Walk &pass) const {
    return layer.needsRecords(target) && pass.at.atStart(plan.recordDepth);
  }

  Extents tileAt(const Position &at) const;
  Extents passAt(const Position &at) const;
  CommandCost loadIfmap();
  CommandCost movePsums(const Walk &walk, int64_t bytesPerPsum, bool out);
  bool streams(const Position &at) const {
    return !plan.filtersStay || at.strip == 0;
  }
  /// Bytes of the records that come before the pass's filters.
  int64_t recordBytes() const {
    return plan.groups * plan.tileFilters * (target.isFixed16() ? 2 : 8);
  }

  const LayerShape &layer;
  const TargetSpec &target;
  const LayerData *data;
  const Schedule plan;
  ScheduledPasses passes;
  Walk ifmapLoads, psumLoads, filterPasses, arrayPasses, stores;
  int64_t loads = 1, tiles = 1, allPasses = 1, storesPerTile = 1;
  int64_t chunksPerLoad = 1;
  // Tokens.
  int64_t configured = 0, loaded = 0, restored = 0, passed = 0, stored = 0;
  NextCommand arrayCommand;
  double processing = 0, last = 0;
  int64_t codedIfmapBytes = 0, codedOfmapBytes = 0;
};

} // namespace rowlock

#endif // ROWLOCK_LIB_MAPPING_ENGINERUN_H
