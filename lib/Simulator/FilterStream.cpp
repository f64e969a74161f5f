//===- FilterStream.cpp - Filters from the link to the spads --------------===//
#include "FilterStream.h"

using namespace rowlock;

/// Rounds of a block that fit beside what the spads hold.
int64_t FilterStream::roundsAhead(const Waiting &block) const {
  if (block.configuration != configuration || gathering)
    return 0;
  return held ? block.delivery->roundsBeside(*held) : block.delivery->rounds();
}

/// How much of the next block the spads have room for.
void FilterStream::measure() {
  ahead = 0;
  if (blocks.empty())
    return;
  if (int64_t rounds = roundsAhead(blocks.front()))
    ahead = bytesOf(blocks.front(), rounds);
}

double FilterStream::limit() const { return taken + ahead + capacity; }

void FilterStream::begin(const Block &block) {
  blocks.push_back({block, end, end + block.bytes()});
  end += block.bytes();
  measure();
}

void FilterStream::configure(const ArrayConfiguration &next, double now) {
  configuration = &next;
  held = nullptr;
  heldSince = now;
  measure();
}

int64_t FilterStream::gather(double now) {
  const Waiting &block = blocks.front();
  // What has come, and what the network had time for while the spads had room.
  int64_t rounds = roundsAhead(block);
  double came = streamed - block.begin;
  while (rounds > 0 && bytesOf(block, rounds) > came)
    --rounds;
  const int64_t all = block.delivery->cyclesFrom(0);
  while (rounds > 0 &&
         double(all - block.delivery->cyclesFrom(rounds)) > now - heldSince)
    --rounds;
  gathering = true;
  taken = block.end;
  measure();
  return block.delivery->cyclesFrom(rounds);
}

void FilterStream::hold(double now) {
  held = blocks.front().delivery;
  heldSince = now;
  blocks.pop_front();
  gathering = false;
  measure();
}
