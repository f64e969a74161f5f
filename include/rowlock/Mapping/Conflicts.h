//===- Conflicts.h - Why no mapping fits ------------------------*- C++ -*-===//
#ifndef ROWLOCK_MAPPING_CONFLICTS_H
#define ROWLOCK_MAPPING_CONFLICTS_H

#include "rowlock/Mapping/Search.h"

namespace rowlock {

/// The least value of a target field, all others as they are, with which a rule
/// can be kept by some mapping; the target stays valid.
struct Relaxation {
  std::string field;  // of the field table
  int64_t value = 0;  // its unit
  int64_t before = 0; // what the target has
};

/// A rule of `verify` that every mapping of a space breaks.
struct Conflict {
  std::string rule; // in the words of `verify`, of the smallest mapping
  /// Each is enough for this rule. None: no one field can be relaxed so far.
  std::vector<Relaxation> relaxations;
};

/// All rules that no mapping of the space keeps; empty exactly if one mapping
/// keeps them all, `space.mostDRAMBytes` left aside. The problem has passed its
/// `check()`. A rule that every mapping breaks contradicts layer and target
/// alone, so each is a smallest set of constraints in conflict.
std::vector<Conflict> conflictsOf(const MappingProblem &problem,
                                  const MapSpace &space = {});

/// "q*S is 13, exceeds the ifmap spad of 12 words (fits with ifmap_spad_words
/// 13, 1 more)", several separated by "; ".
std::string printConflicts(const std::vector<Conflict> &conflicts);

} // namespace rowlock

#endif // ROWLOCK_MAPPING_CONFLICTS_H
