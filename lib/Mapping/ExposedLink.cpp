//===- ExposedLink.cpp - What of the link's time the array waits for ------===//
//
// Ifmaps come, and psums leave, while passes run: so many passes lie between
// the last that uses a place in the GLB and the next that needs it. Whatever
// the link takes longer than these is exposed, once for each box or tile, and
// so is what no pass hides at the layer's begin and end. All passes count as
// equally long, and all tiles as equally large.
//
//===----------------------------------------------------------------------===//
#include "Geometry.h"
#include "PassEstimate.h"
#include "Pieces.h"

#include <algorithm>

using namespace rowlock;

namespace {

/// The passes of an average tile.
class TilePasses {
public:
  TilePasses(const LayerShape &layer, const Mapping &mapping);
  /// The number of a pass.
  double of(double channel, double filter, double strip) const {
    return channel * stride(PassLoop::C) + filter * stride(PassLoop::M) +
           strip * stride(PassLoop::Strip);
  }
  double stride(PassLoop loop) const { return strides[size_t(loop)]; }
  double trips(PassLoop loop) const { return counts[size_t(loop)]; }
  double last(PassLoop loop) const { return trips(loop) - 1; }
  double passes = 1;

private:
  std::array<double, 3> counts, strides;
};

/// What single transfers of a mapping take on the link.
class Transfers {
public:
  Transfers(const MappingProblem &problem, const Mapping &mapping)
      : target(problem.target), layer(problem.layer), mapping(mapping) {}
  double box() const { return ifmaps(mapping.h, mapping.c); }
  double firstChunk() const { return ifmaps(mapping.e, mapping.q * mapping.r); }
  double block() const;

private:
  /// The first channels of a full box, as far as so many ofmap rows need them.
  double ifmaps(int64_t rows, int64_t channels) const;

  const TargetSpec &target;
  const LayerShape &layer;
  const Mapping &mapping;
};

class Exposure {
public:
  Exposure(const MappingProblem &problem, const Mapping &mapping);
  /// What is exposed of loads, and of stores.
  double loads(const LayerTimes &times) const;
  /// With so many cycles of the ifmaps' link time beside passes.
  double stores(const LayerTimes &times, double ifmapsBeside) const;

private:
  /// Passes between the last that reads a chunk and the first that reads the
  /// one in its place: the least of all chunks, and from the first chunk that
  /// goes to the last one that is needed.
  struct Gaps {
    double least, all;
  };
  Gaps loadGaps() const;

  const MappingProblem &problem;
  const LayerShape &layer;
  const Mapping &mapping;
  const Transfers transfers;
  const TilePasses tile;
  const TileWords words;
  int64_t loadCount, tileCount = 1;
  double passes; // of the layer
};

} // namespace

double Transfers::ifmaps(int64_t rows, int64_t channels) const {
  auto stored = [](int64_t inputs, int64_t before, int64_t size,
                   int64_t behind) {
    return std::max<int64_t>(0, std::min(inputs, size - behind) - before);
  };
  return linkCycles(
      target, mapping.n * channels * mapping.g *
                  stored((rows - 1) * layer.strideY + layer.filterHeight,
                         layer.padTop, layer.height, layer.padBottom) *
                  stored((mapping.f - 1) * layer.strideX + layer.filterWidth,
                         layer.padLeft, layer.width, layer.padRight) *
                  layer.storedIfmapBytes(target));
}

double Transfers::block() const {
  return linkCycles(target,
                    mapping.n * mapping.p * mapping.t * mapping.g * mapping.e *
                        mapping.f *
                        (layer.leavesRaw ? target.psumBytes()
                                         : layer.storedOfmapBytes(target)));
}

TilePasses::TilePasses(const LayerShape &layer, const Mapping &mapping) {
  auto average = [](int64_t all, int64_t tile, int64_t pass) {
    return double(ceilDiv(all, pass)) / double(ceilDiv(all, tile));
  };
  counts = {average(layer.channels, mapping.c, mapping.q * mapping.r),
            average(layer.filtersPerGroup(), mapping.m, mapping.p * mapping.t),
            average(layer.ofmapHeight(), mapping.h, mapping.e)};
  for (auto loop = mapping.passOrder.rbegin(); loop != mapping.passOrder.rend();
       ++loop) {
    strides[size_t(*loop)] = passes;
    passes *= trips(*loop);
  }
}

