//===- LineReader.cpp - Values of one line of program text ----------------===//

#include "LineReader.h"

#include "rowlock/Program/DeadlockCheck.h"

#include <cstring>

using namespace rowlock;

static bool isWord(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         (c >= '0' && c <= '9') || c == '_';
}

static int hexValue(char c) {
  return c >= '0' && c <= '9'   ? c - '0'
         : c >= 'a' && c <= 'f' ? c - 'a' + 10
                                : -1;
}

bool LineReader::atEnd() {
  skipSpaces();
  return at == end || *at == '#';
}

bool LineReader::take(char c) {
  skipSpaces();
  if (at == end || *at != c)
    return false;
  ++at;
  return true;
}

Status LineReader::expect(char c) {
  if (take(c))
    return Status::ok();
  return Status::error(std::string("expected '") + c + "'");
}

Status LineReader::word(std::string &result) {
  skipSpaces();
  const char *begin = at;
  while (at < end && isWord(*at))
    ++at;
  if (at == begin)
    return Status::error("expected a name");
  result.assign(begin, at);
  return Status::ok();
}

Status LineReader::hexadecimal(std::vector<uint8_t> &result) {
  skipSpaces();
  while (at < end && hexValue(*at) >= 0) {
    if (end - at < 2 || hexValue(at[1]) < 0)
      return Status::error("an odd number of hexadecimal digits");
    result.push_back(uint8_t(hexValue(at[0]) << 4 | hexValue(at[1])));
    at += 2;
  }
  return Status::ok();
}

Status LineReader::read(bool &value) {
  std::string name;
  if (Status status = word(name); !status)
    return status;
  if (name != "true" && name != "false")
    return Status::error("expected true or false");
  value = name == "true";
  return Status::ok();
}

Status LineReader::read(float &value) {
  skipSpaces();
  if (end - at > 2 && at[0] == '0' && at[1] == 'x') {
    uint32_t bits;
    auto [next, error] = std::from_chars(at + 2, end, bits, 16);
    if (error != std::errc())
      return Status::error("expected the bits of a number");
    std::memcpy(&value, &bits, sizeof value);
    at = next;
    return Status::ok();
  }
  auto [next, error] = std::from_chars(at, end, value);
  if (error != std::errc())
    return Status::error("expected a number");
  at = next;
  return Status::ok();
}

Status LineReader::read(std::string &value) {
  if (Status status = expect('"'); !status)
    return status;
  value.clear();
  for (; at < end && *at != '"'; ++at) {
    if (*at != '\\') {
      value += *at;
      continue;
    }
    if (++at == end)
      break;
    if (*at != 'x') {
      value += *at;
      continue;
    }
    if (end - at < 3 || hexValue(at[1]) < 0 || hexValue(at[2]) < 0)
      return Status::error("expected two hexadecimal digits after \\x");
    value += char(hexValue(at[1]) << 4 | hexValue(at[2]));
    at += 2;
  }
  if (at == end)
    return Status::error("a string is not closed");
  ++at;
  return Status::ok();
}

Status LineReader::read(fb::AffineT &value) {
  skipSpaces();
  for (bool first = true; first || (at < end && (*at == '+' || *at == '-'));
       first = false) {
    if (at < end && *at == '+')
      ++at;
    int64_t number;
    if (Status status = integer(number); !status)
      return status;
    if (end - at < 2 || at[0] != '*' || at[1] != 'i') {
      value.base = number;
      continue;
    }
    at += 2;
    uint32_t loop;
    if (Status status = integer(loop); !status)
      return status;
    if (loop >= maxLoopDepth)
      return Status::error("loop i" + std::to_string(loop) + " is not below " +
                           std::to_string(maxLoopDepth));
    if (value.strides.size() <= loop)
      value.strides.resize(loop + 1);
    value.strides[loop] = number;
  }
  return Status::ok();
}

Status LineReader::read(fb::CountT &value) {
  skipSpaces();
  bool several = end - at >= 4 && std::strncmp(at, "min(", 4) == 0;
  if (several)
    at += 4;
  if (several && take(')'))
    return Status::ok();
  do {
    value.terms.push_back(std::make_unique<fb::AffineT>());
    if (Status status = read(*value.terms.back()); !status)
      return status;
  } while (several && take(','));
  return several ? expect(')') : Status::ok();
}
