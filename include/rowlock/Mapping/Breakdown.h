//===- Breakdown.h - Where the modelled time of a layer goes ----*- C++ -*-===//
#ifndef ROWLOCK_MAPPING_BREAKDOWN_H
#define ROWLOCK_MAPPING_BREAKDOWN_H

#include "rowlock/Mapping/Mapping.h"

namespace rowlock {

/// `estimate(problem, mapping).cycles` in parts, core cycles.
struct Breakdown {
  double compute = 0; // all MACs if every PE were busy in every cycle
  double idlePEs = 0; // what the MACs take more, since PEs are idle
  // In passes that wait longer for it than their MACs take.
  double ifmapNetwork = 0; // the GIN
  double psumPorts = 0;    // of the GLB
  // The ramp-up of passes: filters that did not fit the spads ahead, the words
  // of the first windows, the first psums, the chain of PEs in a column.
  double filters = 0, firstWindows = 0, firstPsums = 0, chain = 0;
  double link = 0;          // of DRAM, as far as no pass runs meanwhile
  double configuration = 0; // the frame

  double rampUp() const { return filters + firstWindows + firstPsums + chain; }
  double total() const {
    return compute + idlePEs + ifmapNetwork + psumPorts + rampUp() + link +
           configuration;
  }
};
Breakdown breakDown(const MappingProblem &problem, const Mapping &mapping);

/// Bytes between DRAM and the chip if each word that is used moves once.
struct CompulsoryTraffic {
  int64_t filters = 0;
  int64_t ifmaps = 0; // without padding that is not stored
  int64_t ofmaps = 0; // raw psums in and out, too
  int64_t total() const { return filters + ifmaps + ofmaps; }
};
CompulsoryTraffic compulsoryTraffic(const MappingProblem &problem);

/// Core cycles of bytes on the DRAM link alone.
double cyclesOnLink(const TargetSpec &target, int64_t bytes);

} // namespace rowlock

#endif // ROWLOCK_MAPPING_BREAKDOWN_H
