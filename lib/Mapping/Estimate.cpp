//===- Estimate.cpp - Cycles by a formula ---------------------------------===//
//
// A maximum joins the loops, so cycles are summed over the classes of equal
// passes.
//
//===----------------------------------------------------------------------===//
#include "Geometry.h"
#include "PassEstimate.h"
#include "Pieces.h"

#include <algorithm>

using namespace rowlock;

static double processingCycles(const MappingProblem &problem,
                               const Mapping &mapping) {
  const LayerShape &layer = problem.layer;
  LayerPieces pieces(layer, mapping);
  PassEstimate estimate(problem);
  double sum = 0;
  auto add = [&](const Pieces &strips, auto cyclesOf) {
    for (const Piece &g : pieces.groups)
      for (const Piece &m : pieces.filters)
        for (const Piece &e : strips)
          for (const Piece &c : pieces.channels) {
            PassTerms terms = estimate.terms(mapping.p, mapping.q, mapping.r,
                                             g.size, m.size, e.size, c.size);
            for (const Piece &n : pieces.images)
              for (const Piece &f : pieces.columns)
                sum += double(g.count * m.count * n.count) *
                       double(e.count * f.count * c.count) *
                       cyclesOf(terms, n.size, f.size);
          }
  };
  add(pieces.strips, [&](const PassTerms &terms, int64_t n, int64_t f) {
    return terms.streaming(n, f, (f - 1) * layer.strideX + layer.filterWidth) +
           terms.overhead;
  });
  add(filterStrips(pieces, mapping),
      [](const PassTerms &terms, int64_t, int64_t) { return terms.filters; });
  return sum;
}

LayerTimes rowlock::linkTimes(const MappingProblem &problem,
                              const Mapping &mapping) {
  const LayerShape &layer = problem.layer;
  const TargetSpec &target = problem.target;
  auto stored = [](int64_t inputs, int64_t before, int64_t size,
                   int64_t behind) {
    return std::min(inputs, size - behind) - before;
  };
  int64_t rows = stored((mapping.h - 1) * layer.strideY + layer.filterHeight,
                        layer.padTop, layer.height, layer.padBottom);
  int64_t columns = stored((mapping.f - 1) * layer.strideX + layer.filterWidth,
                           layer.padLeft, layer.width, layer.padRight);
  int64_t psumBytes =
      layer.leavesRaw ? target.psumBytes() : layer.storedOfmapBytes(target);
  LayerTimes times;
  times.frame = target.frame_microseconds * target.core_mhz;
  times.firstLoad = linkCycles(target, mapping.n * mapping.c * mapping.g *
                                           std::max<int64_t>(rows, 0) *
                                           std::max<int64_t>(columns, 0) *
                                           layer.storedIfmapBytes(target));
  times.lastStore =
      linkCycles(target, mapping.n * mapping.p * mapping.t * mapping.g *
                             mapping.e * mapping.f * psumBytes);
  return times;
}

double rowlock::linkCycles(const TargetSpec &target, int64_t bytes) {
  return double(bytes) * 8 / double(target.link_bits) * target.core_mhz /
         target.link_mhz;
}

Cost rowlock::estimate(const MappingProblem &problem, const Mapping &mapping) {
  const TargetSpec &target = problem.target;
  Cost cost = countEvents(problem, mapping, nullptr);
  LayerTimes times = linkTimes(problem, mapping);
  times.processing = processingCycles(problem, mapping);
  times.filterLink = linkCycles(target, cost.dramFilterBytes);
  times.fmapLink =
      linkCycles(target, cost.dramIfmapBytes + cost.dramOfmapBytes);
  cost.processingCycles = times.processing;
  cost.cycles = times.total(mapping.prefetch != Prefetch::None);
  return cost;
}
