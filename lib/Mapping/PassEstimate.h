//===- PassEstimate.h - Cycles of a pass by a formula -----------*- C++ -*-===//
#ifndef ROWLOCK_LIB_MAPPING_PASSESTIMATE_H
#define ROWLOCK_LIB_MAPPING_PASSESTIMATE_H

#include "rowlock/Mapping/Mapping.h"

#include <algorithm>

namespace rowlock {

/// Cycles of one pass (hardware.md, section 4, "Latency"), without rounding:
///   images * max(mac * columns, psum * columns, ifmap * inColumns)
///     + overhead + filters (where they are not in the PEs yet)
struct PassTerms {
  double mac = 0, psum = 0; // for each image and ofmap column
  double ifmap = 0;         // for each image and ifmap column
  double overhead = 0;      // first window, first psums, chain
  double filters = 0;       // what spads cannot take beside those in use

  double streaming(int64_t images, int64_t columns, int64_t inColumns) const {
    return double(images) *
           std::max({mac * double(columns), psum * double(columns),
                     ifmap * double(inColumns)});
  }
};

class PassEstimate {
public:
  explicit PassEstimate(const MappingProblem &problem)
      : layer(problem.layer),
        spad(double(problem.target.filterSpad(problem.layer.mode16))),
        macCycles(double(problem.target.mac_cycles_per_bitwidth)) {
    const TargetSpec &target = problem.target;
    int64_t operand = 8 * target.operandBytes(layer.mode16);
    auto rate = [](int64_t network, int64_t word) {
      return double(std::max<int64_t>(1, network / word));
    };
    filterRate = rate(target.filter_network_bits, operand);
    ifmapRate = rate(target.ifmap_network_bits, operand);
    psumRate = rate(target.psum_network_bits, 8 * target.psumBytes());
  }

  /// A pass with these actual sizes; p, q, r of the mapping.
  PassTerms terms(int64_t p, int64_t q, int64_t r, int64_t groups,
                  int64_t filters, int64_t rows, int64_t channels) const {
    double peFilters = double(std::min(filters, p));
    double peWords =
        peFilters * double(std::min(channels, q)) * double(layer.filterWidth);
    double planes = double(channels * groups);
    double psums = double(filters * groups * rows);
    double inRows = double((rows - 1) * layer.strideY + layer.filterHeight);
    PassTerms terms;
    terms.mac = macCycles * peWords;
    terms.psum = psums / psumRate;
    terms.ifmap = planes * inRows / ifmapRate;
    terms.overhead = inRows * planes * double(layer.filterWidth) / ifmapRate +
                     psums / psumRate +
                     double(layer.filterHeight * r - 1) * peFilters;
    if (2 * peWords > spad)
      terms.filters = (2 * peWords - spad) / peWords *
                      double(filters * channels * groups * layer.filterHeight *
                             layer.filterWidth) /
                      filterRate;
    return terms;
  }

private:
  const LayerShape &layer;
  double spad, macCycles, filterRate, ifmapRate, psumRate;
};

/// Cycles of a layer from its parts; link cycles are core cycles on the link.
struct LayerTimes {
  double frame = 0;      // configuration
  double processing = 0; // all passes
  double filterLink = 0, fmapLink = 0;
  double firstLoad = 0, lastStore = 0; // of fmapLink: the first box, last psums

  /// Without prefetch, boxes and psums travel between passes; with it, beside
  /// them, but the first and the last.
  double total(bool prefetch) const {
    if (!prefetch)
      return frame + fmapLink + std::max(processing, filterLink);
    return frame + firstLoad + lastStore +
           std::max(processing, filterLink + fmapLink - firstLoad - lastStore);
  }
};

/// Frame, first box and last psums of a mapping; all else is 0.
LayerTimes linkTimes(const MappingProblem &problem, const Mapping &mapping);

/// Core cycles of bytes on the DRAM link.
double linkCycles(const TargetSpec &target, int64_t bytes);

} // namespace rowlock

#endif // ROWLOCK_LIB_MAPPING_PASSESTIMATE_H
