//===- Evaluate.cpp - What a mapping costs --------------------------------===//
//
// Counts separate into one factor per loop, each a sum over the actual sizes of
// that loop's pieces. Cycles do not (a maximum joins the loops), so they are
// summed over the classes of equal passes.
//
//===----------------------------------------------------------------------===//

#include "Geometry.h"

#include <algorithm>

using namespace rowlock;

namespace {
/// Pieces of equal size that a dimension is cut into.
struct Piece {
  int64_t size, count;
};
using Pieces = std::vector<Piece>;

/// What happens per pass, in words, before it is priced.
struct Events {
  int64_t filterWords = 0;      // streamed into the array
  int64_t filterDeliveries = 0; // words times receivers
  int64_t ifmapDeliveries = 0;
  int64_t psumDeliveries = 0; // and hops on the LN
};
} // namespace

/// Cuts `total` into tiles and each tile into passes.
static Pieces cut(int64_t total, int64_t tile, int64_t pass) {
  Pieces pieces;
  auto add = [&](int64_t size, int64_t count) {
    if (size == 0 || count == 0)
      return;
    for (Piece &piece : pieces)
      if (piece.size == size) {
        piece.count += count;
        return;
      }
    pieces.push_back({size, count});
  };
  auto addTiles = [&](int64_t size, int64_t count) {
    add(pass, size / pass * count);
    add(size % pass, count);
  };
  addTiles(tile, total / tile);
  addTiles(total % tile, 1);
  return pieces;
}

static int64_t countOf(const Pieces &pieces) {
  int64_t count = 0;
  for (const Piece &piece : pieces)
    count += piece.count;
  return count;
}

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

/// Sum over pieces of the ifmap rows (or columns) that `size` outputs need.
static int64_t inputsOf(const Pieces &pieces, int64_t stride, int64_t filter) {
  int64_t sum = 0;
  for (const Piece &piece : pieces)
    sum += piece.count * ((piece.size - 1) * stride + filter);
  return sum;
}

/// PEs of one set that take the first `inputs` ifmap rows: array rows i and
/// columns y < e with y * stride + i < inputs.
static int64_t rowReceivers(int64_t inputs, const LayerShape &layer,
                            int64_t e) {
  int64_t receivers = 0;
  for (int64_t i = 0; i < std::min(layer.filterHeight, inputs); ++i)
    receivers += std::min(e, (inputs - 1 - i) / layer.strideY + 1);
  return receivers;
}

