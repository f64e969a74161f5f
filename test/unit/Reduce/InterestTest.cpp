//===- InterestTest.cpp ---------------------------------------------------===//
#include "rowlock/Reduce/Interest.h"

#include <gtest/gtest.h>

#include <csignal>

using namespace rowlock;

static ChildResult ended(int exitCode, std::string errors = "") {
  ChildResult run;
  run.exitCode = exitCode;
  run.errors = std::move(errors);
  return run;
}

static ChildResult killed(int signal, std::string errors = "") {
  ChildResult run = ended(0, std::move(errors));
  run.signal = signal;
  return run;
}

static ChildResult timedOut() {
  ChildResult run;
  run.timedOut = true;
  return run;
}

TEST(Interest, Crashes) {
  EXPECT_TRUE(Interest(Symptom::Crash).isShownBy(killed(SIGSEGV), "f"));
  EXPECT_TRUE(Interest(Symptom::Crash).isShownBy(ended(2), "f"));
  for (int code : {0, 1, 126, 127})
    EXPECT_FALSE(Interest(Symptom::Crash).isShownBy(ended(code), "f"));
  EXPECT_FALSE(Interest(Symptom::Crash).isShownBy(timedOut(), "f"));
}

TEST(Interest, ACrashIsPinnedByItsAssertion) {
  Interest interest(Symptom::Crash);
  EXPECT_TRUE(interest.isShownBy(
      killed(SIGABRT, "Pool.cpp:12: f: Assertion `a < b' failed."), "f"));
  EXPECT_TRUE(interest.isShownBy(
      killed(SIGABRT, "Pool.cpp:345: f: Assertion `a < b' failed."), "f"));
  EXPECT_FALSE(interest.isShownBy(
      killed(SIGABRT, "Pool.cpp:12: f: Assertion `c' failed."), "f"));
  EXPECT_FALSE(interest.isShownBy(killed(SIGSEGV), "f"));
}

TEST(Interest, AnErrorIsPinnedByItsWords) {
  Interest interest(Symptom::Error);
  EXPECT_TRUE(interest.isShownBy(
      ended(1, "dir/f:3:4: error: group 3 does not divide 8\n"), "dir/f"));
  EXPECT_TRUE(interest.isShownBy(
      ended(1, "dir/f:1:1: error: group 13 does not divide 64\n"), "dir/f"));
  EXPECT_FALSE(interest.isShownBy(ended(1, "dir/f:1:1: error: the rank is 3\n"),
                                  "dir/f"));
  EXPECT_FALSE(interest.isShownBy(ended(1), "dir/f"));
  EXPECT_FALSE(interest.isShownBy(ended(0, "error"), "dir/f"));
}

TEST(Interest, APatternDecidesAlone) {
  Interest interest(Symptom::Error, "group [0-9]");
  EXPECT_TRUE(interest.isShownBy(ended(1, "x: group 3 is odd"), "f"));
  EXPECT_TRUE(interest.isShownBy(ended(1, "y: group 3 divides"), "f"));
  EXPECT_FALSE(interest.isShownBy(ended(1, "group"), "f"));
  EXPECT_FALSE(bool(Interest(Symptom::Error, "(").check()));
  EXPECT_TRUE(bool(interest.check()));
}

TEST(Interest, Divergences) {
  Interest interest(Symptom::Divergence);
  EXPECT_TRUE(interest.isShownBy(
      ended(1, "m: image 0: expected 1, the program makes 2"), "f"));
  EXPECT_TRUE(interest.isShownBy(
      ended(1, "result 0: expected 1, the passes make 2"), "f"));
  EXPECT_FALSE(interest.isShownBy(ended(1, "m: is no model"), "f"));
  EXPECT_FALSE(interest.isShownBy(killed(SIGSEGV), "f"));
}

TEST(Interest, HangsAndScripts) {
  EXPECT_TRUE(Interest(Symptom::Hang).isShownBy(timedOut(), "f"));
  EXPECT_FALSE(Interest(Symptom::Hang).isShownBy(ended(0), "f"));
  EXPECT_TRUE(Interest(Symptom::Script).isShownBy(ended(0), "f"));
  EXPECT_FALSE(Interest(Symptom::Script).isShownBy(ended(1), "f"));
}
