//===- PassCommand.h - A pass at given loop indices -------------*- C++ -*-===//
#ifndef ROWLOCK_LIB_SIMULATOR_PASSCOMMAND_H
#define ROWLOCK_LIB_SIMULATOR_PASSCOMMAND_H

#include "CommandWalker.h"

#include "rowlock/Simulator/PassCounts.h"

namespace rowlock {

/// The actual counts of the pass there.
inline PassCounts passCounts(const CommandWalker &at) {
  const fb::Pass &pass = *at.command().operation_as_Pass();
  auto count = [&](const fb::Count *counted) {
    return evaluate(counted, at.indices(), at.depth());
  };
  return {count(pass.images()),   count(pass.groups()), count(pass.filters()),
          count(pass.channels()), count(pass.rows()),   count(pass.columns())};
}

/// Whether filters of the pass there come through the FIFO.
inline bool streamsFilters(const CommandWalker &at) {
  const fb::Pass &pass = *at.command().operation_as_Pass();
  return pass.filters_from() &&
         evaluate(pass.filters_when(), at.indices(), at.depth()) == 0 &&
         !passCounts(at).isVoid();
}

} // namespace rowlock

#endif // ROWLOCK_LIB_SIMULATOR_PASSCOMMAND_H