namespace {
/// Cycles of one pass (hardware.md, section 4, "Latency").
class PassTime {
public:
  PassTime(const MappingProblem &problem, const Mapping &mapping)
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

/// hardware.md, section 6, the normalised account.
static double energyOf(const MappingProblem &problem, const Cost &cost,
                       const Events &events) {
  const TargetSpec &target = problem.target;
  double operandBytes = double(target.operandBytes(problem.layer.mode16));
  double psumBytes = double(target.psumBytes());
  double operand = operandBytes / 2, psum = psumBytes / 2; // 16-bit words
  double macs = double(cost.macs);
  double mac = macs * target.mac_energy * operand * operand;
  double rf = macs * target.rf_energy *
              (2 * operand + 2 * double(target.psum_bits) / 16);
  double glb = target.glb_energy *
               (operand * double(cost.glbIfmapReads + cost.glbFillWords) +
                psum * double(cost.glbPsumReads + cost.glbPsumWrites +
                              cost.glbDrainWords));
  double array =
      target.array_energy *
      (operand * double(events.filterDeliveries + events.ifmapDeliveries) +
       psum * double(events.psumDeliveries));
  double dram = target.dram_energy * double(cost.dramBytes()) / 2;
  return mac + rf + glb + array + dram;
}

Cost rowlock::evaluate(const MappingProblem &problem, const Mapping &mapping) {
  const LayerShape &layer = problem.layer;
  const TargetSpec &target = problem.target;
  const int64_t R = layer.filterHeight, S = layer.filterWidth;
  const int64_t operandBytes = target.operandBytes(layer.mode16);
  const int64_t psumBytes = target.psumBytes();
  const bool stay = filtersStay(mapping);

  Pieces groups = cut(layer.groups, mapping.g, mapping.g);
  Pieces filters =
      cut(layer.filtersPerGroup(), mapping.m, mapping.p * mapping.t);
  Pieces images = cut(layer.batch, mapping.n, mapping.n);
  Pieces tileRows = cut(layer.ofmapHeight(), mapping.h, mapping.h);
  Pieces strips = cut(layer.ofmapHeight(), mapping.h, mapping.e);
  Pieces columns = cut(layer.ofmapWidth(), mapping.f, mapping.f);
  Pieces channels = cut(layer.channels, mapping.c, mapping.q * mapping.r);

  const int64_t filterPasses = countOf(filters);
  const int64_t channelPasses = countOf(channels);
  const int64_t inColumns = inputsOf(columns, layer.strideX, S);
  const int64_t ifmapPlanes = layer.batch * layer.channels * layer.groups;
  const int64_t ofmapWords =
      layer.batch * layer.filters * layer.ofmapHeight() * layer.ofmapWidth();

  Cost cost;
  Events events;
  cost.macs = layer.macs();
  cost.activePEs = R * mapping.e * mapping.r * mapping.t * mapping.g;
  cost.passes = countOf(groups) * filterPasses * countOf(images) *
                countOf(strips) * countOf(columns) * channelPasses;
  cost.glbIfmapReads = ifmapPlanes * inputsOf(strips, layer.strideY, R) *
                       inColumns * filterPasses;
  cost.glbPsumReads = ofmapWords * channelPasses;
  cost.glbPsumWrites = cost.glbPsumReads;
  cost.glbBytes = cost.glbIfmapReads * operandBytes +
                  (cost.glbPsumReads + cost.glbPsumWrites) * psumBytes;

  // The box stays over the filter tiles if nothing inside them moves.
  int64_t loads = tripsOf(layer, mapping, TileLoop::M);
  auto filterLoop = std::find(mapping.tileOrder.begin(),
                              mapping.tileOrder.end(), TileLoop::M);
  if (filterLoop - mapping.tileOrder.begin() >= ifmapDepthOf(layer, mapping))
    loads = 1;
  cost.glbFillWords =
      ifmapPlanes * inputsOf(tileRows, layer.strideY, R) * inColumns * loads;
  cost.glbDrainWords = ofmapWords;

  events.filterWords = layer.filters * layer.channels * R * S *
                       countOf(images) * countOf(columns) *
                       countOf(stay ? tileRows : strips);
  events.filterDeliveries = events.filterWords * mapping.e;
  for (const Piece &strip : strips)
    events.ifmapDeliveries +=
        strip.count *
        rowReceivers((strip.size - 1) * layer.strideY + R, layer, mapping.e);
  events.ifmapDeliveries *= ifmapPlanes * inColumns * filterPasses * mapping.t;
  events.psumDeliveries = cost.glbPsumReads * R * mapping.r;
  cost.arrayDeliveries =
      events.filterDeliveries + events.ifmapDeliveries + events.psumDeliveries;

  cost.dramFilterBytes = events.filterWords * operandBytes;
  cost.dramIfmapBytes = cost.glbFillWords * operandBytes;
  cost.dramOfmapBytes = ofmapWords * operandBytes;

  PassTime time(problem, mapping);
  auto addCycles = [&](const Pieces &strips, bool loads) {
    for (const Piece &g : groups)
      for (const Piece &m : filters)
        for (const Piece &n : images)
          for (const Piece &e : strips)
            for (const Piece &f : columns)
              for (const Piece &c : channels)
                cost.processingCycles +=
                    double(g.count * m.count * n.count) *
                    double(e.count * f.count * c.count) *
                    time.cycles(g.size, m.size, n.size, e.size, f.size, c.size,
                                loads);
  };
  // Where filters stay, the first strip of each tile loads them.
  Pieces later;
  if (stay)
    later = takeFirstStrips(strips, tileRows, mapping.e);
  addCycles(strips, true);
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
  cost.energy = energyOf(problem, cost, events);
  return cost;
}

Cost &Cost::operator+=(const Cost &other) {
  macs += other.macs;
  activePEs = std::max(activePEs, other.activePEs);
  passes += other.passes;
  glbIfmapReads += other.glbIfmapReads;
  glbPsumReads += other.glbPsumReads;
  glbPsumWrites += other.glbPsumWrites;
  glbBytes += other.glbBytes;
  glbFillWords += other.glbFillWords;
  glbDrainWords += other.glbDrainWords;
  arrayDeliveries += other.arrayDeliveries;
  dramFilterBytes += other.dramFilterBytes;
  dramIfmapBytes += other.dramIfmapBytes;
  dramOfmapBytes += other.dramOfmapBytes;
  processingCycles += other.processingCycles;
  cycles += other.cycles;
  energy += other.energy;
  return *this;
}
