//===- HostTiming.h - How long the host takes -------------------*- C++ -*-===//
#ifndef ROWLOCK_LIB_SIMULATOR_HOSTTIMING_H
#define ROWLOCK_LIB_SIMULATOR_HOSTTIMING_H

#include "rowlock/Program/Program.h"

namespace rowlock {

/// Core cycles of a host layer: operations (`hostOperations`) at the host's
/// rate or bytes of operands and result at its memory's, whichever takes
/// longer.
double hostCycles(const Program &program, uint32_t layer);

} // namespace rowlock

#endif // ROWLOCK_LIB_SIMULATOR_HOSTTIMING_H
