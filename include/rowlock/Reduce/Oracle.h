//===- Oracle.h - Asks of candidates whether they still do ------*- C++ -*-===//
//
// Tests candidates in child processes and keeps the smallest that is
// interesting in a file, from the first on: whatever ends the reduction, the
// file is whole and shows what it must.
//
//===----------------------------------------------------------------------===//
#ifndef ROWLOCK_REDUCE_ORACLE_H
#define ROWLOCK_REDUCE_ORACLE_H

#include "rowlock/Input/Array.h"
#include "rowlock/Reduce/Interest.h"

#include <chrono>
#include <unordered_set>

namespace rowlock {

struct OracleOptions {
  /// The words `{}` in it become the path of the candidate, `{npy}` that of
  /// arrays for its input; the candidate comes last if no `{}` is there.
  std::vector<std::string> command;
  /// Instead of a command: works on the file of that path in a child.
  std::function<int(const std::string &)> body;
  ChildLimits limits;
  double maxSeconds = 0; // of the whole reduction; 0: no limit
  std::string extension; // of candidates: ".onnx", ".mlir"
  std::string output;    // path of the smallest
  /// Asked often; true ends the reduction.
  std::function<bool()> interrupted;
  /// Told, after every test, of candidates tested and a line on the smallest.
  std::function<void(int64_t tested, const std::string &smallest)> progress;
};

/// A candidate: the bytes of its file, and values of its data input.
struct Candidate {
  std::string bytes;
  std::string size; // in words: "3 nodes, 1 input"
  const Array *input = nullptr;
};

class Oracle {
public:
  Oracle(Interest interest, OracleOptions options);
  Oracle(const Oracle &) = delete;
  ~Oracle();

  /// Tests the whole file, as it is read; an error if it is not interesting,
  /// or no file can be made.
  Status start(const Candidate &whole);
  /// True if the candidate is interesting; then it is the smallest. False once
  /// stopped, and for what was tested before.
  bool test(const Candidate &candidate);
  /// Interrupted, out of time, or out of disk.
  bool stopped();
  bool usesInput() const;
  const ChildLimits &limits() const { return options.limits; }
  /// A folder for work, which goes with the oracle.
  Result<std::string> workFolder();
  /// What stopped it beside time and interruption.
  const Status &status() const { return failure; }

  int64_t tested = 0;
  std::string smallest; // in words

private:
  Result<ChildResult> run(const Candidate &candidate);
  Status keep(const Candidate &candidate);
  /// Where the arrays of `output` go: "out.onnx" -> "out.npy".
  std::string arrayPath(const std::string &path) const;

  Interest interest;
  OracleOptions options;
  std::string folder; // for candidates; empty: not made
  std::chrono::steady_clock::time_point end;
  std::unordered_set<uint64_t> uninteresting; // hashes
  Status failure = Status::ok();
};

} // namespace rowlock

#endif // ROWLOCK_REDUCE_ORACLE_H
