//===- LayerFront.h - Energy against latency of a layer ---------*- C++ -*-===//
#ifndef ROWLOCK_PIPELINES_LAYERFRONT_H
#define ROWLOCK_PIPELINES_LAYERFRONT_H

#include "rowlock/Mapping/Pareto.h"
#include "rowlock/Pipelines/NetworkLayers.h"

namespace rowlock {

/// The front of a layer: that of `paretoFront` where it is one part. Of several
/// parts energies and cycles add up; those that are alike take the same
/// mapping.
struct LayerFront {
  struct Part {
    MappingProblem problem;
    int64_t count = 1; // parts that are alike
  };
  struct Point {
    double energy = 0, cycles = 0; // as in `ParetoPoint`, of all parts
    int64_t dramBytes = 0, activePEs = 0;
    std::vector<Mapping> mappings; // of each entry of `parts`
  };

  std::string model, layer;
  TargetSpec target;
  std::string split; // why there are parts; empty for one
  std::vector<Part> parts;
  std::vector<Point> points; // from the least energy to the least cycles
  double spaceSize = 0;      // of all `parts` together
  int64_t evaluated = 0;

  double milliseconds(const Point &point) const {
    return point.cycles / target.core_mhz / 1000;
  }
};

/// An error if some part fits no mapping.
Result<LayerFront> layerFront(const std::string &model,
                              const NetworkLayers::Layer &layer,
                              const TargetSpec &target);

/// A line for each point; the one of the least product has a star.
std::string frontTable(const LayerFront &front);
/// docs/sweeps.md says what it holds.
std::string frontJSON(const LayerFront &front);
/// Energy over milliseconds.
std::string frontSVG(const LayerFront &front);

} // namespace rowlock

#endif // ROWLOCK_PIPELINES_LAYERFRONT_H
