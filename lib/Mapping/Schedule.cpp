//===- Schedule.cpp - What follows from a mapping -------------------------===//

#include "rowlock/Mapping/Schedule.h"
#include "Geometry.h"

using namespace rowlock;

static ScheduleLoop tileLoop(const LayerShape &layer, const Mapping &mapping,
                             TileLoop loop) {
  int64_t trips = tripsOf(layer, mapping, loop);
  switch (loop) {
  case TileLoop::Group:
    return {LoopDim::GroupTile, trips, mapping.g};
  case TileLoop::M:
    return {LoopDim::FilterTile, trips, mapping.m};
  case TileLoop::N:
    return {LoopDim::ImageTile, trips, mapping.n};
  case TileLoop::H:
    return {LoopDim::RowTile, trips, mapping.h};
  case TileLoop::F:
    return {LoopDim::ColumnTile, trips, mapping.f};
  case TileLoop::C:
    break;
  }
  return {LoopDim::ChannelTile, trips, mapping.c};
}

static ScheduleLoop passLoop(const Mapping &mapping, PassLoop loop) {
  int64_t trips = tripsOf(mapping, loop);
  switch (loop) {
  case PassLoop::C:
    return {LoopDim::ChannelPass, trips, mapping.q * mapping.r};
  case PassLoop::M:
    return {LoopDim::FilterPass, trips, mapping.p * mapping.t};
  case PassLoop::Strip:
    break;
  }
  return {LoopDim::Strip, trips, mapping.e};
}

/// Puts the stack of set `set` and segment `segment` into its slot, with the
/// IDs of docs/spec/execution.md, "Tags".
static void placeStack(const MappingProblem &problem, const Mapping &mapping,
                       int64_t set, int64_t segment, Schedule &result) {
  Placement place = placementOf(problem, mapping);
  IfmapTags tags = ifmapTagsOf(problem, mapping, place);
  int64_t height = problem.layer.filterHeight;
  int64_t stackRows = height * mapping.r;
  int64_t slot = set * place.segments + segment;
  int64_t firstRow = slot / place.slotsAcross * stackRows;
  int64_t firstColumn = slot % place.slotsAcross * place.segmentWidth;
  int64_t setRow = set / place.slotsAcross, setColumn = set % place.slotsAcross;
  int64_t group = set / mapping.t;
  int64_t block = group / tags.blockGroups;

  for (int64_t row = 0; row < stackRows; ++row) {
    int64_t channelSet = row / height, i = row % height;
    int64_t rowClass = i % tags.period, number = i / tags.period;
    bool linked = rowClass + tags.period < height;
    BusPlacement &bus = result.buses[firstRow + row];
    bus.filterRow = setRow * stackRows + row;
    bus.ifmapRow =
        ((block * mapping.r + channelSet) * tags.classes + rowClass) *
            place.segments +
        (linked ? 0 : segment);
    bus.psumRow = setRow * place.segments + segment;
    for (int64_t x = 0; x < place.segmentWidth; ++x) {
      int64_t y = segment * place.segmentWidth + x;
      if (y >= mapping.e)
        break;
      PEPlacement &pe =
          result
              .pes[(firstRow + row) * problem.target.columns + firstColumn + x];
      pe.enable = true;
      pe.psumFromBelow = row > 0;
      pe.filterColumn = setColumn;
      pe.ifmapColumn = group % tags.blockGroups * tags.columnsPerGroup +
                       (linked ? y + number : x);
      result.psumColumns[firstColumn + x] = setColumn * place.segmentWidth + x;
    }
  }
}

Schedule rowlock::schedule(const MappingProblem &problem,
                           const Mapping &mapping) {
  Schedule result;
  for (TileLoop loop : mapping.tileOrder)
    result.tileLoops.push_back(tileLoop(problem.layer, mapping, loop));
  for (PassLoop loop : mapping.passOrder)
    result.passLoops.push_back(passLoop(mapping, loop));
  result.tileImages = mapping.n;
  result.tileFilters = mapping.m;
  result.tileRows = mapping.h;
  result.tileColumns = mapping.f;
  result.tileChannels = mapping.c;
  result.passFilters = mapping.p * mapping.t;
  result.passChannels = mapping.q * mapping.r;
  result.passRows = mapping.e;
  result.groups = mapping.g;
  result.filtersPerPE = mapping.p;
  result.channelsPerPE = mapping.q;
  result.channelSets = mapping.r;
  result.filterSets = mapping.t;

  TileWords tile = tileWordsOf(problem, mapping);
  result.ifmapRows = tile.ifmapRows;
  result.ifmapColumns = tile.ifmapColumns;
  result.ifmapWords = tile.ifmapWords;
  result.psumPassWords = tile.psumPassWords;
  result.psumWords = tile.psumWords;
  result.psumFilterPassStride = tile.psumFilterPassStride;
  result.psumStripStride = tile.psumStripStride;
  result.psumLastBase = tile.psumLastBase;
  result.psumLastStripStride = tile.psumLastStripStride;
  result.ifmapBanks = tile.ifmapBanks;
  if (tile.ringRows)
    result.ifmapBanks =
        ceilDiv(tile.ringRows * tile.ringPitch *
                    problem.target.operandBytes(problem.layer.mode16),
                problem.target.bank_bytes);
  result.psumBanks = tile.psumBanks;

  Placement place = placementOf(problem, mapping);
  result.segments = place.segments;
  result.segmentWidth = place.segmentWidth;
  result.slotsAcross = place.slotsAcross;
  result.slotRows = place.slotRows;
  result.ifmapDepth = ifmapDepthOf(problem.layer, mapping);
  result.storeDepth = storeDepthOf(problem.layer, mapping);
  result.recordDepth = recordDepthOf(problem.layer, mapping);
  result.drainsBlocks = mapping.prefetch != Prefetch::None;
  result.doubleIfmaps = mapping.prefetch == Prefetch::Double;
  result.ringRows = tile.ringRows;
  result.ringPitch = tile.ringPitch;
  for (int64_t strip = 0;
       tile.ringRows && strip < tripsOf(mapping, PassLoop::Strip); ++strip)
    result.chunks.push_back(chunkOf(problem.layer, mapping, tile, strip));
  result.filtersStay = filtersStay(mapping);

  result.buses.resize(problem.target.rows);
  result.psumColumns.resize(problem.target.columns);
  result.pes.resize(problem.target.rows * problem.target.columns);
  for (int64_t set = 0; set < mapping.g * mapping.t; ++set)
    for (int64_t segment = 0; segment < place.segments; ++segment)
      placeStack(problem, mapping, set, segment, result);
  return result;
}
