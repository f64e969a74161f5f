//===- MappingText.cpp - Mappings as text ---------------------------------===//

#include "Geometry.h"

#include <charconv>
#include <set>

using namespace rowlock;

static const char *const prefetchNames[] = {"none", "ring", "double"};

/// The sizes in the order in which they are printed.
static const std::pair<const char *, int64_t Mapping::*> sizes[] = {
    {"n", &Mapping::n}, {"m", &Mapping::m}, {"h", &Mapping::h},
    {"f", &Mapping::f}, {"c", &Mapping::c}, {"e", &Mapping::e},
    {"p", &Mapping::p}, {"q", &Mapping::q}, {"r", &Mapping::r},
    {"t", &Mapping::t}, {"g", &Mapping::g}};

std::string rowlock::printMapping(const Mapping &mapping) {
  std::string text;
  for (const auto &[name, field] : sizes)
    text += std::string(name) + "=" + std::to_string(mapping.*field) + " ";
  text += "order=";
  for (TileLoop loop : mapping.tileOrder)
    text += letterOf(loop);
  text += '/';
  for (PassLoop loop : mapping.passOrder)
    text += letterOf(loop);
  return text + " prefetch=" + prefetchNames[size_t(mapping.prefetch)];
}

/// Reads `letters` into a permutation of the loops 0 ... N-1.
template <typename Loop, size_t N>
static bool parseLoops(const std::string &letters, std::array<Loop, N> &order) {
  if (letters.size() != N)
    return false;
  std::set<char> seen;
  for (size_t i = 0; i < N; ++i) {
    size_t loop = 0;
    while (loop < N && letterOf(Loop(loop)) != letters[i])
      ++loop;
    if (loop == N || !seen.insert(letters[i]).second)
      return false;
    order[i] = Loop(loop);
  }
  return true;
}

static Status parseItem(Mapping &mapping, const std::string &key,
                        const std::string &value) {
  for (const auto &[name, field] : sizes)
    if (key == name) {
      const char *end = value.data() + value.size();
      auto [stop, error] = std::from_chars(value.data(), end, mapping.*field);
      if (error != std::errc() || stop != end)
        return Status::error("mapping has " + key + " '" + value +
                             "', not an integer");
      return Status::ok();
    }
  if (key == "order") {
    size_t slash = value.find('/');
    if (slash == std::string::npos ||
        !parseLoops(value.substr(0, slash), mapping.tileOrder) ||
        !parseLoops(value.substr(slash + 1), mapping.passOrder))
      return Status::error(
          "mapping has order '" + value +
          "', not a permutation of gmnhfc, '/' and one of cms");
    return Status::ok();
  }
  if (key == "prefetch") {
    for (size_t i = 0; i < 3; ++i)
      if (value == prefetchNames[i]) {
        mapping.prefetch = Prefetch(i);
        return Status::ok();
      }
    return Status::error("mapping has prefetch '" + value +
                         "', not none, ring or double");
  }
  return Status::error("mapping has unknown key '" + key + "'");
}

Result<Mapping> rowlock::parseMapping(const std::string &text) {
  Mapping mapping;
  std::set<std::string> seen;
  size_t at = 0;
  while ((at = text.find_first_not_of(' ', at)) != std::string::npos) {
    size_t end = std::min(text.find(' ', at), text.size());
    std::string item = text.substr(at, end - at);
    at = end;
    size_t equals = item.find('=');
    if (equals == std::string::npos)
      return Status::error("mapping has '" + item + "', not key=value");
    std::string key = item.substr(0, equals);
    if (!seen.insert(key).second)
      return Status::error("mapping has key '" + key + "' twice");
    if (Status status = parseItem(mapping, key, item.substr(equals + 1));
        !status)
      return status;
  }
  std::string missing;
  for (const auto &size : sizes)
    if (!seen.count(size.first))
      missing +=
          (missing.empty() ? "'" : ", '") + std::string(size.first) + "'";
  if (!missing.empty())
    return Status::error("mapping has no " + missing);
  return mapping;
}
