//===- ObservedRun.cpp - What observers and views must agree on -----------===//
#include "ObservedRun.h"

#include "rowlock/Program/Values.h"
#include "rowlock/Simulator/ArrayView.h"

#include <gtest/gtest.h>

#include <numeric>

using namespace rowlock;

/// Every count but the most PEs in a pass.
static std::vector<int64_t> numbersOf(const EventCounts &c) {
  return {c.passes,
          c.macs,
          c.gatedMacs,
          c.glbIfmapReads,
          c.glbPsumReads,
          c.glbPsumWrites,
          c.glbFillWords,
          c.glbDrainWords,
          c.glbRestoredWords,
          c.filterWords,
          c.filterDeliveries,
          c.ifmapDeliveries,
          c.psumDeliveries,
          c.dramFilterBytes,
          c.dramIfmapBytes,
          c.dramIfmapPlainBytes,
          c.dramOfmapBytes,
          c.dramOfmapPlainBytes,
          c.dramRestoredBytes,
          c.dramRecordBytes};
}

static void checkSizes(const DistinctPass &pass, const FrameValues &frame) {
  const PassCounts &n = pass.sizes;
  int64_t psums =
      pass.counts.passes * n.groups * n.filters * n.rows * n.images * n.columns;
  EXPECT_EQ(pass.counts.glbPsumWrites, psums);
  EXPECT_EQ(pass.counts.macs,
            psums * n.channels * frame.filter_height * frame.filter_width);
  EXPECT_EQ(pass.counts.glbIfmapReads,
            pass.counts.passes * n.images * n.groups * n.channels *
                ((n.rows - 1) * frame.stride_y + frame.filter_height) *
                ((n.columns - 1) * frame.stride_x + frame.filter_width));
}

void rowlock::checkPasses(const Program &program, const DistinctPasses &passes,
                          const std::vector<EventCounts> &layers) {
  ASSERT_EQ(passes.layers().size(), layers.size());
  for (size_t k = 0; k < layers.size(); ++k) {
    const LayerPasses &parts = passes.layers()[k];
    EventCounts sum = parts.others;
    for (const DistinctPass &pass : parts.passes) {
      checkSizes(pass, program.frame(uint32_t(pass.frame)));
      sum += pass.counts;
    }
    EXPECT_EQ(numbersOf(sum), numbersOf(layers[k]));
    EXPECT_EQ(sum.activePEs, layers[k].activePEs);
    const CycleCounts &cycles = layers[k].cycles;
    double slack = 1e-9 * cycles.total + 1e-6;
    for (double CycleCounts::*cause :
         {&CycleCounts::rampUp, &CycleCounts::mac, &CycleCounts::network,
          &CycleCounts::drain})
      EXPECT_NEAR(sum.cycles.*cause, cycles.*cause, slack);
    EXPECT_LE(sum.cycles.dramWait, cycles.dramWait + slack);
    EXPECT_LE(sum.cycles.glb, cycles.glb + slack);
    EXPECT_NEAR(cycles.processing() + cycles.configuration + cycles.host +
                    cycles.glb + cycles.dramWait,
                cycles.total, slack);
  }
}

namespace {

/// Data of a pass, delivered one by one.
class Delivery {
public:
  Delivery(const Program &program, const ArrayView &view)
      : view(view), frame(view.frame), columns(program.target().columns),
        setRows(frame.segments * frame.segment_width),
        ifmapRows((view.counts.rows - 1) * frame.stride_y +
                  frame.filter_height) {}
  void check();

private:
  struct Taken {
    int filters = 0, ifmaps = 0, psums = 0; // data that came
    int64_t set = 0, channelSet = 0, filterRow = 0, ifmapRow = 0, psumRow = 0;
  };
  /// Calls `take` for each PE that the tag reaches. Column IDs are those of
  /// PEs or, one row of them, of array columns.
  template <typename Take>
  void send(const std::vector<int64_t> &rowIDs,
            const std::vector<int64_t> &columnIDs, int64_t row, int64_t column,
            Take take) {
    for (size_t pe = 0; pe < taken.size(); ++pe)
      if (frame.enable[pe] && rowIDs[pe / size_t(columns)] == row &&
          columnIDs[pe % columnIDs.size()] == column)
        take(pe);
  }
  void sendFilters(int64_t group, int64_t tt, int64_t rr);
  void sendIfmaps(int64_t group, int64_t rr);
  void sendPsums(int64_t group, int64_t tt);
  void compare(size_t pe) const;

  const ArrayView &view;
  const FrameValues &frame;
  int64_t columns, setRows, ifmapRows;
  std::vector<Taken> taken = std::vector<Taken>(view.pes.size());
};

} // namespace

void Delivery::sendFilters(int64_t group, int64_t tt, int64_t rr) {
  int64_t s = group * frame.t + tt;
  for (int64_t i = 0; i < frame.filter_height; ++i)
    send(frame.filter_row_id, frame.filter_column_id,
         s / frame.slots_across * frame.filter_height * frame.r +
             rr * frame.filter_height + i,
         s % frame.slots_across, [&](size_t pe) {
           ++taken[pe].filters;
           taken[pe].set = s;
           taken[pe].channelSet = rr;
           taken[pe].filterRow = i;
         });
}

