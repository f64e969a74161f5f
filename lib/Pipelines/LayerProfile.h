//===- LayerProfile.h - Counts and energies of a layer ----------*- C++ -*-===//
#ifndef ROWLOCK_LIB_PIPELINES_LAYERPROFILE_H
#define ROWLOCK_LIB_PIPELINES_LAYERPROFILE_H

#include "rowlock/Pipelines/Energy.h"
#include "rowlock/Program/Program.h"

#include <string>
#include <vector>

namespace rowlock {

struct LayerProfile {
  std::string name;
  bool onArray = false;
  bool wide = false; // operands of 16 bits
  EventCounts counts;
  Energy normalised, events;
  const fb::LayerDebug *debug = nullptr; // if the program has it

  /// The same layer with the counts, and their energies, of a part of it.
  LayerProfile part(const EventCounts &counts, const TargetSpec &target) const;
};

/// All layers, and their sum, named "all".
struct Profile {
  Profile(const Program &program, const std::vector<EventCounts> &counts);
  std::vector<LayerProfile> layers; // as in the layer table
  LayerProfile sum;
};

} // namespace rowlock

#endif // ROWLOCK_LIB_PIPELINES_LAYERPROFILE_H
