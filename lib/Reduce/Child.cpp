//===- Child.cpp - A process with limits ----------------------------------===//
#include "rowlock/Reduce/Child.h"

#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <cstring>

#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace rowlock;

constexpr size_t kKeptErrors = 64 << 10;

static void limit(int resource, rlim_t most) {
  rlimit both = {most, most};
  setrlimit(resource, &both);
}

/// In the child, before its work.
static void prepareChild(const ChildLimits &limits, int errors) {
  setpgid(0, 0);
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  std::signal(SIGINT, SIG_DFL);
  std::signal(SIGTERM, SIG_DFL);
  limit(RLIMIT_CORE, 0);
  int null = open("/dev/null", O_RDWR);
  dup2(null, STDIN_FILENO);
  dup2(null, STDOUT_FILENO);
  dup2(errors, STDERR_FILENO);
  // A stack in symbols takes longer than most crashes.
  setenv("LLVM_DISABLE_SYMBOLIZATION", "1", 1);
  if (limits.mebibytes > 0)
    limit(RLIMIT_AS, rlim_t(limits.mebibytes) << 20);
}

namespace {

using Clock = std::chrono::steady_clock;

/// The parent's side.
class Watch {
public:
  Watch(pid_t child, int errors, const ChildLimits &limits,
        const std::function<bool()> &shouldStop)
      : child(child), errors(errors), shouldStop(shouldStop),
        end(Clock::now() + std::chrono::duration_cast<Clock::duration>(
                               std::chrono::duration<double>(limits.seconds))) {
  }

  ChildResult wait();

private:
  int millisecondsLeft() const;
  /// Waits for words of the child, at most `most` ms.
  void listen(int most);
  void take(int status);

  pid_t child;
  int errors;
  const std::function<bool()> &shouldStop;
  Clock::time_point end;
  bool open = true;
  ChildResult result;
};

} // namespace

int Watch::millisecondsLeft() const {
  auto left = std::chrono::ceil<std::chrono::milliseconds>(end - Clock::now());
  return int(std::max<int64_t>(0, std::min<int64_t>(left.count(), 1000)));
}

void Watch::listen(int most) {
  pollfd waiting = {open ? errors : -1, POLLIN, 0};
  if (poll(&waiting, 1, most) <= 0)
    return;
  char buffer[4096];
  ssize_t count = read(errors, buffer, sizeof(buffer));
  if (count > 0)
    result.errors.append(
        buffer, std::min(size_t(count), kKeptErrors - result.errors.size()));
  else if (count == 0 || errno != EINTR)
    open = false;
}

void Watch::take(int status) {
  if (WIFSIGNALED(status))
    result.signal = WTERMSIG(status);
  else
    result.exitCode = WEXITSTATUS(status);
}

ChildResult Watch::wait() {
  int status = 0;
  while (waitpid(child, &status, WNOHANG) != child) {
    result.timedOut = Clock::now() >= end;
    result.stopped = shouldStop && shouldStop();
    if (result.timedOut || result.stopped) {
      kill(-child, SIGKILL);
      kill(child, SIGKILL); // where it has not made its group yet
      waitpid(child, &status, 0);
      return result;
    }
    // The end of the child closes its pipe; one that closes it before, or
    // leaves it to others, is looked at from time to time.
    listen(std::min(millisecondsLeft(), open ? 50 : 5));
  }
  // The words that are there; others may hold the pipe open.
  for (size_t before = SIZE_MAX; open && result.errors.size() != before;) {
    before = result.errors.size();
    listen(0);
  }
  kill(-child, SIGKILL);
  take(status);
  return result;
}

Result<ChildResult> rowlock::runChild(const std::function<int()> &body,
                                      const ChildLimits &limits,
                                      const std::function<bool()> &shouldStop) {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC))
    return Status::error(std::string("no pipe: ") + std::strerror(errno));
  pid_t child = fork();
  if (child < 0) {
    std::string reason = std::strerror(errno);
    close(ends[0]);
    close(ends[1]);
    return Status::error("no process: " + reason);
  }
  if (child == 0) {
    prepareChild(limits, ends[1]);
    _exit(body());
  }
  setpgid(child, child);
  close(ends[1]);
  ChildResult result = Watch(child, ends[0], limits, shouldStop).wait();
  close(ends[0]);
  return result;
}

Result<ChildResult> rowlock::runChild(const std::vector<std::string> &command,
                                      const ChildLimits &limits,
                                      const std::function<bool()> &shouldStop) {
  std::vector<char *> arguments;
  arguments.reserve(command.size() + 1);
  for (const std::string &argument : command)
    arguments.push_back(const_cast<char *>(argument.c_str()));
  arguments.push_back(nullptr);
  auto body = [&] {
    execvp(arguments[0], arguments.data());
    std::string words = command[0] + ": " + std::strerror(errno) + "\n";
    [[maybe_unused]] ssize_t said =
        write(STDERR_FILENO, words.data(), words.size());
    return 127;
  };
  return runChild(std::function<int()>(body), limits, shouldStop);
}
