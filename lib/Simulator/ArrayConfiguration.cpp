//===- ArrayConfiguration.cpp - Who receives what -------------------------===//
#include "ArrayConfiguration.h"

#include <algorithm>
#include <numeric>

using namespace rowlock;

ArrayConfiguration::ArrayConfiguration(const FrameValues &values,
                                       const TargetSpec &target)
    : frame(values), mode16(values.mode16 != 0),
      setRows(values.segments * values.segment_width) {
  ifmapPeriod = setRows > 1 ? frame.stride_y : frame.filter_height;
  for (size_t bank = 0; bank < frame.bank_psum.size(); ++bank)
    (frame.bank_psum[bank] ? psumBanks : ifmapBanks).push_back(bank);
  size_t count = frame.enable.size();
  filterTags.resize(count);
  ifmapTags.resize(count);
  for (size_t pe = 0; pe < count; ++pe) {
    if (!frame.enable[pe])
      continue;
    size_t row = pe / size_t(target.columns);
    decodeFilterTag(pe, frame.filter_row_id[row], frame.filter_column_id[pe]);
    decodeIfmapTag(pe, frame.ifmap_row_id[row], frame.ifmap_column_id[pe]);
  }
  makeChains(target);
}

void ArrayConfiguration::decodeFilterTag(size_t pe, int64_t busRow,
                                         int64_t column) {
  if (column >= frame.slots_across)
    return;
  int64_t stack = frame.filter_height * frame.r;
  FilterTag &tag = filterTags[pe];
  tag.set = busRow / stack * frame.slots_across + column;
  tag.channelSet = busRow % stack / frame.filter_height;
  tag.row = busRow % frame.filter_height;
}

void ArrayConfiguration::decodeIfmapTag(size_t pe, int64_t busRow,
                                        int64_t column) {
  int64_t classes = std::min(ifmapPeriod, frame.filter_height);
  int64_t segment = busRow % frame.segments;
  int64_t rowClass = busRow / frame.segments % classes;
  int64_t channelSet = busRow / frame.segments / classes % frame.r;
  int64_t block = busRow / frame.segments / classes / frame.r;
  bool linked = rowClass + ifmapPeriod < frame.filter_height;
  int64_t perGroup = ifmapPeriod < frame.filter_height
                         ? setRows + (frame.filter_height - 1) / ifmapPeriod
                         : frame.segment_width;
  int64_t blockGroups = std::lcm(frame.slots_across, frame.t) / frame.t;
  int64_t number = column % perGroup;
  if (column / perGroup >= blockGroups ||
      (linked ? segment > 0 : number >= frame.segment_width))
    return;
  IfmapTag &tag = ifmapTags[pe];
  tag.group = block * blockGroups + column / perGroup;
  tag.channelSet = channelSet;
  tag.row =
      ((linked ? 0 : segment * frame.segment_width) + number) * ifmapPeriod +
      rowClass;
}

void ArrayConfiguration::makeChains(const TargetSpec &target) {
  size_t columns = size_t(target.columns), rows = size_t(target.rows);
  // Set and ofmap row of the psum tag of a PE, as one number; -1: no tag.
  auto tagOf = [&](size_t pe) -> int64_t {
    int64_t busRow = frame.psum_row_id[pe / columns];
    int64_t column = frame.psum_column_id[pe % columns];
    int64_t slot = column / frame.segment_width;
    if (slot >= frame.slots_across)
      return -1;
    int64_t set = busRow / frame.segments * frame.slots_across + slot;
    return set * setRows + busRow % frame.segments * frame.segment_width +
           column % frame.segment_width;
  };
  for (size_t pe = 0; pe < rows * columns; ++pe) {
    if (!frame.enable[pe] || frame.psum_from_below[pe])
      continue;
    int64_t tag = tagOf(pe);
    if (tag < 0)
      continue;
    if (chains.size() <= size_t(tag))
      chains.resize(size_t(tag) + 1);
    PsumChain &chain = chains[size_t(tag)];
    if (++chain.receivers > 1)
      continue;
    size_t at = pe;
    chain.pes.push_back(at);
    while (at + columns < rows * columns && frame.enable[at + columns] &&
           frame.psum_from_below[at + columns]) {
      at += columns;
      chain.pes.push_back(at);
    }
    chain.returnsSame = tagOf(at) == tag;
  }
}

const PsumChain *ArrayConfiguration::chain(int64_t set, int64_t row) const {
  if (row >= setRows)
    return nullptr;
  size_t tag = size_t(set * setRows + row);
  return tag < chains.size() && chains[tag].receivers ? &chains[tag] : nullptr;
}
