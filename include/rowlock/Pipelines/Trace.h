//===- Trace.h - A run over time, for Perfetto ------------------*- C++ -*-===//
//
// Collects what engines and link do while a simulator runs, and writes it in
// Chrome's trace event format, which ui.perfetto.dev shows. Several runs follow
// one another.
//
//   Trace trace(program);
//   simulator.observe(trace);
//   ... run ...
//   writeFileAtomically("t.json", trace.json());
//
//===----------------------------------------------------------------------===//
#ifndef ROWLOCK_PIPELINES_TRACE_H
#define ROWLOCK_PIPELINES_TRACE_H

#include "rowlock/Program/Program.h"
#include "rowlock/Simulator/RunObserver.h"

#include <array>
#include <string>
#include <vector>

namespace rowlock {

class Trace : public RunObserver {
public:
  /// Keeps at most about `most` slices: where there are more, neighbours on a
  /// track that belong to one layer become one, which says how many it holds.
  explicit Trace(const Program &program, size_t most = size_t(1) << 18);

  void begun() override;
  void executed(const ExecutedCommand &command) override;
  void passed(const Stretch &stretch) override;

  /// Slices that there were, and that are left.
  int64_t sliceCount() const { return seen; }
  size_t keptCount() const;
  /// docs/spec/trace.md. Times are microseconds of the core clock, in whole
  /// nanoseconds.
  std::string json() const;

private:
  enum Track {
    Layers,
    Configuration,
    Ifmaps,
    RawPsums,
    Filters,
    Array,
    Stores,
    Host,
    LinkUse,
    TrackCount
  };
  struct Slice {
    double begin = 0, end = 0; // core cycles since the first run began
    size_t layer = 0;
    int64_t number = 0; // of a pass in its layer and run, from 0
    int64_t commands = 1;
    double bytes = 0; // on the link
    int64_t macs = 0, gatedMacs = 0;
    CycleCounts cycles;
    unsigned users = 0;             // of the link: 1 loads, 2 filters, 4 stores
    std::optional<PassCounts> pass; // where all commands have the same
  };
  friend class TraceWriter;
  static Track trackOf(const ExecutedCommand &command);
  /// Makes one slice of neighbours, if it may hold so many commands.
  bool join(Slice &into, const Slice &next) const;
  void add(Track track, const Slice &slice);
  void coarsen();
  /// Of this run: from where the layers before end to where each ends.
  std::vector<Slice> layerSlices() const;

  Program program;
  size_t most;
  int64_t seen = 0;
  int64_t perSlice = 1; // commands that one slice may hold
  std::array<std::vector<Slice>, TrackCount> tracks;
  double start = 0, last = 0; // of this run; of all so far
  std::vector<double> layerEnds;
  std::vector<int64_t> passNumbers;
};

} // namespace rowlock

#endif // ROWLOCK_PIPELINES_TRACE_H
