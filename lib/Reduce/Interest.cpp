//===- Interest.cpp - What a reduced file must still do -------------------===//
#include "rowlock/Reduce/Interest.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/Regex.h"
#include "llvm/Support/raw_ostream.h"

using namespace rowlock;
using llvm::StringRef;

// Words of rowlock-compile --verify and of the comparison of pipelines.
constexpr char kDivergence[] = "expected .*, the (program|passes) makes? ";

/// Exit codes of shells for a command that cannot be run.
static bool isMissing(const ChildResult &run) {
  return !run.signal && (run.exitCode == 126 || run.exitCode == 127);
}

Status Interest::check() const {
  std::string reason;
  if (pattern.empty() || llvm::Regex(pattern).isValid(reason))
    return Status::ok();
  return Status::error("'" + pattern + "': " + reason);
}

bool Interest::hasSymptom(const ChildResult &run) const {
  if (run.stopped || (run.timedOut && symptom != Symptom::Hang))
    return false;
  switch (symptom) {
  case Symptom::Crash:
    return run.signal || (run.exitCode > 1 && !isMissing(run));
  case Symptom::Error:
    return !run.signal && run.exitCode == 1 && !run.errors.empty();
  case Symptom::Divergence:
    return !run.signal && run.exitCode == 1 &&
           llvm::Regex(kDivergence).match(run.errors);
  case Symptom::Hang:
    return run.timedOut;
  case Symptom::Script:
    return !run.signal && run.exitCode == 0;
  }
  return false;
}

/// The line of standard error that says what is wrong, without numbers.
static std::string findWords(StringRef errors, StringRef file,
                             Symptom symptom) {
  llvm::SmallVector<StringRef> lines;
  errors.split(lines, '\n', -1, /*KeepEmpty=*/false);
  auto says = [&](StringRef line) {
    if (symptom == Symptom::Error)
      return line.contains("error");
    for (StringRef sign : {"Assertion `", "UNREACHABLE", "LLVM ERROR",
                           "Sanitizer", "runtime error:", "terminate called"})
      if (line.contains(sign))
        return true;
    return false;
  };
  const StringRef *found = llvm::find_if(lines, says);
  if (found == lines.end() && (lines.empty() || symptom != Symptom::Error))
    return "";
  std::string line = (found == lines.end() ? lines.front() : *found).str();
  for (size_t at; (at = line.find(file)) != std::string::npos;)
    line.erase(at, file.size());
  std::string words;
  for (char c : line)
    if (!llvm::isDigit(c))
      words += c;
    else if (words.empty() || words.back() != '#')
      words += '#';
  return words;
}

bool Interest::wordsFit(const ChildResult &run) const {
  return pattern.empty() || llvm::Regex(pattern).match(run.errors);
}

bool Interest::isShownBy(const ChildResult &run, const std::string &file) {
  if (!hasSymptom(run) || !wordsFit(run))
    return false;
  if (!pattern.empty() ||
      (symptom != Symptom::Crash && symptom != Symptom::Error))
    return true;
  std::string words = findWords(run.errors, file, symptom);
  if (!pinned) {
    pinned = true;
    pinnedSignal = run.signal;
    pinnedExitCode = run.exitCode;
    pinnedWords = words;
  }
  return run.signal == pinnedSignal && run.exitCode == pinnedExitCode &&
         words == pinnedWords;
}

std::string rowlock::describeRun(const ChildResult &run,
                                 const ChildLimits &limits) {
  std::string text;
  llvm::raw_string_ostream out(text);
  if (run.timedOut)
    out << llvm::format("still running after %g s", limits.seconds);
  else if (run.signal)
    out << "signal " << run.signal;
  else
    out << "exit code " << run.exitCode;
  StringRef line = StringRef(run.errors).split('\n').first.trim();
  if (!line.empty())
    out << ": " << line;
  return text;
}
