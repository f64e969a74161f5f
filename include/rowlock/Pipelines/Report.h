//===- Report.h - What a program costs, layer by layer ----------*- C++ -*-===//
#ifndef ROWLOCK_PIPELINES_REPORT_H
#define ROWLOCK_PIPELINES_REPORT_H

#include "rowlock/Program/Program.h"

#include <string>

namespace rowlock {

/// A table with one line for each layer: shape, kernel, MACs, weights, active
/// PEs, passes, estimated cycles, GLB and DRAM bytes, energy, its shares of
/// time and energy, mappings. Only layers on the array cost anything in it.
std::string layerReport(const Program &program);

/// A few lines on a program: MACs on the array and on the host, estimated time
/// and energy with the layers that take most of them, what runs in parts and
/// why.
std::string summarize(const Program &program);

} // namespace rowlock

#endif // ROWLOCK_PIPELINES_REPORT_H
