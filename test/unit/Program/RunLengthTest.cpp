//===- RunLengthTest.cpp - Code blocks of feature maps --------------------===//
#include "rowlock/Program/RunLength.h"

#include <gtest/gtest.h>

#include <random>

using namespace rowlock;

using Values = std::vector<int64_t>;

TEST(RunLength, ByHand) {
  // Two zeros and 5; 3; 33 zeros: (31, 0) and one more.
  Values values = {0, 0, 5, 3};
  values.resize(4 + 33, 0);
  std::vector<uint64_t> words = encodeRuns(values, 16);
  uint64_t first =
      uint64_t(2 | 5 << 5) | uint64_t(3 << 5) << 21 | uint64_t(31) << 42;
  EXPECT_EQ(words, (std::vector<uint64_t>{first, uint64_t(1) << 63}));
  auto back = decodeRuns(words, values.size(), 16, true);
  ASSERT_TRUE(back) << back.message();
  EXPECT_EQ(*back, values);
}

TEST(RunLength, RandomBlocksComeBack) {
  std::mt19937 random(1);
  for (int k = 0; k < 2000; ++k) {
    int64_t bits = random() % 2 ? 16 : 8;
    bool isSigned = random() % 2;
    Values values(random() % 300);
    unsigned density = random() % 101;
    int64_t low = isSigned ? -(int64_t(1) << (bits - 1)) : 0;
    for (int64_t &value : values)
      if (random() % 100 < density)
        value = low + int64_t(random() % (1u << bits));
    std::vector<uint64_t> words = encodeRuns(values, bits);
    EXPECT_EQ(int64_t(words.size()), runWords(values, bits));
    EXPECT_LE(int64_t(words.size()),
              mostRunWords(int64_t(values.size()), bits));
    auto back = decodeRuns(words, values.size(), bits, isSigned);
    ASSERT_TRUE(back) << back.message();
    EXPECT_EQ(*back, values);
  }
}

TEST(RunLength, ClosedForm) {
  // 64 zeros before a value are two pairs more, at the end two pairs.
  Values before(64, 0), behind(65, 0), tail(66, 0);
  before.push_back(1);
  EXPECT_EQ(runWords(before, 16), 1); // 3 pairs
  EXPECT_EQ(runWords(behind, 16), 1); // 3 pairs
  behind.resize(97, 0);
  EXPECT_EQ(runWords(behind, 16), 2); // 4 pairs
  EXPECT_EQ(runWords({}, 16), 1);
  EXPECT_EQ(runWords(Values(9, 7), 16), 3);
  EXPECT_EQ(runWords(Values(9, 7), 8), 3);
  EXPECT_EQ(mostRunWords(9, 8), 3);
  EXPECT_EQ(runPairsPerWord(16), 3);
  EXPECT_EQ(runPairsPerWord(8), 4);
}

TEST(RunLength, RefusesDamage) {
  Values values(40, 3);
  std::vector<uint64_t> words = encodeRuns(values, 16);
  EXPECT_FALSE(decodeRuns(words, 39, 16, true));
  EXPECT_FALSE(decodeRuns(words, 43, 16, true));
  std::vector<uint64_t> cut(words.begin(), words.end() - 1);
  EXPECT_FALSE(decodeRuns(cut, 40, 16, true));
  words.push_back(0);
  EXPECT_FALSE(decodeRuns(words, 40, 16, true));
  EXPECT_FALSE(decodeRuns({}, 1, 16, true));
  // A run that reaches behind the end.
  EXPECT_FALSE(decodeRuns({31 | uint64_t(1) << 63}, 4, 16, true));
}
