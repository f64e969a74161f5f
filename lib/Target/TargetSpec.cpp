//===- TargetSpec.cpp - Fields of a target by name ------------------------===//

#include "rowlock/Target/TargetSpec.h"

#include <charconv>
#include <cmath>

using namespace rowlock;

int64_t TargetSpec::ifmapSpad(bool mode16) const {
  return !isFixed16() && mode16 ? ifmap_spad_words / 2 : ifmap_spad_words;
}

int64_t TargetSpec::filterSpad(bool mode16) const {
  return !isFixed16() && mode16 ? filter_spad_words / 2 : filter_spad_words;
}

std::vector<int64_t> TargetSpec::verticalStrides() const {
  std::vector<int64_t> strides;
  const char *at = vertical_strides.data();
  const char *end = at + vertical_strides.size();
  while (at < end) {
    int64_t stride = 0;
    auto [next, error] = std::from_chars(at, end, stride);
    if (error != std::errc() || (next != end && *next != ','))
      return {};
    strides.push_back(stride);
    at = next == end ? end : next + 1;
  }
  return strides;
}

bool TargetSpec::operator==(const TargetSpec &other) const {
#define ROWLOCK_INT(section, name, default, min, max, unit, doc)               \
  if (name != other.name)                                                      \
    return false;
#define ROWLOCK_REAL(section, name, default, min, max, unit, doc)              \
  if (name != other.name)                                                      \
    return false;
#define ROWLOCK_CHOICE(section, name, default, choices, doc)                   \
  if (name != other.name)                                                      \
    return false;
#define ROWLOCK_TEXT(section, name, default, doc)                              \
  if (name != other.name)                                                      \
    return false;
#include "rowlock/Target/TargetFields.def"
  return true;
}

const std::vector<TargetField> &rowlock::targetFields() {
  static const std::vector<TargetField> fields = {
#define ROWLOCK_INT(section, name, default, min, max, unit, doc)               \
  {TargetFieldKind::Int, #section, #name, #default, min, max, unit, "", doc},
#define ROWLOCK_REAL(section, name, default, min, max, unit, doc)              \
  {TargetFieldKind::Real, #section, #name, #default, min, max, unit, "", doc},
#define ROWLOCK_CHOICE(section, name, default, choices, doc)                   \
  {TargetFieldKind::Choice, #section, #name, default, 0, 0, "", choices, doc},
#define ROWLOCK_TEXT(section, name, default, doc)                              \
  {TargetFieldKind::Text, #section, #name, default, 0, 0, "", "", doc},
#include "rowlock/Target/TargetFields.def"
  };
  return fields;
}

/// Shortest text that reads back as the same number, whatever the locale.
static std::string realText(double value) {
  char buffer[64];
  auto [end, error] = std::to_chars(buffer, buffer + sizeof buffer, value);
  return std::string(buffer, end);
}

std::string rowlock::getTargetField(const TargetSpec &target,
                                    const TargetField &field) {
  const std::string wanted = field.name;
#define ROWLOCK_INT(section, name, default, min, max, unit, doc)               \
  if (wanted == #name)                                                         \
    return std::to_string(target.name);
#define ROWLOCK_REAL(section, name, default, min, max, unit, doc)              \
  if (wanted == #name)                                                         \
    return realText(target.name);
#define ROWLOCK_CHOICE(section, name, default, choices, doc)                   \
  if (wanted == #name)                                                         \
    return target.name;
#define ROWLOCK_TEXT(section, name, default, doc)                              \
  if (wanted == #name)                                                         \
    return target.name;
#include "rowlock/Target/TargetFields.def"
  assert(false && "a field that is not in the table");
  return "";
}

template <typename T>
static Status setNumber(T &field, const char *name, const std::string &value,
                        double min, double max, const char *kind) {
  T number{};
  const char *end = value.data() + value.size();
  auto [stop, error] = std::from_chars(value.data(), end, number);
  if (value.empty() || error == std::errc::invalid_argument || stop != end)
    return Status::error(std::string(name) + " '" + value + "' is not " + kind);
  bool inRange = error == std::errc() && std::isfinite(double(number)) &&
                 number >= min && number <= max;
  if (!inRange)
    return Status::error(std::string(name) + " " + value + " is not in " +
                         realText(min) + " to " + realText(max));
  field = number;
  return Status::ok();
}

/// True if `value` is one of the comma-separated `choices`.
static bool isChoice(const std::string &choices, const std::string &value) {
  return value.find(',') == std::string::npos && !value.empty() &&
         ("," + choices + ",").find("," + value + ",") != std::string::npos;
}

Status rowlock::setTargetField(TargetSpec &target, const std::string &name,
                               const std::string &value) {
  // The table's parameter is called `name` too.
  const std::string &wanted = name;
#define ROWLOCK_INT(section, name, default, min, max, unit, doc)               \
  if (wanted == #name)                                                         \
    return setNumber(target.name, #name, value, min, max, "an integer");
#define ROWLOCK_REAL(section, name, default, min, max, unit, doc)              \
  if (wanted == #name)                                                         \
    return setNumber(target.name, #name, value, min, max, "a number");
#define ROWLOCK_CHOICE(section, name, default, choices, doc)                   \
  if (wanted == #name) {                                                       \
    if (!isChoice(choices, value))                                             \
      return Status::error(#name " '" + value + "' is not one of " choices);   \
    target.name = value;                                                       \
    return Status::ok();                                                       \
  }
#define ROWLOCK_TEXT(section, name, default, doc)                              \
  if (wanted == #name) {                                                       \
    for (unsigned char c : value)                                              \
      if (c < 0x20 || c == 0x7f)                                               \
        return Status::error(#name " holds a control character");              \
    target.name = value;                                                       \
    return Status::ok();                                                       \
  }
#include "rowlock/Target/TargetFields.def"
  return Status::error("unknown target field '" + wanted + "'");
}

uint64_t rowlock::hashTarget(const TargetSpec &target) {
  uint64_t hash = 0xcbf29ce484222325u;
  auto add = [&](const std::string &text) {
    for (unsigned char c : text)
      hash = (hash ^ c) * 0x100000001b3u;
    hash = hash * 0x100000001b3u; // A zero byte ends each text.
  };
  for (const TargetField &field : targetFields()) {
    add(field.name);
    add(getTargetField(target, field));
  }
  return hash;
}
