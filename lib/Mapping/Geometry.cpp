//===- Geometry.cpp - Sizes that follow from a mapping --------------------===//

#include "Geometry.h"

#include <algorithm>
#include <numeric>

using namespace rowlock;

Placement rowlock::placementOf(const MappingProblem &problem,
                               const Mapping &mapping) {
  const TargetSpec &target = problem.target;
  Placement place;
  place.segments = ceilDiv(mapping.e, target.columns);
  place.segmentWidth = ceilDiv(mapping.e, place.segments);
  place.slotsAcross = target.columns / place.segmentWidth;
  place.slotRows = target.rows / (problem.layer.filterHeight * mapping.r);
  return place;
}

IfmapTags rowlock::ifmapTagsOf(const MappingProblem &problem,
                               const Mapping &mapping, const Placement &place) {
  int64_t height = problem.layer.filterHeight;
  IfmapTags tags;
  tags.period = mapping.e > 1 ? problem.layer.strideY : height;
  tags.classes = std::min(tags.period, height);
  tags.blockGroups = std::lcm(place.slotsAcross, mapping.t) / mapping.t;
  bool linked = tags.period < height;
  int64_t rows = linked ? (height - 1) / tags.period : 0;
  tags.columnsPerGroup =
      linked ? place.segments * place.segmentWidth + rows : place.segmentWidth;
  // The last segment may be narrower, so the last group uses fewer.
  int64_t last = linked ? mapping.e + rows : place.segmentWidth;
  tags.columnsUsed =
      (std::min(tags.blockGroups, mapping.g) - 1) * tags.columnsPerGroup + last;
  return tags;
}

TileWords rowlock::tileWordsOf(const MappingProblem &problem,
                               const Mapping &mapping) {
  const LayerShape &layer = problem.layer;
  const TargetSpec &target = problem.target;
  TileWords tile;
  tile.ifmapRows = std::min(layer.height, (mapping.h - 1) * layer.strideY +
                                              layer.filterHeight);
  tile.ifmapColumns = std::min(layer.width, (mapping.f - 1) * layer.strideX +
                                                layer.filterWidth);
  tile.ifmapWords =
      mapping.n * mapping.c * mapping.g * tile.ifmapRows * tile.ifmapColumns;

  int64_t plane = mapping.n * mapping.f * mapping.g;
  int64_t filters = mapping.p * mapping.t;
  int64_t before = (ceilDiv(mapping.m, filters) - 1) * filters;
  tile.psumPassWords = filters * mapping.e * plane;
  tile.psumWords = mapping.m * mapping.h * plane;
  tile.psumFilterPassStride = filters * mapping.h * plane;
  tile.psumStripStride = tile.psumPassWords;
  tile.psumLastBase = before * mapping.h * plane;
  tile.psumLastStripStride = (mapping.m - before) * mapping.e * plane;

  int64_t copies = mapping.prefetch == Prefetch::Double ? 2 : 1;
  tile.ifmapBanks =
      ceilDiv(copies * tile.ifmapWords * target.operandBytes(layer.mode16),
              target.bank_bytes);
  tile.psumBanks =
      ceilDiv(tile.psumWords * target.psumBytes(), target.bank_bytes);
  tile.ringPitch = mapping.n * mapping.c * mapping.g * tile.ifmapColumns;
  tile.ringRows = 0;
  if (mapping.prefetch == Prefetch::Ring) {
    int64_t room = (target.glb_banks - tile.psumBanks) * target.bank_bytes /
                   (tile.ringPitch * target.operandBytes(layer.mode16));
    tile.ringRows = std::clamp(room, tile.ifmapRows,
                               tile.ifmapRows * ifmapLoadsOf(layer, mapping));
  }
  return tile;
}

IfmapChunk rowlock::chunkOf(const LayerShape &layer, const Mapping &mapping,
                            const TileWords &tile, int64_t strip) {
  const int64_t step = mapping.e * layer.strideY;
  const int64_t ahead = layer.filterHeight - layer.strideY;
  const int64_t end = std::min((strip + 1) * step + ahead, tile.ifmapRows);
  // The last row whose place it takes: `end - 1 - ringRows` of its own box.
  const int64_t back = (tile.ringRows - end) / tile.ifmapRows + 1;
  const int64_t row = back * tile.ifmapRows + end - 1 - tile.ringRows;
  const int64_t last = tripsOf(mapping, PassLoop::Strip) - 1;
  return {strip > 0 ? strip * step + ahead : 0, back,
          std::min(row / step, last)};
}

int64_t rowlock::tripsOf(const LayerShape &layer, const Mapping &mapping,
                         TileLoop loop) {
  switch (loop) {
  case TileLoop::Group:
    return ceilDiv(layer.groups, mapping.g);
  case TileLoop::M:
    return ceilDiv(layer.filtersPerGroup(), mapping.m);
  case TileLoop::N:
    return ceilDiv(layer.batch, mapping.n);
  case TileLoop::H:
    return ceilDiv(layer.ofmapHeight(), mapping.h);
  case TileLoop::F:
    return ceilDiv(layer.ofmapWidth(), mapping.f);
  case TileLoop::C:
    return ceilDiv(layer.channels, mapping.c);
  }
  return 1;
}

int64_t rowlock::tripsOf(const Mapping &mapping, PassLoop loop) {
  switch (loop) {
  case PassLoop::C:
    return ceilDiv(mapping.c, mapping.q * mapping.r);
  case PassLoop::M:
    return ceilDiv(mapping.m, mapping.p * mapping.t);
  case PassLoop::Strip:
    return ceilDiv(mapping.h, mapping.e);
  }
  return 1;
}

/// Tile loops outside the innermost ones that are `idle` or have one trip.
static int64_t depthWithout(const LayerShape &layer, const Mapping &mapping,
                            TileLoop idle) {
  int64_t depth = mapping.tileOrder.size();
  while (depth > 0) {
    TileLoop loop = mapping.tileOrder[depth - 1];
    if (loop != idle && tripsOf(layer, mapping, loop) > 1)
      break;
    --depth;
  }
  return depth;
}

int64_t rowlock::ifmapDepthOf(const LayerShape &layer, const Mapping &mapping) {
  return depthWithout(layer, mapping, TileLoop::M);
}

int64_t rowlock::ifmapLoadsOf(const LayerShape &layer, const Mapping &mapping) {
  int64_t loads = 1;
  for (int64_t depth = 0; depth < ifmapDepthOf(layer, mapping); ++depth)
    loads *= tripsOf(layer, mapping, mapping.tileOrder[size_t(depth)]);
  return loads;
}

int64_t rowlock::storeDepthOf(const LayerShape &layer, const Mapping &mapping) {
  return depthWithout(layer, mapping, TileLoop::C);
}

int64_t rowlock::recordDepthOf(const LayerShape &layer,
                               const Mapping &mapping) {
  int64_t depth = mapping.tileOrder.size();
  while (depth > 0) {
    TileLoop loop = mapping.tileOrder[depth - 1];
    if ((loop == TileLoop::Group || loop == TileLoop::M) &&
        tripsOf(layer, mapping, loop) > 1)
      break;
    --depth;
  }
  return depth;
}

bool rowlock::filtersStay(const Mapping &mapping) {
  for (auto loop = mapping.passOrder.rbegin(); loop != mapping.passOrder.rend();
       ++loop)
    if (tripsOf(mapping, *loop) > 1)
      return *loop == PassLoop::Strip;
  return false;
}

char rowlock::letterOf(TileLoop loop) { return "gmnhfc"[size_t(loop)]; }
char rowlock::letterOf(PassLoop loop) { return "cms"[size_t(loop)]; }
