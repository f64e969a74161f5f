//===- PassEstimate.h - Cycles of a pass by a formula -----------*- C++ -*-===//
#ifndef ROWLOCK_LIB_MAPPING_PASSESTIMATE_H
#define ROWLOCK_LIB_MAPPING_PASSESTIMATE_H

#include "rowlock/Mapping/Mapping.h"

#include <algorithm>

namespace rowlock {

/// Cycles of one pass (hardware.md, section 4, "Latency"), with the words that
/// a network cycle brings to one PE (docs/spec/timing.md):
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
        ifmapSpad(problem.target.ifmapSpad(problem.layer.mode16)),
        spad(double(problem.target.filterSpad(problem.layer.mode16))),
        macCycles(double(problem.target.mac_cycles_per_bitwidth)) {
    const TargetSpec &target = problem.target;
    int64_t operand = 8 * target.operandBytes(layer.mode16);
    auto words = [](int64_t network, int64_t word) {
      return std::max<int64_t>(1, network / word);
    };
    filterRate = double(words(target.filter_network_bits, operand));
    ifmapWires = words(target.ifmap_network_bits, operand);
    psumRate = words(target.psum_network_bits, 8 * target.psumBytes());
  }

  /// p, q, r of a mapping, and network cycles: of a row's ifmap words, one and
  /// a window's.
  struct PE {
    int64_t p, q, r;
    double word, window;
  };
  PE pe(int64_t p, int64_t q, int64_t r) const {
    // Neighbours in a row, as many as a spad always has room for.
    int64_t rate = std::max<int64_t>(
        1, std::min(ifmapWires, ifmapSpad / q - layer.filterWidth + 1));
    return {p, q, r, 1 / double(rate),
            double((layer.filterWidth + rate - 1) / rate)};
  }

  /// Filters of a pass, and the network cycles of their psums at one place.
  struct Filters {
    int64_t count;
    double psums;
  };
  Filters filters(int64_t p, int64_t count) const {
    auto cycles = [&](int64_t set) { return (set + psumRate - 1) / psumRate; };
    return {count, double(count / p * cycles(p) + cycles(count % p))};
  }

  /// A pass with these actual sizes.
  PassTerms terms(const PE &pe, int64_t groups, const Filters &filters,
                  int64_t rows, int64_t channels) const {
    double peFilters = double(std::min(filters.count, pe.p));
    double peWords = peFilters * double(std::min(channels, pe.q)) *
                     double(layer.filterWidth);
    double planes = double(channels * groups);
    double inRows = double((rows - 1) * layer.strideY + layer.filterHeight);
    PassTerms terms;
    terms.mac = macCycles * peWords;
    terms.psum = double(groups * rows) * filters.psums;
    terms.ifmap = planes * inRows * pe.word;
    terms.overhead = inRows * planes * pe.window + terms.psum +
                     double(layer.filterHeight * pe.r - 1) * peFilters;
    if (2 * peWords > spad)
      terms.filters = (2 * peWords - spad) / peWords *
                      double(filters.count * channels * groups *
                             layer.filterHeight * layer.filterWidth) /
                      filterRate;
    return terms;
  }

private:
  const LayerShape &layer;
  int64_t ifmapSpad, ifmapWires, psumRate;
  double spad, macCycles, filterRate;
};

/// Cycles of a layer from its parts; link cycles are core cycles on the link.
struct LayerTimes {
  double frame = 0;      // configuration
  double processing = 0; // all passes
  double filterLink = 0, ifmapLink = 0, ofmapLink = 0;
  double exposed = 0; // of the link's time: the array waits

  double total() const {
    return frame +
           std::max(processing + exposed, filterLink + ifmapLink + ofmapLink);
  }
};

/// `LayerTimes::exposed` of a mapping with these other times.
double exposedLink(const MappingProblem &problem, const Mapping &mapping,
                   const LayerTimes &times);
/// What is exposed at least of any mapping with its pass, n and f: the first
/// chunk and the last block.
double leastExposedLink(const MappingProblem &problem, const Mapping &mapping);

/// Core cycles of bytes on the DRAM link.
double linkCycles(const TargetSpec &target, int64_t bytes);

} // namespace rowlock

#endif // ROWLOCK_LIB_MAPPING_PASSESTIMATE_H
