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
  const PassEstimate::PE pe = estimate.pe(mapping.p, mapping.q, mapping.r);
  double sum = 0;
  auto add = [&](const Pieces &strips, auto cyclesOf) {
    for (const Piece &g : pieces.groups)
      for (const Piece &m : pieces.filters)
        for (const Piece &e : strips)
          for (const Piece &c : pieces.channels) {
            PassTerms terms =
                estimate.terms(pe, g.size, estimate.filters(mapping.p, m.size),
                               e.size, c.size);
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

double rowlock::linkCycles(const TargetSpec &target, int64_t bytes) {
  return double(bytes) * 8 / double(target.link_bits) * target.core_mhz /
         target.link_mhz;
}

Cost rowlock::estimate(const MappingProblem &problem, const Mapping &mapping) {
  const TargetSpec &target = problem.target;
  Cost cost = countEvents(problem, mapping, nullptr);
  LayerTimes times;
  times.frame = target.frame_microseconds * target.core_mhz;
  times.processing = processingCycles(problem, mapping);
  times.filterLink = linkCycles(target, cost.dramFilterBytes);
  times.ifmapLink = linkCycles(target, cost.dramIfmapBytes);
  times.ofmapLink = linkCycles(target, cost.dramOfmapBytes);
  times.exposed = exposedLink(problem, mapping, times);
  cost.processingCycles = times.processing;
  cost.cycles = times.total();
  return cost;
}
