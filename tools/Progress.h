//===- Progress.h - A bar for long work -------------------------*- C++ -*-===//
#ifndef ROWLOCK_TOOLS_PROGRESS_H
#define ROWLOCK_TOOLS_PROGRESS_H

#include "llvm/Support/Format.h"
#include "llvm/Support/Process.h"
#include "llvm/Support/raw_ostream.h"

#include <chrono>
#include <string>

namespace rowlock {

/// Draws "what [#####.....] done/total" on standard error, where that is a
/// terminal and the work takes more than a moment; leaves nothing behind.
class Progress {
public:
  explicit Progress(std::string what)
      : what(std::move(what)),
        shown(llvm::sys::Process::StandardErrIsDisplayed()),
        started(Clock::now()), drawn(started) {}
  ~Progress() {
    if (visible)
      llvm::errs() << "\r\x1b[K";
  }

  void operator()(int64_t done, int64_t total) {
    auto now = Clock::now();
    if (!shown || now - started < std::chrono::milliseconds(500) ||
        (now - drawn < std::chrono::milliseconds(100) && done < total))
      return;
    drawn = now;
    visible = true;
    constexpr int64_t width = 30;
    int64_t filled = total ? done * width / total : width;
    llvm::errs() << "\r\x1b[K" << what << " [" << std::string(filled, '#')
                 << std::string(width - filled, '.') << "] " << done << "/"
                 << total;
    if (done && done < total) {
      double seconds = std::chrono::duration<double>(now - started).count();
      llvm::errs() << llvm::format(
          ", %.0f s left", seconds * double(total - done) / double(done));
    }
    llvm::errs().flush();
  }

private:
  using Clock = std::chrono::steady_clock;
  std::string what;
  bool shown, visible = false;
  Clock::time_point started, drawn;
};

} // namespace rowlock

#endif // ROWLOCK_TOOLS_PROGRESS_H
