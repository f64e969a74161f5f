//===- FilterStream.cpp - Filters from the link to the spads --------------===//
#include "FilterStream.h"

#include <algorithm>
#include <cmath>

using namespace rowlock;

/// Network cycles of a block whose words fit beside what the spads hold.
int64_t FilterStream::cyclesAhead(const Waiting &block) const {
  if (!takesAhead || block.delivery->frame() != frame || gathering)
    return 0;
  return held ? block.delivery->cyclesBeside(*held) : block.delivery->cycles();
}

/// How much of the next block the spads have room for.
void FilterStream::measure() {
  ahead = 0;
  if (blocks.empty())
    return;
  const Waiting &block = blocks.front();
  if (int64_t cycles = cyclesAhead(block))
    ahead = block.recordBytes + double(block.delivery->wordBytes() *
                                       block.delivery->wordsIn(cycles));
}

double FilterStream::limit() const { return taken + ahead + capacity; }

void FilterStream::begin(const Block &block) {
  double next = end + std::ceil(block.bytes() / linkBytes) * linkBytes;
  blocks.push_back({block, end, next});
  end = next;
  measure();
}

void FilterStream::configure(int64_t next, double now) {
  frame = next;
  held = nullptr;
  heldSince = now;
  measure();
}

int64_t FilterStream::gather(double now) {
  const Waiting &block = blocks.front();
  // What has come, had room in the spads, and time on the network.
  double came = streamed - block.begin - block.recordBytes;
  int64_t cycles =
      std::min({cyclesAhead(block),
                block.delivery->cyclesOf(
                    std::max(0.0, came / double(block.delivery->wordBytes()))),
                int64_t(now - heldSince)});
  gathering = true;
  taken = block.end;
  measure();
  return block.delivery->cycles() - cycles;
}

void FilterStream::hold(double now) {
  held = blocks.front().delivery;
  heldSince = now;
  blocks.pop_front();
  gathering = false;
  measure();
}
