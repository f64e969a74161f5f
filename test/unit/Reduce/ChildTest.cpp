//===- ChildTest.cpp ------------------------------------------------------===//
#include "rowlock/Reduce/Child.h"

#include <gtest/gtest.h>

#include <chrono>
#include <csignal>
#include <cstdlib>

#include <unistd.h>

using namespace rowlock;

constexpr ChildLimits kLimits = {20, 0};

static ChildResult shell(const std::string &script,
                         const ChildLimits &limits = kLimits) {
  auto ran = runChild({"sh", "-c", script}, limits);
  EXPECT_TRUE(bool(ran));
  return ran ? *ran : ChildResult();
}

TEST(Child, EndsWithItsExitCode) {
  EXPECT_EQ(shell("exit 0").exitCode, 0);
  EXPECT_EQ(shell("exit 7").exitCode, 7);
  EXPECT_EQ(shell("exit 7").signal, 0);
}

TEST(Child, EndsByASignal) {
  EXPECT_EQ(shell("kill -SEGV $$").signal, SIGSEGV);
}

TEST(Child, WordsAreKeptOutputIsNot) {
  EXPECT_EQ(shell("echo out; echo words >&2").errors, "words\n");
}

TEST(Child, EndlessWordsDoNotFillMemory) {
  ChildResult ran = shell("yes >&2", {0.3, 0});
  EXPECT_TRUE(ran.timedOut);
  EXPECT_EQ(ran.errors.size(), size_t(64) << 10);
}

TEST(Child, WhatItStartedEndsWithIt) {
  auto began = std::chrono::steady_clock::now();
  ChildResult ran = shell("sleep 30 & sleep 30", {0.3, 0});
  EXPECT_TRUE(ran.timedOut);
  // One that ends by itself leaves nobody behind who holds the pipe.
  EXPECT_EQ(shell("sleep 30 & exit 3").exitCode, 3);
  EXPECT_LT(std::chrono::steady_clock::now() - began, std::chrono::seconds(10));
}

TEST(Child, IsStopped) {
  auto ran = runChild({"sleep", "30"}, kLimits, [] { return true; });
  ASSERT_TRUE(bool(ran));
  EXPECT_TRUE(ran->stopped);
}

TEST(Child, RunsAFunction) {
  auto ran = runChild(
      [] {
        [[maybe_unused]] ssize_t said = write(STDERR_FILENO, "here", 4);
        return 5;
      },
      kLimits);
  ASSERT_TRUE(bool(ran));
  EXPECT_EQ(ran->exitCode, 5);
  EXPECT_EQ(ran->errors, "here");
  auto crashed = runChild([]() -> int { std::abort(); }, kLimits);
  ASSERT_TRUE(bool(crashed));
  EXPECT_EQ(crashed->signal, SIGABRT);
}

TEST(Child, NoSuchCommand) {
  auto ran = runChild({"no-such-command"}, kLimits);
  ASSERT_TRUE(bool(ran));
  EXPECT_EQ(ran->exitCode, 127);
  EXPECT_NE(ran->errors.find("no-such-command"), std::string::npos);
}
