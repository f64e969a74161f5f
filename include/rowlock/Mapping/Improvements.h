//===- Improvements.h - What a better machine would change ------*- C++ -*-===//
#ifndef ROWLOCK_MAPPING_IMPROVEMENTS_H
#define ROWLOCK_MAPPING_IMPROVEMENTS_H

#include "rowlock/Mapping/Search.h"

namespace rowlock {

/// One field of the target changed, and the best mapping of a layer on that
/// machine.
struct Improvement {
  std::string field, before, after;
  Optimum optimum;
  /// By how many per cent of the present optimum the first objective falls.
  double gain = 0;
};

/// The best mapping on the target itself, and what each of a few small changes
/// of one field is worth, the best first: a bank, a row or a column of PEs more
/// (and the bits of IDs that they ask for), each spad, network and the link
/// twice as wide, one bit more of ifmap column IDs, half the frame's time.
/// Changes that leave a field's range are left out.
struct Improvements {
  Optimum present;
  std::vector<Improvement> changes;
};
Result<Improvements> improvementsOf(const MappingProblem &problem,
                                    const Objectives &objectives);

} // namespace rowlock

#endif // ROWLOCK_MAPPING_IMPROVEMENTS_H
