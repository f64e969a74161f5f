//===- PassEvents.h - What a pass does, whatever its data -------*- C++ -*-===//
//
// Checks and counts what the IDs, psum sources and counters of a frame make of
// a pass: who takes which words, which PEs psums run through. All passes of
// equal counts under one frame have the same events.
//
//===----------------------------------------------------------------------===//
#ifndef ROWLOCK_LIB_SIMULATOR_PASSEVENTS_H
#define ROWLOCK_LIB_SIMULATOR_PASSEVENTS_H

#include "ArrayConfiguration.h"

#include "rowlock/Simulator/Counts.h"
#include "rowlock/Simulator/PassCounts.h"
#include "rowlock/Support/Result.h"

#include <map>

namespace rowlock {

/// Filters of a PE: so many of so many channels; none with 0 of either.
struct HeldFilters {
  int64_t filters = 0, channels = 0;
};
HeldFilters heldFilters(const ArrayConfiguration &configuration, size_t pe,
                        const PassCounts &counts);

/// "PE (row 0, column 3)".
std::string nameOfPE(size_t pe, const TargetSpec &target);

/// The events of each distinct pass, checked and counted once. Errors name PE
/// or tag, value and bound. Results outlive later calls.
class PassEvents {
public:
  explicit PassEvents(const TargetSpec &target) : target(target) {}

  /// Of a pass whose filters are in the spads: all events but those of zeros.
  Result<const EventCounts *> pass(const ArrayConfiguration &configuration,
                                   const PassCounts &counts);
  /// Of the delivery of its filters.
  Result<const EventCounts *> filters(const ArrayConfiguration &configuration,
                                      const PassCounts &counts);

private:
  using Key = std::pair<const ArrayConfiguration *, PassCounts>;
  const TargetSpec &target;
  std::map<Key, EventCounts> passes, deliveries;
};

} // namespace rowlock

#endif // ROWLOCK_LIB_SIMULATOR_PASSEVENTS_H
