//===- Estimate.cpp - Cycles by a formula ---------------------------------===//
//
// A maximum joins the loops, so cycles are summed over the classes of equal
// passes.
//
//===----------------------------------------------------------------------===//
#include "Geometry.h"
#include "Pieces.h"

#include <algorithm>

using namespace rowlock;

/// Leaves in `strips` the first strip of every tile; returns the others.
static Pieces takeFirstStrips(Pieces &strips, const Pieces &tileRows,
                              int64_t e) {
  Pieces others = strips;
  for (Piece &strip : strips) {
    strip.count = 0;
    for (const Piece &tile : tileRows)
      if (std::min(tile.size, e) == strip.size)
        strip.count += tile.count;
  }
  for (size_t i = 0; i < others.size(); ++i)
    others[i].count -= strips[i].count;
  return others;
}

namespace {
/// Cycles of one pass (hardware.md, section 4, "Latency").
class PassEstimate {
public:
  PassEstimate(const MappingProblem &problem, const Mapping &mapping)
      : layer(problem.layer), target(problem.target), mapping(mapping),
        spad(double(target.filterSpad(layer.mode16))) {
    int64_t operand = 8 * target.operandBytes(layer.mode16);
    filterRate =
        double(std::max<int64_t>(1, target.filter_network_bits / operand));
    ifmapRate = std::max<int64_t>(1, target.ifmap_network_bits / operand);
    psumRate = double(std::max<int64_t>(1, target.psum_network_bits /
                                               (8 * target.psumBytes())));
  }

  /// With `loads`, the pass's filters are not in the PEs yet.
  double cycles(int64_t groups, int64_t filters, int64_t images, int64_t rows,
                int64_t columns, int64_t channels, bool loads) const {
    double peFilters = double(std::min(filters, mapping.p));
    double peWords =
        peFilters * double(std::min(channels, mapping.q) * layer.filterWidth);
    double mac =
        double(images * columns * target.mac_cycles_per_bitwidth) * peWords;
    int64_t inRows = (rows - 1) * layer.strideY + layer.filterHeight;
    int64_t inColumns = (columns - 1) * layer.strideX + layer.filterWidth;
    double ifmap = double(images * channels * groups * inRows *
                          ceilDiv(inColumns, ifmapRate));
    double psum = double(images * filters * groups * rows * columns) / psumRate;
    double filter = 0;
    if (loads && 2 * peWords > spad)
      filter = (2 * peWords - spad) / peWords *
               double(filters * channels * groups * layer.filterHeight *
                      layer.filterWidth) /
               filterRate;
    double firstWindow = double(inRows * channels * groups *
                                ceilDiv(layer.filterWidth, ifmapRate));
    double firstPsums = double(filters * groups * rows) / psumRate;
    double chain = double(layer.filterHeight * mapping.r - 1) * peFilters;
    return std::max({mac, ifmap, psum}) + filter + firstWindow + firstPsums +
           chain;
  }

private:
  const LayerShape &layer;
  const TargetSpec &target;
  const Mapping &mapping;
  double spad, filterRate, psumRate;
  int64_t ifmapRate;
};
} // namespace

/// Cycles on the DRAM link, in core cycles.
static double linkCycles(const TargetSpec &target, int64_t bytes) {
  return double(bytes) * 8 / double(target.link_bits) * target.core_mhz /
         target.link_mhz;
}

Cost rowlock::estimate(const MappingProblem &problem, const Mapping &mapping) {
  const TargetSpec &target = problem.target;
  Cost cost = countEvents(problem, mapping, nullptr);
  LayerPieces pieces(problem.layer, mapping);
  PassEstimate time(problem, mapping);
  auto addCycles = [&](const Pieces &strips, bool loads) {
    for (const Piece &g : pieces.groups)
      for (const Piece &m : pieces.filters)
        for (const Piece &n : pieces.images)
          for (const Piece &e : strips)
            for (const Piece &f : pieces.columns)
              for (const Piece &c : pieces.channels)
                cost.processingCycles +=
                    double(g.count * m.count * n.count) *
                    double(e.count * f.count * c.count) *
                    time.cycles(g.size, m.size, n.size, e.size, f.size, c.size,
                                loads);
  };
  // Where filters stay, the first strip of each tile loads them.
  Pieces later;
  if (filtersStay(mapping))
    later = takeFirstStrips(pieces.strips, pieces.tileRows, mapping.e);
  addCycles(pieces.strips, true);
  addCycles(later, false);

  double frame = target.frame_microseconds * target.core_mhz;
  if (mapping.prefetch == Prefetch::None)
    cost.cycles =
        std::max(cost.processingCycles,
                 linkCycles(target, cost.dramFilterBytes)) +
        linkCycles(target, cost.dramIfmapBytes + cost.dramOfmapBytes) + frame;
  else
    cost.cycles =
        std::max(cost.processingCycles, linkCycles(target, cost.dramBytes())) +
        frame;
  return cost;
}
