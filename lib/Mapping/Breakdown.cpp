//===- Breakdown.cpp - Where the modelled time of a layer goes ------------===//
#include "rowlock/Mapping/Breakdown.h"

#include "PassEstimate.h"
#include "Pieces.h"

using namespace rowlock;

namespace {

/// Adds up the classes of equal passes, as `estimate` does.
class PassSums {
public:
  PassSums(const MappingProblem &problem, const Mapping &mapping)
      : layer(problem.layer), mapping(mapping), pieces(layer, mapping),
        estimate(problem) {}
  void addTo(Breakdown &parts) const;

private:
  /// Calls `add(terms, images, columns, how many such passes)`.
  template <typename Add> void forEach(const Pieces &strips, Add add) const;
  void addStreaming(const PassTerms &terms, double images, int64_t columns,
                    double count, Breakdown &parts) const;

  const LayerShape &layer;
  const Mapping &mapping;
  const LayerPieces pieces;
  const PassEstimate estimate;
};

} // namespace

template <typename Add>
void PassSums::forEach(const Pieces &strips, Add add) const {
  for (const Piece &g : pieces.groups)
    for (const Piece &m : pieces.filters)
      for (const Piece &e : strips)
        for (const Piece &c : pieces.channels) {
          PassTerms terms = estimate.terms(
              estimate.pe(mapping.p, mapping.q, mapping.r), g.size,
              estimate.filters(mapping.p, m.size), e.size, c.size);
          for (const Piece &n : pieces.images)
            for (const Piece &f : pieces.columns)
              add(terms, m.size, n.size, f.size,
                  double(g.count * m.count * n.count) *
                      double(e.count * f.count * c.count));
        }
}

void PassSums::addStreaming(const PassTerms &terms, double images,
                            int64_t columns, double count,
                            Breakdown &parts) const {
  double mac = terms.mac * double(columns);
  double psum = terms.psum * double(columns);
  double ifmap =
      terms.ifmap * double((columns - 1) * layer.strideX + layer.filterWidth);
  parts.idlePEs += count * images * mac;
  double longer = std::max(psum, ifmap) - mac;
  if (longer > 0)
    (ifmap > psum ? parts.ifmapNetwork : parts.psumPorts) +=
        count * images * longer;
}

void PassSums::addTo(Breakdown &parts) const {
  forEach(pieces.strips, [&](const PassTerms &terms, int64_t filters,
                             int64_t images, int64_t columns, double count) {
    addStreaming(terms, double(images), columns, count, parts);
    double chain = double(layer.filterHeight * mapping.r - 1) *
                   double(std::min(filters, mapping.p));
    parts.chain += count * chain;
    parts.firstPsums += count * terms.psum;
    parts.firstWindows += count * (terms.overhead - chain - terms.psum);
  });
  forEach(filterStrips(pieces, mapping),
          [&](const PassTerms &terms, int64_t, int64_t, int64_t, double count) {
            parts.filters += count * terms.filters;
          });
}

Breakdown rowlock::breakDown(const MappingProblem &problem,
                             const Mapping &mapping) {
  const TargetSpec &target = problem.target;
  Breakdown parts;
  parts.compute = double(problem.layer.macs()) *
                  double(target.mac_cycles_per_bitwidth) /
                  double(target.rows * target.columns);
  PassSums(problem, mapping).addTo(parts);
  parts.idlePEs -= parts.compute;
  Cost cost = estimate(problem, mapping);
  parts.configuration = target.frame_microseconds * target.core_mhz;
  parts.link = cost.cycles - cost.processingCycles - parts.configuration;
  return parts;
}

/// Of the rows (or columns) of a fmap with padding those that windows use and
/// that are stored.
static int64_t usedOf(int64_t outputs, int64_t stride, int64_t filter,
                      int64_t first, int64_t end) {
  // Windows that do not overlap may leave some out between them.
  return storedOf(outputs, stride > filter ? 1 : outputs, stride, filter, first,
                  end);
}

CompulsoryTraffic rowlock::compulsoryTraffic(const MappingProblem &problem) {
  const LayerShape &layer = problem.layer;
  CompulsoryTraffic bytes;
  bytes.filters = layer.filters * layer.channels * layer.filterHeight *
                  layer.filterWidth * problem.target.operandBytes(layer.mode16);
  bytes.ifmaps = layer.batch * layer.channels * layer.groups *
                 layer.storedIfmapBytes(problem.target) *
                 usedOf(layer.ofmapHeight(), layer.strideY, layer.filterHeight,
                        layer.padTop, layer.height - layer.padBottom) *
                 usedOf(layer.ofmapWidth(), layer.strideX, layer.filterWidth,
                        layer.padLeft, layer.width - layer.padRight);
  bytes.ofmaps = ofmapBytesOf(problem);
  return bytes;
}

double rowlock::cyclesOnLink(const TargetSpec &target, int64_t bytes) {
  return linkCycles(target, bytes);
}
