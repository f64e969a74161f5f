//===- Fetch.cpp - Filters and records from DRAM --------------------------===//
#include "TransferBoxes.h"

using namespace rowlock;

namespace {

/// The filters of a pass in their tensor.
class FilterFetch {
public:
  FilterFetch(const fb::FilterBox &from, LoopIndices at,
              const TransferState &state, const PassCounts &n,
              const FrameValues &frame)
      : from(from), n(n), frame(frame), box(boxOf(state, from.tensor())),
        who(tensorName(state, from.tensor())) {
    auto value = [&](const fb::Affine *affine) {
      return evaluate(affine, at.values, at.depth);
    };
    filter = value(from.filter());
    channel = value(from.channel());
    row = value(from.row());
    column = value(from.column());
  }
  Status check() const;
  std::vector<int16_t> words() const;

private:
  const fb::FilterBox &from;
  const PassCounts &n;
  const FrameValues &frame;
  const TensorBox box;
  const std::string who;
  int64_t filter, channel, row, column;
};

} // namespace

Status FilterFetch::check() const {
  for (int64_t group : {int64_t(0), n.groups - 1})
    if (!box.holds(0, filter + group * from.group_step(), n.filters))
      return outside(who, "filters", filter + group * from.group_step(),
                     filter + group * from.group_step() + n.filters - 1,
                     box.size(0));
  if (!box.holds(1, channel, n.channels))
    return outside(who, "channels", channel, channel + n.channels - 1,
                   box.size(1));
  int64_t lastRow = row + (frame.filter_height - 1) * from.row_step();
  int64_t lastColumn = column + (frame.filter_width - 1) * from.column_step();
  for (int64_t i : {row, lastRow})
    if (!box.holds(2, i, 1))
      return outside(who, "filter rows", row, lastRow, box.size(2));
  for (int64_t i : {column, lastColumn})
    if (!box.holds(3, i, 1))
      return outside(who, "filter columns", column, lastColumn, box.size(3));
  return Status::ok();
}

std::vector<int16_t> FilterFetch::words() const {
  std::vector<int16_t> words;
  words.reserve(size_t(n.groups * n.filters * n.channels * frame.filter_height *
                       frame.filter_width));
  for (int64_t g = 0; g < n.groups; ++g)
    for (int64_t m = 0; m < n.filters; ++m)
      for (int64_t c = 0; c < n.channels; ++c)
        for (int64_t i = 0; i < frame.filter_height; ++i)
          for (int64_t s = 0; s < frame.filter_width; ++s)
            words.push_back(int16_t(box.get(
                filter + g * from.group_step() + m, channel + c,
                row + i * from.row_step(), column + s * from.column_step())));
  return words;
}

Result<FilterBlock> rowlock::fetchFilters(const fb::Pass &pass, LoopIndices at,
                                          const TransferState &state,
                                          const PassCounts &n,
                                          const FrameValues &frame) {
  if (Status volume = checkVolume({n.groups, n.filters, n.channels,
                                   frame.filter_height, frame.filter_width});
      !volume)
    return volume;
  FilterFetch fetch(*pass.filters_from(), at, state, n, frame);
  if (Status fits = fetch.check(); !fits)
    return fits;
  FilterBlock block;
  block.counts = n;
  if (state.data)
    block.words = fetch.words();
  return block;
}

Result<std::vector<int64_t>> rowlock::fetchRecords(const fb::RecordBox &from,
                                                   int64_t first, int64_t count,
                                                   const TransferState &state) {
  TensorBox box = boxOf(state, from.tensor());
  if (!box.holds(0, first, count))
    return outside(tensorName(state, from.tensor()), "records", first,
                   first + count - 1, box.size(0));
  std::vector<int64_t> records;
  records.reserve(size_t(count));
  for (int64_t k = 0; k < count; ++k)
    records.push_back(box.get(first + k));
  return records;
}
