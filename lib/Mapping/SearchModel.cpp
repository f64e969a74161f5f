//===- SearchModel.cpp - Cost of a pass with a tile, in parts -------------===//
#include "SearchModel.h"

#include "Geometry.h"
#include "Pieces.h"

using namespace rowlock;

SearchModel::SearchModel(const MappingProblem &problem, bool times)
    : problem(problem), layer(problem.layer), target(problem.target),
      estimate(problem), times(times), E(layer.ofmapHeight()),
      F(layer.ofmapWidth()), Mg(layer.filtersPerGroup()),
      leastColumns(std::min((F - 1) * layer.strideX + layer.filterWidth,
                            F * layer.filterWidth)),
      operand(double(target.operandBytes(layer.mode16)) / 2),
      psum(double(target.psumBytes()) / 2),
      planes(double(layer.batch * layer.channels * layer.groups)),
      ofmaps(double(layer.batch * layer.filters * E * F)),
      filterWords(double(layer.filters * layer.channels * layer.filterHeight *
                         layer.filterWidth)),
      filterBytes(filterWords * 2 * operand),
      frame(target.frame_microseconds * target.core_mhz) {
  Cost cost;
  cost.macs = layer.macs();
  cost.glbDrainWords = int64_t(ofmaps) * (layer.resumes ? 2 : 1);
  cost.dramOfmapBytes = ofmapBytesOf(problem);
  baseEnergy = energyOf(problem, cost);
  ofmapBytes = double(cost.dramOfmapBytes);
}

/// Calls `use(number of groups, filters and channels, number of strips, terms)`
/// for each class of equal passes.
template <typename Use>
void SearchModel::forEachClass(const PassChoice &pass, Use use) const {
  struct Cut {
    Cut(int64_t all, int64_t part)
        : size{part, all % part}, count{all / part, all % part != 0} {}
    int64_t size[2], count[2];
  };
  Cut groups(layer.groups, pass.g), rows(E, pass.e);
  Cut filters(Mg, pass.filtersOfPass());
  Cut channels(layer.channels, pass.channelsOfPass());
  const PassEstimate::PE pe = estimate.pe(pass.p, pass.q, pass.r);
  const PassEstimate::Filters ofPass[] = {
      estimate.filters(pass.p, filters.size[0]),
      estimate.filters(pass.p, filters.size[1])};
  for (int g = 0; g < 2; ++g)
    for (int m = 0; m < 2; ++m)
      for (int c = 0; c < 2; ++c) {
        int64_t outer = groups.count[g] * filters.count[m] * channels.count[c];
        for (int e = 0; outer && e < 2; ++e)
          if (rows.count[e])
            use(double(outer), double(rows.count[e]),
                estimate.terms(pe, groups.size[g], ofPass[m], rows.size[e],
                               channels.size[c]));
      }
}

PassChoice SearchModel::energyOfPass(int64_t e, int64_t p, int64_t q, int64_t r,
                                     int64_t t, int64_t g) const {
  const int64_t R = layer.filterHeight;
  PassChoice pass = {e, p, q, r, t, g};
  const double filterPasses = double(ceilDiv(Mg, p * t));
  const double channelPasses = double(ceilDiv(layer.channels, q * r));
  double inRows = 0, receivers = 0;
  for (auto [rows, count] : {std::pair(e, E / e), std::pair(E % e, int64_t(1))})
    if (rows) {
      int64_t inputs = (rows - 1) * layer.strideY + R;
      inRows += double(count * inputs);
      receivers += double(count * rowReceivers(inputs, layer, e));
    }
  pass.columnEnergy = planes * filterPasses * operand *
                      (target.glb_energy * inRows +
                       target.array_energy * receivers * double(t));
  pass.fixedEnergy =
      ofmaps * channelPasses * psum *
      (2 * target.glb_energy + target.array_energy * double(R * r));
  return pass;
}

