//===- DeltaDebuggingTest.cpp ---------------------------------------------===//
#include "rowlock/Reduce/DeltaDebugging.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <set>

using namespace rowlock;

static bool hasAll(const std::vector<size_t> &kept,
                   const std::set<size_t> &needed) {
  return std::includes(kept.begin(), kept.end(), needed.begin(), needed.end());
}

TEST(DeltaDebugging, FindsWhatIsNeeded) {
  std::mt19937 random(1);
  for (int round = 0; round < 200; ++round) {
    size_t count = random() % 40;
    std::set<size_t> needed;
    for (size_t k = 0; count && k < random() % 5; ++k)
      needed.insert(random() % count);
    auto kept = deltaDebug(count, [&](const std::vector<size_t> &candidate) {
      return hasAll(candidate, needed);
    });
    EXPECT_EQ(std::set<size_t>(kept.begin(), kept.end()), needed);
  }
}

TEST(DeltaDebugging, NoSingleItemCanGo) {
  // An even number of items: pairs go, single ones never.
  auto even = [](const std::vector<size_t> &candidate) {
    return candidate.size() % 2 == 0 && candidate.size() >= 2;
  };
  std::vector<size_t> kept = deltaDebug(16, even);
  EXPECT_EQ(kept.size() % 2, 0u);
  EXPECT_TRUE(std::is_sorted(kept.begin(), kept.end()));
}

TEST(DeltaDebugging, TakesFewTestsForOneItem) {
  int tests = 0;
  deltaDebug(1024, [&](const std::vector<size_t> &candidate) {
    ++tests;
    return hasAll(candidate, {700});
  });
  EXPECT_LE(tests, 40);
}

TEST(DeltaDebugging, NothingIsKeptWhereNothingIsNeeded) {
  auto always = [](const std::vector<size_t> &) { return true; };
  EXPECT_TRUE(deltaDebug(7, always).empty());
  EXPECT_TRUE(deltaDebug(0, always).empty());
}
