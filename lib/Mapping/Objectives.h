//===- Objectives.h - Values to compare mappings by -------------*- C++ -*-===//
#ifndef ROWLOCK_LIB_MAPPING_OBJECTIVES_H
#define ROWLOCK_LIB_MAPPING_OBJECTIVES_H

#include "rowlock/Mapping/Search.h"

namespace rowlock {

/// What objectives are made of, or lower bounds of it.
struct Figures {
  double energy = 0, cycles = 0, dram = 0;
};
/// Grows with every figure, so bounds of figures make a bound of the value.
double valueOf(const Figures &figures, Objective objective);

/// -1, 0 or 1 as `a` comes before, beside or behind `b`; values that differ by
/// rounding are equal.
int compare(double a, double b);
int compare(const std::vector<double> &a, const std::vector<double> &b);

} // namespace rowlock

#endif // ROWLOCK_LIB_MAPPING_OBJECTIVES_H