PassChoice SearchModel::pass(int64_t e, int64_t p, int64_t q, int64_t r,
                             int64_t t, int64_t g) const {
  PassChoice pass = energyOfPass(e, p, q, r, t, g);
  if (!times)
    return pass;
  pass.streaming = streaming(pass, F);
  int64_t strips = ceilDiv(E, e);
  forEachClass(pass, [&](double outer, double rows, const PassTerms &terms) {
    pass.leastStreaming +=
        outer * rows * terms.streaming(layer.batch, F, leastColumns);
    pass.overhead += outer * rows * terms.overhead;
    // The same for all strips.
    pass.filters += outer * rows / double(strips) * terms.filters;
  });
  return pass;
}

/// Streaming cycles of all passes, images and columns cut into pieces.
double SearchModel::streaming(const PassChoice &pass, int64_t columns) const {
  auto inColumns = [&](int64_t f) {
    return (f - 1) * layer.strideX + layer.filterWidth;
  };
  const int64_t rest = F % columns;
  double sum = 0;
  forEachClass(pass, [&](double outer, double rows, const PassTerms &terms) {
    double cycles = double(F / columns) *
                    terms.streaming(layer.batch, columns, inColumns(columns));
    if (rest)
      cycles += terms.streaming(layer.batch, rest, inColumns(rest));
    sum += outer * rows * cycles;
  });
  return sum;
}

TileChoice SearchModel::tile(int64_t n, int64_t f, int64_t h) const {
  const int64_t R = layer.filterHeight, S = layer.filterWidth;
  TileChoice tile;
  tile.n = n;
  tile.f = f;
  tile.h = h;
  const int64_t columns = ceilDiv(F, f), rows = ceilDiv(E, h);
  tile.pieces = ceilDiv(layer.batch, n) * columns;
  tile.filterLoads = tile.pieces * rows;
  tile.inColumns = (F - columns) * layer.strideX + columns * S;
  tile.plane = n * std::min(layer.height, (h - 1) * layer.strideY + R) *
               std::min(layer.width, (f - 1) * layer.strideX + S);
  tile.psums = n * h * f;
  const double inRows = double((E - rows) * layer.strideY + rows * R);
  tile.loadBytes = planes * double(layer.storedIfmapBytes(target)) *
                   double(storedOf(E, h, layer.strideY, R, layer.padTop,
                                   layer.height - layer.padBottom)) *
                   double(storedOf(F, f, layer.strideX, S, layer.padLeft,
                                   layer.width - layer.padRight));
  tile.loadEnergy =
      target.glb_energy * operand * planes * inRows * double(tile.inColumns) +
      target.dram_energy * tile.loadBytes / 2;
  if (ifmapBanks(tile, layer.channels, 1) + psumBanks(tile, 1, 1) >
      target.glb_banks) {
    int64_t banks = target.glb_banks - ifmapBanks(tile, 1, 1);
    int64_t m = banks > 0 ? filtersIn(banks, tile, 1) : 0;
    tile.leastLoads = m > 0 ? ceilDiv(Mg, m) : INT64_MAX;
  }
  return tile;
}

double SearchModel::filterEnergy(const PassChoice &pass) const {
  return filterWords * operand * target.array_energy * double(pass.e) +
         target.dram_energy * filterBytes / 2;
}

Figures SearchModel::bound(const TileChoice &tile) const {
  double loads = double(tile.leastLoads), filters = double(tile.filterLoads);
  return {loads * tile.loadEnergy +
              filters * target.dram_energy * filterBytes / 2,
          0, loads * tile.loadBytes + filters * filterBytes + ofmapBytes};
}

Figures SearchModel::placementBound(const Mapping &sizes,
                                    const Figures &tiles) const {
  // More filters and channels in a PE make fewer passes.
  PassChoice pass =
      energyOfPass(sizes.e, sizes.p, sizes.q, sizes.r, sizes.t, sizes.g);
  // Every PE is busy in every cycle, at best.
  pass.leastStreaming =
      double(layer.macs() * target.mac_cycles_per_bitwidth) /
      double(layer.filterHeight * sizes.e * sizes.r * sizes.t * sizes.g);
  return bound(pass, tiles);
}

