//===- Result.h - Errors as values ------------------------------*- C++ -*-===//
//
// Libraries below the LLVM line report user errors with `Status` and
// `Result<T>`: a value, or one line of text that names what is wrong. There
// are no exceptions and nothing prints.
//
//   Result<Program> program = Program::open(path);
//   if (!program)
//     return Status::error("cannot run: " + program.message());
//
//===----------------------------------------------------------------------===//
#ifndef ROWLOCK_SUPPORT_RESULT_H
#define ROWLOCK_SUPPORT_RESULT_H

#include <cassert>
#include <optional>
#include <string>
#include <utility>

namespace rowlock {

/// Success, or one line saying what is wrong (lower case, no full stop).
class [[nodiscard]] Status {
public:
  static Status ok() { return Status(); }
  static Status error(std::string message) {
    Status status;
    status.text = std::move(message);
    return status;
  }
  /// True on success.
  explicit operator bool() const { return !text.has_value(); }
  /// The error's text; only on failure.
  const std::string &message() const {
    assert(text && "no message on success");
    return *text;
  }

private:
  std::optional<std::string> text;
};

/// A `T`, or an error as in `Status`.
template <typename T> class [[nodiscard]] Result {
public:
  Result(T value) : held(std::move(value)), status(Status::ok()) {}
  Result(Status error) : status(std::move(error)) {
    assert(!status && "a Result without a value must be an error");
  }
  static Result error(std::string message) {
    return Result(Status::error(std::move(message)));
  }
  explicit operator bool() const { return held.has_value(); }
  T &operator*() { return *held; }
  const T &operator*() const { return *held; }
  T *operator->() { return &*held; }
  const T *operator->() const { return &*held; }
  const std::string &message() const { return status.message(); }
  Status takeStatus() const { return status; }

private:
  std::optional<T> held;
  Status status;
};

} // namespace rowlock

#endif // ROWLOCK_SUPPORT_RESULT_H
