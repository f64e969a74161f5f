//===- DistinctPasses.h - What passes of a kind cost ------------*- C++ -*-===//
#ifndef ROWLOCK_PIPELINES_DISTINCTPASSES_H
#define ROWLOCK_PIPELINES_DISTINCTPASSES_H

#include "rowlock/Simulator/RunObserver.h"

#include <map>
#include <vector>

namespace rowlock {

/// The passes of a layer that run with the same frame and the same actual
/// sizes: they take the same time and move the same words, gated MACs and
/// waits excepted.
struct DistinctPass {
  int64_t frame;
  PassCounts sizes;
  /// Sums over its `counts.passes` runs, of bytes those of its filters and
  /// records. Its waits begin where the array's command before has ended, at
  /// the earliest where the layers before have: `cycles.total` is with them.
  EventCounts counts;
};

struct LayerPasses {
  std::vector<DistinctPass> passes; // in the order of their first runs
  /// What the layer's other commands moved and took. Of its waits those outside
  /// passes are not in here.
  EventCounts others;
};

/// Collects them while a simulator runs, over any number of runs.
class DistinctPasses : public RunObserver {
public:
  /// `layers`: of the layer table.
  explicit DistinctPasses(size_t layers) : table(layers + 1) {}

  void begun() override;
  void executed(const ExecutedCommand &command) override;
  void passed(const Stretch &stretch) override;

  /// By number in the layer table; then one for commands of no layer.
  const std::vector<LayerPasses> &layers() const { return table; }

private:
  /// A moment, and how long GLB banks alone have worked until then.
  struct Moment {
    double time = 0, banksAlone = 0;
    void reach(const Moment &other);
  };
  DistinctPass &find(const ExecutedCommand &command);

  std::vector<LayerPasses> table;
  std::map<std::tuple<size_t, int64_t, PassCounts>, size_t> numbers;
  // Of the run that goes on.
  double banksAlone = 0;
  Moment arrayEnd;
  std::vector<Moment> layerEnds;
};

} // namespace rowlock

#endif // ROWLOCK_PIPELINES_DISTINCTPASSES_H
