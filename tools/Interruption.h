//===- Interruption.h - Ctrl-C ends work, not the process -------*- C++ -*-===//
#ifndef ROWLOCK_TOOLS_INTERRUPTION_H
#define ROWLOCK_TOOLS_INTERRUPTION_H

#include <csignal>

namespace rowlock {

inline volatile std::sig_atomic_t interruptedFlag = 0;

/// From now on SIGINT and SIGTERM only say so to `isInterrupted`.
inline void catchInterruption() {
  struct sigaction action = {};
  action.sa_handler = [](int) { interruptedFlag = 1; };
  sigaction(SIGINT, &action, nullptr);
  sigaction(SIGTERM, &action, nullptr);
}

inline bool isInterrupted() { return interruptedFlag; }

} // namespace rowlock

#endif // ROWLOCK_TOOLS_INTERRUPTION_H
