//===- CycleCounts.h - Where time goes --------------------------*- C++ -*-===//
#ifndef ROWLOCK_TIMING_CYCLECOUNTS_H
#define ROWLOCK_TIMING_CYCLECOUNTS_H

namespace rowlock {

/// Where the time of a layer goes, in core cycles (docs/spec/timing.md). From
/// the end of the layers before it to its own, the array configures, runs
/// passes or waits for DRAM, or the host works.
struct CycleCounts {
  double total = 0;
  double configuration = 0;
  // Of passes: filters and the first window on their way to the PEs; MACs of
  // the PEs that end last; stalls of theirs; the last psums on their way back.
  double rampUp = 0, mac = 0, network = 0, drain = 0;
  double glb = 0;      // only the GLB's banks hold up a load or a store
  double dramWait = 0; // for filters, ifmaps and psums from or to DRAM
  double host = 0;

  /// Cycles in which passes run.
  double processing() const { return rampUp + mac + network + drain; }

  CycleCounts &operator+=(const CycleCounts &other) {
    total += other.total;
    configuration += other.configuration;
    rampUp += other.rampUp;
    mac += other.mac;
    network += other.network;
    drain += other.drain;
    glb += other.glb;
    dramWait += other.dramWait;
    host += other.host;
    return *this;
  }
};

} // namespace rowlock

#endif // ROWLOCK_TIMING_CYCLECOUNTS_H
