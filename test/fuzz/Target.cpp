//===- Target.cpp - Checks of all targets ---------------------------------===//
#include "Target.h"

#include <cstdio>
#include <cstdlib>

using namespace rowlock;

void rowlock::check(bool holds, const char *what, const std::string &why) {
  if (holds)
    return;
  std::fprintf(stderr, "%s: %s\n", what, why.c_str());
  std::abort();
}

void rowlock::checkError(const std::string &message) {
  check(message.find('\n') == std::string::npos, "error of lines", message);
  check(message.find("fuzz") != std::string::npos, "error without a name",
        message);
}

#if __has_feature(address_sanitizer)
/// LLVM's libraries are not instrumented: they poison pools that ours read.
extern "C" const char *__asan_default_options() {
  return "allow_user_poisoning=0";
}
#endif
