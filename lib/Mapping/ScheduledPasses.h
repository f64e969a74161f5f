//===- ScheduledPasses.h - What a mapping makes of passes -------*- C++ -*-===//
#ifndef ROWLOCK_LIB_MAPPING_SCHEDULEDPASSES_H
#define ROWLOCK_LIB_MAPPING_SCHEDULEDPASSES_H

#include "rowlock/Mapping/Mapping.h"
#include "rowlock/Timing/Timeline.h"

#include <memory>
#include <vector>

namespace rowlock {

/// Actual sizes of a tile or a pass: images, groups, filters and channels per
/// group, ofmap rows and columns.
struct Extents {
  int64_t images, groups, filters, channels, rows, columns;
  bool isVoid() const {
    return images <= 0 || groups <= 0 || filters <= 0 || channels <= 0 ||
           rows <= 0 || columns <= 0;
  }
  bool operator==(const Extents &o) const {
    return images == o.images && groups == o.groups && filters == o.filters &&
           channels == o.channels && rows == o.rows && columns == o.columns;
  }
};

/// The plans of a mapping's passes, each distinct one computed once.
class ScheduledPasses {
public:
  ScheduledPasses(const MappingProblem &problem, const Mapping &mapping);
  /// The plan outlives later calls.
  const PassPlan &get(const Extents &pass);

private:
  PassWork workOf(const Extents &pass) const;
  FilterDelivery deliveryOf(const Extents &pass) const;

  const MappingProblem &problem;
  const Mapping &mapping;
  const NetworkRates rates;
  // A pass has few neighbours: a handful of sizes in each dimension.
  std::vector<std::pair<Extents, std::unique_ptr<PassPlan>>> plans;
  size_t last = 0;
};

} // namespace rowlock

#endif // ROWLOCK_LIB_MAPPING_SCHEDULEDPASSES_H
