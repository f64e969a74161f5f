//===- FuzzerEntry.cpp - What libFuzzer calls -----------------------------===//
#include "Target.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  rowlock::runInput(data, size, rowlock::Depth::Fuzz);
  return 0;
}