void Delivery::sendIfmaps(int64_t group, int64_t rr) {
  int64_t height = frame.filter_height;
  int64_t period = setRows > 1 ? frame.stride_y : height;
  int64_t together = std::lcm(frame.slots_across, frame.t) / frame.t;
  bool anyLinked = period < height;
  int64_t each =
      anyLinked ? setRows + (height - 1) / period : frame.segment_width;
  for (int64_t a = 0; a < ifmapRows; ++a) {
    int64_t c = a % period, k = a / period, seg = 0;
    if (c >= height)
      continue;
    if (c + period >= height) {
      seg = k / frame.segment_width;
      k %= frame.segment_width;
    }
    int64_t row =
        ((group / together * frame.r + rr) * std::min(period, height) + c) *
            frame.segments +
        seg;
    send(frame.ifmap_row_id, frame.ifmap_column_id, row,
         group % together * each + k, [&](size_t pe) {
           ++taken[pe].ifmaps;
           taken[pe].ifmapRow = a;
         });
  }
}

void Delivery::sendPsums(int64_t group, int64_t tt) {
  int64_t s = group * frame.t + tt;
  for (int64_t y = 0; y < view.counts.rows; ++y)
    send(frame.psum_row_id, frame.psum_column_id,
         s / frame.slots_across * frame.segments + y / frame.segment_width,
         s % frame.slots_across * frame.segment_width + y % frame.segment_width,
         [&](size_t pe) {
           if (frame.psum_from_below[pe])
             return;
           bool up = true;
           for (; up; pe += size_t(columns)) {
             ++taken[pe].psums;
             taken[pe].psumRow = y;
             size_t above = pe + size_t(columns);
             up = above < taken.size() && frame.enable[above] &&
                  frame.psum_from_below[above];
             EXPECT_EQ(view.pes[pe].sendsUp, up);
           }
         });
}

void Delivery::compare(size_t pe) const {
  const PEView &seen = view.pes[pe];
  const Taken &came = taken[pe];
  EXPECT_EQ(seen.enabled, frame.enable[pe] != 0);
  ASSERT_EQ(seen.filter.has_value(), came.filters > 0);
  ASSERT_EQ(seen.ifmapRow.has_value(), came.ifmaps > 0);
  ASSERT_EQ(seen.psumRow.has_value(), came.psums > 0);
  if (seen.enabled) {
    EXPECT_EQ(seen.fromBelow, frame.psum_from_below[pe] != 0);
  }
  if (seen.ifmapRow) {
    EXPECT_EQ(*seen.ifmapRow, came.ifmapRow);
  }
  if (seen.psumRow) {
    EXPECT_EQ(*seen.psumRow, came.psumRow);
  }
  if (!seen.filter)
    return;
  const PassCounts &n = view.counts;
  int64_t filter = came.set % frame.t * frame.p;
  int64_t channel = came.channelSet * frame.q;
  EXPECT_EQ(seen.filter->filters.count, std::min(frame.p, n.filters - filter));
  EXPECT_EQ(seen.filter->channels.count,
            std::min(frame.q, n.channels - channel));
  // Beside another PE's of the same group: as far apart as in the pass.
  for (size_t other = 0; other < pe; ++other) {
    const auto &next = view.pes[other].filter;
    if (!next || taken[other].set / frame.t != came.set / frame.t)
      continue;
    EXPECT_EQ(seen.filter->filters.first - next->filters.first,
              filter - taken[other].set % frame.t * frame.p);
    EXPECT_EQ(seen.filter->channels.first - next->channels.first,
              channel - taken[other].channelSet * frame.q);
    EXPECT_EQ(seen.filter->row < next->row,
              came.filterRow < taken[other].filterRow);
  }
}

void Delivery::check() {
  const PassCounts &n = view.counts;
  for (int64_t group = 0; group < n.groups; ++group) {
    for (int64_t rr = 0; rr * frame.q < n.channels; ++rr) {
      sendIfmaps(group, rr);
      for (int64_t tt = 0; tt * frame.p < n.filters; ++tt)
        sendFilters(group, tt, rr);
    }
    for (int64_t tt = 0; tt * frame.p < n.filters; ++tt)
      sendPsums(group, tt);
  }
  for (size_t pe = 0; pe < taken.size(); ++pe)
    compare(pe);
}

void rowlock::checkViews(const Program &program) {
  auto layers = items(program.table().layers());
  for (uint32_t layer = 0; layer < layers.size(); ++layer) {
    if (layers[layer]->kernel() != fb::Kernel::ArrayConv)
      continue;
    auto first = viewPass(program, layer, 0);
    ASSERT_TRUE(first) << first.message();
    EXPECT_FALSE(viewPass(program, layer, first->passes));
    for (int64_t pass : {int64_t(0), first->passes / 2, first->passes - 1}) {
      auto view = viewPass(program, layer, pass);
      ASSERT_TRUE(view) << view.message();
      Delivery(program, *view).check();
    }
  }
}
