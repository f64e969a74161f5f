//===- Interest.h - What a reduced file must still do -----------*- C++ -*-===//
#ifndef ROWLOCK_REDUCE_INTEREST_H
#define ROWLOCK_REDUCE_INTEREST_H

#include "rowlock/Reduce/Child.h"

namespace rowlock {

enum class Symptom {
  Crash,      // ended by a signal, or with an exit code above 1
  Error,      // exit code 1, and words
  Divergence, // exit code 1, and words "expected ..., the ... makes ..."
  Hang,       // not done within the limit of time
  Script,     // exit code 0
};

/// Says which runs show what is looked for. The first run that it is asked
/// about, that of the whole file, pins it down: later ones must show the same
/// (signal, exit code, and the line that says what is wrong, without numbers
/// and the file's name), so that one bug is not taken for another.
class Interest {
public:
  /// With a pattern, a regular expression that is found somewhere in standard
  /// error, that decides about the words, and nothing is pinned.
  explicit Interest(Symptom symptom, std::string pattern = "")
      : symptom(symptom), pattern(std::move(pattern)) {}

  /// An error if the pattern is no regular expression.
  Status check() const;
  /// `file` is the path of what was run on.
  bool isShownBy(const ChildResult &run, const std::string &file);
  /// The line that is pinned; empty if there is none.
  const std::string &words() const { return pinnedWords; }

private:
  bool hasSymptom(const ChildResult &run) const;
  bool wordsFit(const ChildResult &run) const;

  Symptom symptom;
  std::string pattern;
  bool pinned = false;
  int pinnedSignal = 0, pinnedExitCode = 0;
  std::string pinnedWords;
};

/// "exit code 1: words", "signal 6: words" or "still running after 60 s".
std::string describeRun(const ChildResult &run, const ChildLimits &limits);

} // namespace rowlock

#endif // ROWLOCK_REDUCE_INTEREST_H
