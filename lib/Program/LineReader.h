//===- LineReader.h - Values of one line of program text --------*- C++ -*-===//
#ifndef ROWLOCK_LIB_PROGRAM_LINEREADER_H
#define ROWLOCK_LIB_PROGRAM_LINEREADER_H

#include "Checks.h"
#include "EnumNames.h"
#include "Fields.h"

#include <charconv>

namespace rowlock {

/// Reads values from a line, in the forms that the disassembler prints. Spaces
/// separate; a `#` outside a string begins a comment.
class LineReader {
public:
  LineReader(const char *begin, const char *end) : at(begin), end(end) {}

  /// True if nothing but a comment is left.
  bool atEnd();
  /// Takes `c` if it comes next.
  bool take(char c);
  Status expect(char c);
  /// A name: letters, digits, underscores.
  Status word(std::string &result);
  /// Pairs of hexadecimal digits up to the next space.
  Status hexadecimal(std::vector<uint8_t> &result);

  /// `name=value` pairs up to the line's end or a closing brace; a name is a
  /// field of any of the objects.
  template <typename... T> Status fields(T &...objects) {
    while (!atEnd() && *at != '}') {
      std::string name;
      if (Status status = word(name); !status)
        return status;
      if (Status status = expect('='); !status)
        return status;
      bool found = false;
      Status status = Status::ok();
      (field(objects, name, found, status), ...);
      if (!found)
        return Status::error("unknown field " + quoted(name));
      if (!status)
        return Status::error(name + ": " + status.message());
    }
    return Status::ok();
  }

  template <typename T> Status read(T &value) {
    if constexpr (std::is_enum_v<T>)
      return enumerator(value);
    else
      return integer(value);
  }
  Status read(bool &value);
  Status read(float &value);
  Status read(std::string &value);
  Status read(fb::AffineT &value);
  Status read(fb::CountT &value);
  Status read(fb::OperationUnion &) {
    return Status::error("stands at the line's begin");
  }
  template <typename T> Status read(std::unique_ptr<T> &value) {
    value = std::make_unique<T>();
    if constexpr (std::is_same_v<T, fb::AffineT> ||
                  std::is_same_v<T, fb::CountT>) {
      return read(*value);
    } else {
      if (Status status = expect('{'); !status)
        return status;
      if (Status status = fields(*value); !status)
        return status;
      return expect('}');
    }
  }
  template <typename T> Status read(std::vector<T> &list) {
    if (Status status = expect('['); !status)
      return status;
    while (!take(']')) {
      list.emplace_back();
      if (Status status = read(list.back()); !status)
        return status;
    }
    return Status::ok();
  }

private:
  template <typename T>
  void field(T &object, const std::string &name, bool &found, Status &status) {
    visitFields<T>([&](const char *candidate, auto member) {
      if (found || name != candidate)
        return;
      found = true;
      status = read(object.*member);
    });
  }
  template <typename T> Status integer(T &value) {
    skipSpaces();
    auto [next, error] = std::from_chars(at, end, value);
    if (error == std::errc::result_out_of_range)
      return Status::error("number out of range");
    if (error != std::errc())
      return Status::error("expected an integer");
    at = next;
    return Status::ok();
  }
  template <typename T> Status enumerator(T &value) {
    std::string name;
    if (Status status = word(name); !status)
      return status;
    const char *const *names = enumNames(value);
    for (size_t i = 0; names[i]; ++i) {
      if (name != names[i])
        continue;
      value = T(i);
      return Status::ok();
    }
    return Status::error("unknown name " + quoted(name));
  }
  void skipSpaces() {
    while (at < end && (*at == ' ' || *at == '\t' || *at == '\r'))
      ++at;
  }

  const char *at;
  const char *end;
};

} // namespace rowlock

#endif // ROWLOCK_LIB_PROGRAM_LINEREADER_H
