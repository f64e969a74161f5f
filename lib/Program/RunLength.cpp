//===- RunLength.cpp - The run-length code of feature maps ----------------===//
#include "rowlock/Program/RunLength.h"

#include <algorithm>
#include <string>

using namespace rowlock;

static constexpr int64_t mostRun = 31;
static constexpr uint64_t lastWord = uint64_t(1) << 63;

static uint64_t levelMask(int64_t bits) { return (uint64_t(1) << bits) - 1; }

namespace {

/// Collects pairs into words.
class PairWriter {
public:
  explicit PairWriter(int64_t bits) : bits(bits) {}
  void add(int64_t run, int64_t level) {
    if (pairs % runPairsPerWord(bits) == 0)
      words.push_back(0);
    int64_t place = pairs % runPairsPerWord(bits) * (5 + bits);
    uint64_t pair = uint64_t(run) | (uint64_t(level) & levelMask(bits)) << 5;
    words.back() |= pair << place;
    ++pairs;
  }
  std::vector<uint64_t> finish() {
    if (words.empty())
      words.push_back(0);
    words.back() |= lastWord;
    return std::move(words);
  }

private:
  int64_t bits, pairs = 0;
  std::vector<uint64_t> words;
};

} // namespace

std::vector<uint64_t> rowlock::encodeRuns(const std::vector<int64_t> &values,
                                          int64_t bits) {
  PairWriter writer(bits);
  int64_t run = 0;
  for (int64_t value : values) {
    if ((uint64_t(value) & levelMask(bits)) == 0) {
      // (31, 0) stands for 32 zeros: 31 and the level itself.
      if (++run > mostRun) {
        writer.add(mostRun, 0);
        run = 0;
      }
      continue;
    }
    writer.add(run, value);
    run = 0;
  }
  if (run)
    writer.add(run - 1, 0);
  return writer.finish();
}

Result<std::vector<int64_t>>
rowlock::decodeRuns(const std::vector<uint64_t> &words, size_t count,
                    int64_t bits, bool isSigned) {
  std::vector<int64_t> values;
  for (size_t w = 0; w < words.size(); ++w) {
    bool last = words[w] & lastWord;
    if (last != (w + 1 == words.size()))
      return Status::error("the code ends at word " + std::to_string(w) +
                           " of " + std::to_string(words.size()));
    for (int64_t k = 0; k < runPairsPerWord(bits); ++k) {
      if (values.size() == count) {
        // What is left of the last word is filling.
        if (words[w] << 1 >> 1 >> (k * (5 + bits)))
          return Status::error("the code goes on behind its " +
                               std::to_string(count) + " values");
        continue;
      }
      uint64_t pair = words[w] >> (k * (5 + bits));
      size_t run = pair & 31;
      int64_t level = int64_t(pair >> 5 & levelMask(bits));
      if (isSigned && level >> (bits - 1))
        level -= int64_t(1) << bits;
      if (run + 1 > count - values.size())
        return Status::error("the code goes on behind its " +
                             std::to_string(count) + " values");
      values.insert(values.end(), run, 0);
      values.push_back(level);
    }
  }
  if (values.size() != count)
    return Status::error("the code holds " + std::to_string(values.size()) +
                         " values instead of " + std::to_string(count));
  return values;
}

int64_t rowlock::runWords(const std::vector<int64_t> &values, int64_t bits) {
  int64_t pairs = 0, run = 0;
  for (int64_t value : values) {
    if ((uint64_t(value) & levelMask(bits)) == 0) {
      ++run;
      continue;
    }
    pairs += 1 + run / 32;
    run = 0;
  }
  pairs += (run + 31) / 32;
  return std::max<int64_t>(1, (pairs + runPairsPerWord(bits) - 1) /
                                  runPairsPerWord(bits));
}

int64_t rowlock::mostRunWords(int64_t count, int64_t bits) {
  int64_t pairs = runPairsPerWord(bits);
  return std::max<int64_t>(1, (count + pairs - 1) / pairs);
}
