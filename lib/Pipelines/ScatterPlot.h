//===- ScatterPlot.h - Points in two axes, as SVG ---------------*- C++ -*-===//
#ifndef ROWLOCK_LIB_PIPELINES_SCATTERPLOT_H
#define ROWLOCK_LIB_PIPELINES_SCATTERPLOT_H

#include <string>
#include <vector>

namespace rowlock {

/// A picture with linear axes whose ranges the points decide. A staircase joins
/// the points that no other one beats in both values.
struct ScatterPlot {
  struct Point {
    double x, y;
    bool filled = false; // else hollow
    std::string label;   // beside the point, where there is room
    std::string detail;  // shown when pointed at
  };

  std::string title, subtitle;
  std::string xAxis, yAxis; // what they show, with the unit
  std::vector<Point> points;

  /// Any text may stand in titles, labels and details.
  std::string svg() const;
};

} // namespace rowlock

#endif // ROWLOCK_LIB_PIPELINES_SCATTERPLOT_H
