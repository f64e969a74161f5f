//===- ReduceProgress.h - What a reduction has reached ----------*- C++ -*-===//
#ifndef ROWLOCK_TOOLS_REDUCEPROGRESS_H
#define ROWLOCK_TOOLS_REDUCEPROGRESS_H

#include "llvm/Support/Process.h"
#include "llvm/Support/raw_ostream.h"

#include <string>

namespace rowlock {

/// On standard error: on a terminal a line that changes, else a line whenever
/// something smaller is found.
class ReduceProgress {
public:
  void operator()(int64_t tested, const std::string &smallest) {
    if (terminal)
      llvm::errs() << "\r\x1b[K" << line(tested, smallest);
    else if (smallest != last)
      llvm::errs() << line(tested, smallest) << "\n";
    last = smallest;
  }
  /// Before anything else is said.
  void end() {
    if (terminal && !last.empty())
      llvm::errs() << "\r\x1b[K";
  }

private:
  static std::string line(int64_t tested, const std::string &smallest) {
    return "reducing: " + smallest + " after " + std::to_string(tested) +
           (tested == 1 ? " test" : " tests");
  }

  bool terminal = llvm::sys::Process::StandardErrIsDisplayed();
  std::string last;
};

} // namespace rowlock

#endif // ROWLOCK_TOOLS_REDUCEPROGRESS_H
