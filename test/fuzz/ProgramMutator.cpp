//===- ProgramMutator.cpp - Programs with a few fields changed ------------===//
//
// What the fuzzer tries next: a program is taken apart, some of its fields are
// changed, and it is put together again. Flipped bytes would seldom get past
// the FlatBuffers verifier; they are tried now and then all the same.
//
//===----------------------------------------------------------------------===//
#include "Fields.h"

#include "rowlock/Program/FrameLayout.h"
#include "rowlock/Program/ProgramWriter.h"

#include <limits>
#include <random>

using namespace rowlock;

extern "C" size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t maxSize);

namespace {

/// Visits every place that can be changed and changes the one with the number
/// `chosen`.
class Mutator {
public:
  Mutator(std::mt19937 &random, size_t chosen)
      : random(random), chosen(chosen) {}
  size_t places = 0; // visited so far

  template <typename T> void table(T &object) {
    visitFields<T>([&](const char *, auto member) { value(object.*member); });
  }

private:
  bool here() { return places++ == chosen; }
  int64_t pick(int64_t count) { return int64_t(random() % uint64_t(count)); }

  /// Near the old value, or where bounds are likely to be.
  template <typename T> T otherNumber(T old) {
    int64_t shift = pick(int64_t(sizeof(T)) * 8);
    switch (pick(9)) {
    case 0:
      return T(uint64_t(old) + 1);
    case 1:
      return T(uint64_t(old) - 1);
    case 2:
      return T(0 - uint64_t(old));
    case 3:
      return T(uint64_t(old) * 2);
    case 4:
      return T(old / 2);
    case 5:
      return T((uint64_t(1) << shift) - uint64_t(pick(2)));
    case 6:
      return T(0 - (uint64_t(1) << shift));
    case 7:
      return T(uint64_t(old) ^ uint64_t(1) << shift);
    default:
      return T(pick(16));
    }
  }

  template <typename T> void value(T &number) {
    if (!here())
      return;
    if constexpr (std::is_enum_v<T>)
      number = T(pick(20));
    else if constexpr (std::is_same_v<T, bool>)
      number = !number;
    else if constexpr (std::is_floating_point_v<T>)
      number = pick(4) ? T(pick(64)) / 8 : std::numeric_limits<T>::quiet_NaN();
    else
      number = otherNumber(number);
  }
  void value(std::string &text) {
    if (!here())
      return;
    if (!text.empty() && pick(2))
      text[size_t(pick(int64_t(text.size())))] =
          pick(4) ? char('0' + pick(10)) : char(pick(128));
    else
      text = std::to_string(pick(64));
  }
  void value(std::vector<uint8_t> &bytes) {
    if (here() && !bytes.empty())
      bytes[size_t(pick(int64_t(bytes.size())))] = uint8_t(random());
  }
  template <typename T> void value(std::unique_ptr<T> &object) {
    if (here()) {
      object = object ? nullptr : std::make_unique<T>();
      return;
    }
    if (object)
      table(*object);
  }
  template <typename T> void value(std::vector<T> &list) {
    if (here()) {
      changeLength(list);
      return;
    }
    for (T &element : list)
      if constexpr (isObject<T>)
        table(*element);
      else
        value(element);
  }
  void value(fb::OperationUnion &operation) {
    visitOperation(operation, [&](auto &object) { table(object); });
  }

  template <typename T> static constexpr bool isObject = false;
  template <typename T>
  static constexpr bool isObject<std::unique_ptr<T>> = true;

  template <typename T> static T copyOf(const T &value) { return value; }
  template <typename T>
  static std::unique_ptr<T> copyOf(const std::unique_ptr<T> &object) {
    return std::make_unique<T>(*object);
  }
  template <typename T> static T make() {
    if constexpr (isObject<T>)
      return std::make_unique<typename T::element_type>();
    else
      return T();
  }
  template <typename T> void changeLength(std::vector<T> &list) {
    if (list.empty()) {
      list.push_back(make<T>());
      return;
    }
    auto at = list.begin() + pick(int64_t(list.size()));
    auto other = list.begin() + pick(int64_t(list.size()));
    switch (pick(3)) {
    case 0:
      list.erase(at);
      break;
    case 1:
      list.insert(at, copyOf(*other));
      break;
    default:
      std::iter_swap(at, other);
    }
  }

  std::mt19937 &random;
  size_t chosen;
};

} // namespace

static void mutateField(fb::ProgramT &program, std::mt19937 &random) {
  Mutator counter(random, SIZE_MAX);
  counter.table(program);
  Mutator(random, random() % counter.places).table(program);
}

/// A field of a frame, so that it stays within its range.
static void mutateFrame(fb::ProgramT &program, std::mt19937 &random) {
  TargetSpec target;
  for (const auto &value : program.target->values)
    if (!setTargetField(target, value->name, value->value))
      return;
  if (program.frames.empty() || !validateTarget(target))
    return;
  auto &words = program.frames[random() % program.frames.size()]->words;
  FrameLayout layout(target);
  auto values = decodeFrame(layout, words.data(), words.size());
  if (!values)
    return;
  const FrameField &field = layout.fields()[random() % layout.fields().size()];
  int64_t *element = values->scalar(field.name);
  if (!element)
    element = &(*values->vector(field.name))[random() % field.count];
  int64_t range = field.max - field.min + 1;
  int64_t near = *element + (random() % 2 ? 1 : -1);
  *element = random() % 2 ? std::clamp(near, field.min, field.max)
                          : field.min + int64_t(random() % uint64_t(range));
  if (auto changed = encodeFrame(layout, *values))
    words = *changed;
}

/// The writer's sizes are multiples of 8. All others are left to bytes: vectors
/// in them may lie askew, which the verifier does not see.
static size_t mutateBytes(uint8_t *data, size_t size, size_t maxSize) {
  size = LLVMFuzzerMutate(data, size, maxSize - 1);
  if (size % 8 == 0)
    data[size++] = 0;
  return size;
}

extern "C" size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size,
                                          size_t maxSize, unsigned seed) {
  std::mt19937 random(seed);
  flatbuffers::Verifier verifier(data, size);
  if (random() % 32 == 0 || size % 8 != 0 || !fb::VerifyProgramBuffer(verifier))
    return mutateBytes(data, size, maxSize);
  fb::ProgramT program;
  fb::GetProgram(data)->UnPackTo(&program);
  for (size_t changes = 1 + random() % 3; changes > 0; --changes)
    if (random() % 4 == 0 && program.target)
      mutateFrame(program, random);
    else
      mutateField(program, random);
  auto bytes = serialize(program);
  if (!bytes || bytes->size() > maxSize)
    return mutateBytes(data, size, maxSize);
  std::copy(bytes->begin(), bytes->end(), data);
  return bytes->size();
}
