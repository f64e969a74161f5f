//===- Values.h - Affine values, counts, addresses --------------*- C++ -*-===//
//
// What the values of commands are at given loop indices
// (docs/spec/execution.md, "Loops and values"). `indices[d]` is the index of
// the d-th enclosing loop, 0 the outermost; `depth` is how many there are. In a
// loaded program nothing here can overflow.
//
//===----------------------------------------------------------------------===//
#ifndef ROWLOCK_PROGRAM_VALUES_H
#define ROWLOCK_PROGRAM_VALUES_H

#include "rowlock/Program/program_generated.h"

#include <algorithm>
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <string>

namespace rowlock {

/// A FlatBuffers vector to iterate over; an absent one is empty.
template <typename T> class Items {
public:
  explicit Items(const flatbuffers::Vector<T> *vector) : vector(vector) {}
  size_t size() const { return vector ? vector->size() : 0; }
  bool empty() const { return size() == 0; }
  auto operator[](size_t i) const {
    assert(i < size() && "index");
    return vector->Get(static_cast<flatbuffers::uoffset_t>(i));
  }
  auto begin() const { return Iterator{this, 0}; }
  auto end() const { return Iterator{this, size()}; }

private:
  struct Iterator {
    const Items *items;
    size_t at;
    auto operator*() const { return (*items)[at]; }
    Iterator &operator++() {
      ++at;
      return *this;
    }
    bool operator!=(const Iterator &other) const { return at != other.at; }
  };
  const flatbuffers::Vector<T> *vector;
};

template <typename T> Items<T> items(const flatbuffers::Vector<T> *vector) {
  return Items<T>(vector);
}

/// The text of a string; an absent one is empty.
inline std::string text(const flatbuffers::String *string) {
  return string ? string->str() : std::string();
}

/// `text` in single quotes on one line: control characters become '?'.
inline std::string quoted(const std::string &text) {
  std::string result = "'";
  for (unsigned char c : text)
    result += c < 0x20 || c == 0x7f ? '?' : char(c);
  return result + "'";
}

/// `base + sum stride[d] * indices[d]`; an absent value is 0.
inline int64_t evaluate(const fb::Affine *affine, const int64_t *indices,
                        size_t depth) {
  if (!affine)
    return 0;
  int64_t value = affine->base();
  if (const auto *strides = affine->strides()) {
    assert(strides->size() <= depth && "more strides than loops");
    for (flatbuffers::uoffset_t d = 0; d < strides->size(); ++d)
      value += strides->Get(d) * indices[d];
  }
  return value;
}

/// The least of the terms. 0 or less makes the command void.
inline int64_t evaluate(const fb::Count *count, const int64_t *indices,
                        size_t depth) {
  assert(count && count->terms() && count->terms()->size() && "empty count");
  int64_t least = INT64_MAX;
  for (const fb::Affine *term : *count->terms())
    least = std::min(least, evaluate(term, indices, depth));
  return least;
}

/// An address at given indices, still to be asked for the rows of a box.
struct Place {
  int64_t affine = 0;
  int64_t term = 0;
  int64_t modulus = 0; // 0: none
  bool ring = false;

  /// The word where row `row` of a box starts, rows being `pitch` words apart.
  int64_t row(int64_t row, int64_t pitch) const {
    if (modulus <= 0)
      return affine + row * pitch;
    if (ring)
      return affine + wrap(term + row * pitch);
    return affine + wrap(term) + row * pitch;
  }
  /// The word where the box starts.
  int64_t start() const { return row(0, 0); }

private:
  int64_t wrap(int64_t value) const {
    int64_t rest = value % modulus;
    return rest < 0 ? rest + modulus : rest;
  }
};

/// An absent address is 0.
inline Place evaluate(const fb::Address *address, const int64_t *indices,
                      size_t depth) {
  Place place;
  if (!address)
    return place;
  place.affine = evaluate(address->affine(), indices, depth);
  if (address->least())
    place.affine =
        std::min(place.affine, evaluate(address->least(), indices, depth));
  place.term = evaluate(address->term(), indices, depth);
  place.modulus = address->modulus();
  place.ring = address->ring();
  return place;
}

} // namespace rowlock

#endif // ROWLOCK_PROGRAM_VALUES_H