Exposure::Exposure(const MappingProblem &problem, const Mapping &mapping)
    : problem(problem), layer(problem.layer), mapping(mapping),
      transfers(problem, mapping), tile(layer, mapping),
      words(tileWordsOf(problem, mapping)),
      loadCount(ifmapLoadsOf(layer, mapping)), passes(tile.passes) {
  const int64_t depth = storeDepthOf(layer, mapping);
  for (int64_t k = 0; k < int64_t(mapping.tileOrder.size()); ++k) {
    int64_t trips = tripsOf(layer, mapping, mapping.tileOrder[size_t(k)]);
    tileCount *= k < depth ? trips : 1;
    passes *= double(trips);
  }
}

Exposure::Gaps Exposure::loadGaps() const {
  const double ofBox = passes / double(loadCount);
  if (!words.ringRows) {
    double gap = mapping.prefetch == Prefetch::Double ? ofBox : 0;
    return {gap, gap};
  }
  Gaps gaps = {ofBox * double(loadCount), 0};
  const int64_t strips = tripsOf(mapping, PassLoop::Strip);
  for (int64_t strip = 0; strip < strips; ++strip) {
    IfmapChunk chunk = chunkOf(layer, mapping, words, strip);
    // From the last pass on the rows that go to the first on those that come.
    double gap =
        double(chunk.boxesBack - 1) * ofBox + tile.passes - 1 -
        tile.of(0, tile.last(PassLoop::M), double(chunk.strip - strip));
    gaps.least = std::min(gaps.least, std::max(gap, 0.0));
    if (strip == 0)
      gaps.all =
          gap + tile.of(tile.last(PassLoop::C), 0, tile.last(PassLoop::Strip));
  }
  gaps.all = std::min(gaps.all, ofBox);
  return gaps;
}

/// What of a period's link time is longer than the passes that hide it.
static double stall(double all, double parts, double least, double between,
                    double passTime) {
  return std::max(
      {0.0, all / parts - least * passTime, all - between * passTime});
}

double Exposure::loads(const LayerTimes &times) const {
  const double box = times.ifmapLink / double(loadCount);
  const double free =
      std::max(0.0, times.processing - times.filterLink - times.ofmapLink) /
      passes;
  double first = transfers.box(), chunks = 1;
  if (words.ringRows) {
    first = std::max(transfers.firstChunk(),
                     first - free * tile.of(tile.last(PassLoop::C), 0,
                                            tile.last(PassLoop::Strip)));
    chunks = tile.trips(PassLoop::C) * tile.trips(PassLoop::Strip);
  }
  Gaps gaps = loadGaps();
  return first +
         double(loadCount - 1) * stall(box, chunks, gaps.least, gaps.all, free);
}

double Exposure::stores(const LayerTimes &times, double ifmapsBeside) const {
  const double psums = times.ofmapLink / double(tileCount);
  if (mapping.prefetch == Prefetch::None)
    return double(tileCount - 1) * psums + std::max(transfers.block(), psums);
  const double free =
      std::max(0.0, times.processing - times.filterLink - ifmapsBeside) /
      passes;
  const double blocks = tile.trips(PassLoop::M) * tile.trips(PassLoop::Strip);
  // From a block's last pass to the next tile's first, and to the last block's.
  double least = tile.passes - tile.of(tile.last(PassLoop::C), 0, 0) - 1;
  double others =
      tile.of(0, tile.last(PassLoop::M), tile.last(PassLoop::Strip));
  double each =
      stall(psums, blocks, least,
            std::min(least + others, passes / double(tileCount)), free);
  // Those that leave behind the tile's last pass.
  double behind = psums - others * free;
  // Records of `int` targets stay until all psums that need them have left.
  int64_t records = 1;
  if (!problem.target.isFixed16() && layer.needsRecords(problem.target))
    for (int64_t k = 0; k < recordDepthOf(layer, mapping); ++k)
      records *= tripsOf(layer, mapping, mapping.tileOrder[size_t(k)]);
  return double(tileCount - records) * each +
         double(records - 1) * std::max(psums / blocks, behind) +
         std::max(transfers.block(), behind);
}

double rowlock::exposedLink(const MappingProblem &problem,
                            const Mapping &mapping, const LayerTimes &times) {
  Exposure exposure(problem, mapping);
  const double loads = exposure.loads(times);
  return loads + exposure.stores(times, std::max(0.0, times.ifmapLink - loads));
}

double rowlock::leastExposedLink(const MappingProblem &problem,
                                 const Mapping &mapping) {
  Transfers transfers(problem, mapping);
  return transfers.firstChunk() + transfers.block();
}
