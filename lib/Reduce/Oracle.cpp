//===- Oracle.cpp - Asks of candidates whether they still do --------------===//
#include "rowlock/Reduce/Oracle.h"

#include "rowlock/Program/ProgramWriter.h"
#include "rowlock/Support/Hash.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

using namespace rowlock;

using Clock = std::chrono::steady_clock;

Oracle::Oracle(Interest interest, OracleOptions given)
    : interest(std::move(interest)), options(std::move(given)),
      end(options.maxSeconds > 0
              ? Clock::now() + std::chrono::duration_cast<Clock::duration>(
                                   std::chrono::duration<double>(
                                       std::min(options.maxSeconds, 1e8)))
              : Clock::time_point::max()) {
  if (!options.body && !llvm::is_contained(options.command, "{}")) {
    bool inside = llvm::any_of(options.command, [](const std::string &word) {
      return word.find("{}") != std::string::npos;
    });
    if (!inside)
      options.command.push_back("{}");
  }
}

Oracle::~Oracle() {
  if (!folder.empty())
    (void)llvm::sys::fs::remove_directories(folder);
}

bool Oracle::stopped() {
  return !failure || Clock::now() >= end ||
         (options.interrupted && options.interrupted());
}

bool Oracle::usesInput() const {
  return llvm::any_of(options.command, [](const std::string &word) {
    return word.find("{npy}") != std::string::npos;
  });
}

std::string Oracle::arrayPath(const std::string &path) const {
  llvm::SmallString<128> result(path);
  llvm::sys::path::replace_extension(result, ".npy");
  return result.str().str();
}

static void replaceAll(std::string &word, const std::string &what,
                       const std::string &by) {
  for (size_t at = 0; (at = word.find(what, at)) != std::string::npos;
       at += by.size())
    word.replace(at, what.size(), by);
}

static Status write(const std::string &path, const std::string &bytes) {
  return writeFileAtomically(path, {bytes.begin(), bytes.end()});
}

Result<ChildResult> Oracle::run(const Candidate &candidate) {
  std::string file = folder + "/candidate" + options.extension;
  if (Status written = write(file, candidate.bytes); !written)
    return written;
  if (candidate.input)
    if (Status written = writeNPY(arrayPath(file), *candidate.input); !written)
      return written;
  auto shouldStop = [this] { return stopped(); };
  ++tested;
  if (options.body)
    return runChild([&] { return options.body(file); }, options.limits,
                    shouldStop);
  std::vector<std::string> command = options.command;
  for (std::string &word : command) {
    replaceAll(word, "{npy}", arrayPath(file));
    replaceAll(word, "{}", file);
  }
  return runChild(command, options.limits, shouldStop);
}

Status Oracle::keep(const Candidate &candidate) {
  smallest = candidate.size;
  if (candidate.input && usesInput())
    if (Status kept = writeNPY(arrayPath(options.output), *candidate.input);
        !kept)
      return kept;
  return write(options.output, candidate.bytes);
}

Result<std::string> Oracle::workFolder() {
  llvm::SmallString<128> path;
  if (!folder.empty())
    return folder;
  if (std::error_code error =
          llvm::sys::fs::createUniqueDirectory("rowlock-reduce", path))
    return Status::error("no folder for candidates: " + error.message());
  folder = path.str().str();
  return folder;
}

Status Oracle::start(const Candidate &whole) {
  if (Result<std::string> made = workFolder(); !made)
    return made.takeStatus();
  Result<ChildResult> ran = run(whole);
  if (!ran)
    return ran.takeStatus();
  if (ran->stopped)
    return Status::error("stopped before the first test was done");
  if (!interest.isShownBy(*ran, folder + "/candidate" + options.extension))
    return Status::error("the whole file does not show it: " +
                         describeRun(*ran, options.limits));
  return keep(whole);
}

bool Oracle::test(const Candidate &candidate) {
  uint64_t hash = fnv1a(candidate.bytes.data(), candidate.bytes.size());
  if (candidate.input)
    hash = hash * 31 +
           fnv1a(candidate.input->bytes.data(), candidate.input->bytes.size());
  if (stopped() || uninteresting.count(hash))
    return false;
  Result<ChildResult> ran = run(candidate);
  if (!ran) {
    failure = ran.takeStatus();
    return false;
  }
  bool shown =
      interest.isShownBy(*ran, folder + "/candidate" + options.extension);
  if (shown)
    failure = keep(candidate);
  else
    uninteresting.insert(hash);
  if (options.progress)
    options.progress(tested, smallest);
  return shown && failure;
}
