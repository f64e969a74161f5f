//===- CycleFilters.cpp - Filters, cycle by cycle -------------------------===//
#include "CycleFilters.h"

#include <algorithm>

using namespace rowlock;

void CycleFilters::begin(const ArrayConfiguration &configuration,
                         const PassCounts &counts, int64_t bytes) {
  const FrameValues &frame = configuration.frame;
  Block block;
  block.configuration = &configuration;
  block.wordBytes = target.operandBytes(configuration.mode16);
  block.width = target.filter_network_bits / 8 / block.wordBytes;
  for (int64_t set = 0; set < counts.groups * frame.t; ++set)
    for (int64_t r = 0; r < frame.r; ++r)
      for (int64_t i = 0; i < frame.filter_height; ++i) {
        int64_t filters =
            std::min(frame.p, counts.filters - set % frame.t * frame.p);
        int64_t channels = std::min(frame.q, counts.channels - r * frame.q);
        Row row;
        if (filters > 0 && channels > 0)
          row.words = filters * channels * frame.filter_width;
        for (const FilterTag &tag : configuration.filterTags)
          row.receivers +=
              tag.set == set && tag.channelSet == r && tag.row == i;
        block.rows.push_back(row);
      }
  int64_t words = 0;
  for (const Row &row : block.rows)
    words += row.words;
  block.records = bytes - words * block.wordBytes;
  block.toCome = bytes;
  block.queued = 0;
  blocks.push_back(std::move(block));
}

int64_t CycleFilters::rounds() const {
  int64_t most = 0;
  const Block &block = blocks.front();
  for (const Row &row : block.rows)
    most = std::max(most, (row.words + block.width - 1) / block.width);
  return most;
}

bool CycleFilters::wants(int64_t linkBytes) const {
  return !blocks.empty() && blocks.back().toCome > 0 &&
         fifo + std::min(linkBytes, blocks.back().toCome) <= capacity;
}

void CycleFilters::receive(int64_t linkBytes) {
  Block &block = blocks.back();
  int64_t bytes = std::min(linkBytes, block.toCome);
  block.toCome -= bytes;
  block.queued += bytes;
  fifo += bytes;
}

void CycleFilters::configure(const ArrayConfiguration &next) {
  configuration = &next;
  held.clear();
}

void CycleFilters::take() {
  held = std::move(blocks.front().rows);
  blocks.pop_front();
}

/// The next network word of the first block, if it is there and has room.
void CycleFilters::step() {
  if (blocks.empty())
    return;
  Block &block = blocks.front();
  if (block.configuration != configuration || delivered())
    return;
  // Records leave on a path of their own.
  int64_t records = std::min(block.records, block.queued);
  block.records -= records;
  block.queued -= records;
  fifo -= records;
  if (block.records > 0)
    return;
  const Row &row = block.rows[block.row];
  int64_t first = block.round * block.width;
  int64_t count = std::min(block.width, row.words - first);
  if (count > 0) {
    int64_t used = block.row < held.size() ? held[block.row].words : 0;
    if (block.queued < count * block.wordBytes ||
        (row.receivers > 0 &&
         used + first + count > target.filterSpad(configuration->mode16)))
      return;
    block.queued -= count * block.wordBytes;
    fifo -= count * block.wordBytes;
    words += count;
    deliveries += count * row.receivers;
  }
  // Rows that are through take no cycle.
  do {
    if (++block.row == block.rows.size()) {
      block.row = 0;
      ++block.round;
    }
  } while (!delivered() &&
           block.rows[block.row].words <= block.round * block.width);
}