Figures SearchModel::bound(const PassChoice &pass, const Figures &tiles) const {
  Figures least = tiles;
  least.energy += baseEnergy + pass.columnEnergy * double(leastColumns) +
                  pass.fixedEnergy + filterEnergy(pass) -
                  target.dram_energy * filterBytes / 2;
  least.cycles =
      frame + std::max(pass.leastStreaming + pass.overhead + pass.filters,
                       linkCycles(target, int64_t(least.dram)));
  return least;
}

Figures SearchModel::bound(const PassChoice &pass,
                           const TileChoice &tile) const {
  Figures least = bound(tile);
  double filters = double(tile.filterLoads);
  least.energy +=
      baseEnergy + pass.columnEnergy * double(tile.inColumns) +
      pass.fixedEnergy +
      filters * (filterEnergy(pass) - target.dram_energy * filterBytes / 2);
  if (times)
    least.cycles =
        frame +
        std::max(pass.leastStreaming + double(tile.pieces) * pass.overhead +
                     filters * pass.filters + leastExposed(pass, tile),
                 linkCycles(target, int64_t(least.dram)));
  return least;
}

int64_t SearchModel::ifmapBanks(const TileChoice &tile, int64_t channels,
                                int64_t groups) const {
  return ceilDiv(tile.plane * channels * groups *
                     target.operandBytes(layer.mode16),
                 target.bank_bytes);
}

int64_t SearchModel::psumBanks(const TileChoice &tile, int64_t filters,
                               int64_t groups) const {
  return ceilDiv(tile.psums * filters * groups * target.psumBytes(),
                 target.bank_bytes);
}

int64_t SearchModel::filtersIn(int64_t banks, const TileChoice &tile,
                               int64_t groups) const {
  return banks * target.bank_bytes / (tile.psums * groups * target.psumBytes());
}

Mapping SearchModel::mapping(const PassChoice &pass, const TileChoice &tile,
                             const Residency &residency) const {
  Mapping mapping;
  mapping.n = tile.n;
  mapping.m = residency.m;
  mapping.h = tile.h;
  mapping.f = tile.f;
  mapping.c = residency.c;
  mapping.e = pass.e;
  mapping.p = pass.p;
  mapping.q = pass.q;
  mapping.r = pass.r;
  mapping.t = pass.t;
  mapping.g = pass.g;
  if (residency.filtersInside)
    mapping.tileOrder = {TileLoop::Group, TileLoop::N, TileLoop::H,
                         TileLoop::F,     TileLoop::M, TileLoop::C};
  mapping.passOrder = residency.passOrder;
  mapping.prefetch = residency.prefetch;
  return mapping;
}

double SearchModel::leastExposed(const PassChoice &pass,
                                 const TileChoice &tile) const {
  return leastExposedLink(problem, mapping(pass, tile,
                                           {pass.channelsOfPass(),
                                            pass.filtersOfPass(), false, 1}));
}

Figures SearchModel::figures(const PassChoice &pass, const TileChoice &tile,
                             const Residency &residency, bool exposed) const {
  const double loads = double(residency.loads);
  const Mapping mapping = this->mapping(pass, tile, residency);
  const double filters =
      double(filtersStay(mapping) ? tile.filterLoads
                                  : tile.pieces * ceilDiv(E, pass.e));
  Figures figures;
  figures.energy = baseEnergy + pass.columnEnergy * double(tile.inColumns) +
                   pass.fixedEnergy + filters * filterEnergy(pass) +
                   loads * tile.loadEnergy;
  figures.dram = filters * filterBytes + loads * tile.loadBytes + ofmapBytes;
  if (!times)
    return figures;
  LayerTimes time;
  time.frame = frame;
  time.processing = (tile.f == F ? pass.streaming : streaming(pass, tile.f)) +
                    double(tile.pieces) * pass.overhead +
                    filters * pass.filters;
  time.filterLink = linkCycles(target, int64_t(filters * filterBytes));
  time.ifmapLink = linkCycles(target, int64_t(loads * tile.loadBytes));
  time.ofmapLink = linkCycles(target, int64_t(ofmapBytes));
  time.exposed = exposed ? exposedLink(problem, mapping, time)
                         : leastExposedLink(problem, mapping);
  figures.cycles = time.total();
  return figures;
}
