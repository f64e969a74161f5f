//===- PassRunner.cpp - PEs, spads and one pass ---------------------------===//
#include "PassRunner.h"

#include <algorithm>

using namespace rowlock;

void PassRunner::configure(const ArrayConfiguration &next) {
  configuration = &next;
  spads.assign(next.frame.enable.size(), {});
  held = {};
}

Status PassRunner::takeFilters(FilterBlock block, EventCounts &counts) {
  auto counted = events.filters(*configuration, block.counts);
  if (!counted)
    return counted.takeStatus();
  counts += **counted;
  held = block.counts;
  if (!data)
    return Status::ok();
  const FrameValues &frame = configuration->frame;
  int64_t height = frame.filter_height, width = frame.filter_width;
  for (size_t pe = 0; pe < spads.size(); ++pe) {
    HeldFilters own = heldFilters(*configuration, pe, held);
    std::vector<int16_t> &spad = spads[pe];
    spad.resize(size_t(own.filters * own.channels * width));
    if (spad.empty())
      continue;
    const FilterTag &tag = configuration->filterTags[pe];
    int64_t firstFilter = tag.set % frame.t * frame.p;
    int64_t firstChannel = tag.channelSet * frame.q;
    auto out = spad.begin();
    for (int64_t m = 0; m < own.filters; ++m)
      for (int64_t c = 0; c < own.channels; ++c) {
        int64_t at = ((tag.set / frame.t * held.filters + firstFilter + m) *
                          held.channels +
                      firstChannel + c) *
                         height +
                     tag.row;
        out = std::copy_n(block.words.begin() + at * width, width, out);
      }
  }
  return Status::ok();
}

/// Places and held filters, which passes of equal events may have different.
Status PassRunner::check(const PassOrder &order,
                         const GlobalBuffer::Region &ifmaps,
                         const GlobalBuffer::Region &psums,
                         const std::vector<int64_t> &records) const {
  const PassCounts &n = order.counts;
  if (held.groups != n.groups || held.filters != n.filters ||
      held.channels != n.channels)
    return Status::error(
        "the PEs hold filters of " + std::to_string(held.groups) + " groups, " +
        std::to_string(held.filters) + " filters, " +
        std::to_string(held.channels) + " channels, the pass has " +
        std::to_string(n.groups) + ", " + std::to_string(n.filters) + ", " +
        std::to_string(n.channels));
  if (Status fits = checkIfmaps(order, ifmaps); !fits)
    return fits;
  int64_t base = order.psum.start();
  int64_t words = n.groups * n.filters * n.rows * n.images * n.columns;
  if (!psums.holds(base, words))
    return Status::error("psums " + std::to_string(base) + " to " +
                         std::to_string(base + words - 1) +
                         " leave the psum region of " +
                         std::to_string(psums.size()) + " words");
  return order.init && fixed16 ? checkRecords(order, records.size())
                               : Status::ok();
}

Place PassRunner::ifmapPlace(const PassOrder &order) const {
  Place place = order.ifmap;
  int64_t ring = configuration->frame.ifmap_ring;
  place.ring = ring > 0;
  if (place.ring)
    place.modulus = ring;
  return place;
}

template <typename Use>
Status PassRunner::forEachIfmapRow(const PassOrder &order, Use use) const {
  const PassCounts &n = order.counts;
  const FrameValues &frame = configuration->frame;
  Place place = ifmapPlace(order);
  int64_t rows = ifmapRowsOf(n), number = 0;
  for (int64_t group = 0; group < n.groups; ++group)
    for (int64_t channel = 0; channel < n.channels; ++channel)
      for (int64_t image = 0; image < n.images; ++image)
        for (int64_t row = 0; row < rows; ++row)
          if (Status used =
                  use(number++, place.row(row, frame.ifmap_row_pitch) +
                                    group * frame.ifmap_group_stride +
                                    channel * frame.ifmap_channel_stride +
                                    image * frame.ifmap_image_stride);
              !used)
            return used;
  return Status::ok();
}

Status PassRunner::checkIfmaps(const PassOrder &order,
                               const GlobalBuffer::Region &region) const {
  int64_t columns = ifmapColumnsOf(order.counts);
  Place place = ifmapPlace(order);
  if (place.ring && !region.holds(place.affine, place.modulus))
    return Status::error("ifmap_ring of " + std::to_string(place.modulus) +
                         " words from word " + std::to_string(place.affine) +
                         " leaves the ifmap region of " +
                         std::to_string(region.size()) + " words");
  return forEachIfmapRow(order, [&](int64_t, int64_t word) {
    if (region.holds(word, columns))
      return Status::ok();
    return Status::error("ifmap words " + std::to_string(word) + " to " +
                         std::to_string(word + columns - 1) +
                         " leave the ifmap region of " +
                         std::to_string(region.size()) + " words");
  });
}

Status PassRunner::checkRecords(const PassOrder &order, size_t entries) const {
  Status inside = Status::ok();
  forEachChain(order, [&](const ChainRun &run) {
    if (run.record < 0 || run.record + run.filters > int64_t(entries))
      inside = Status::error("bias " + std::to_string(run.record) +
                             " is outside the record memory");
  });
  return inside;
}

void PassRunner::readIfmaps(const PassOrder &order,
                            const GlobalBuffer::Region &region) {
  const PassCounts &n = order.counts;
  ifmapRows = ifmapRowsOf(n);
  ifmapColumns = ifmapColumnsOf(n);
  bool wide = fixed16 || configuration->mode16;
  bool isUnsigned = configuration->frame.ifmap_unsigned != 0;
  ifmap.resize(
      size_t(n.groups * n.channels * n.images * ifmapRows * ifmapColumns));
  auto read = [&](int32_t *out, int64_t word, auto type) {
    for (int64_t x = 0; x < ifmapColumns; ++x) {
      std::memcpy(&type, region.word(word + x), sizeof(type));
      out[x] = type;
    }
    return Status::ok();
  };
  (void)forEachIfmapRow(order, [&](int64_t number, int64_t word) {
    int32_t *out = ifmap.data() + number * ifmapColumns;
    if (wide)
      return isUnsigned ? read(out, word, uint16_t())
                        : read(out, word, int16_t());
    return isUnsigned ? read(out, word, uint8_t()) : read(out, word, int8_t());
  });
  countZeros(n.columns);
}

/// For each ifmap row the zeros among the words of all its windows.
void PassRunner::countZeros(int64_t columns) {
  const FrameValues &frame = configuration->frame;
  // How many windows hold a word of the row.
  std::vector<int32_t> windows(size_t(ifmapColumns), 0);
  for (int64_t s = 0; s < frame.filter_width; ++s)
    for (int64_t x = 0; x < columns; ++x)
      ++windows[size_t(s + x * frame.stride_x)];
  size_t rows = ifmap.size() / size_t(ifmapColumns);
  zeros.resize(rows);
  for (size_t k = 0; k < rows; ++k) {
    const int32_t *row = ifmap.data() + k * size_t(ifmapColumns);
    int32_t sum = 0;
    for (size_t x = 0; x < windows.size(); ++x)
      sum += row[x] == 0 ? windows[x] : 0;
    zeros[k] = sum;
  }
}

void PassRunner::readPsums(const PassOrder &order, const ChainRun &run,
                           const GlobalBuffer::Region &region,
                           const std::vector<int64_t> &records) {
  int64_t columns = order.counts.columns;
  sums.resize(size_t(run.filters * columns));
  if (order.init) {
    for (int64_t k = 0; k < run.filters; ++k)
      std::fill_n(sums.begin() + k * columns, columns,
                  fixed16 ? int32_t(records[size_t(run.record + k)]) : 0);
    return;
  }
  for (int64_t x = 0; x < columns; ++x)
    for (int64_t k = 0; k < run.filters; ++k) {
      const uint8_t *bytes = region.word(run.first + x * run.filters + k);
      int32_t &sum = sums[size_t(k * columns + x)];
      if (fixed16) {
        int16_t narrow;
        std::memcpy(&narrow, bytes, 2);
        sum = narrow;
      } else {
        std::memcpy(&sum, bytes, 4);
      }
    }
}

void PassRunner::writePsums(const ChainRun &run, int64_t columns,
                            const GlobalBuffer::Region &region) const {
  const size_t bytes = size_t(target.psumBytes());
  const int64_t shift = 64 - (fixed16 ? 16 : target.psum_bits);
  for (int64_t x = 0; x < columns; ++x)
    for (int64_t k = 0; k < run.filters; ++k) {
      int64_t sum = sums[size_t(k * columns + x)];
      int64_t value = int64_t(uint64_t(sum) << shift) >> shift;
      std::memcpy(region.word(run.first + x * run.filters + k), &value, bytes);
    }
}

/// Adds weight * ifmap to a row of sums, modulo 2^32.
static void addRow(int32_t *sums, int32_t weight, const int32_t *ifmap,
                   int64_t stride, int64_t count) {
  if (stride == 1) {
    for (int64_t x = 0; x < count; ++x)
      sums[x] = int32_t(uint32_t(sums[x]) + uint32_t(weight * ifmap[x]));
    return;
  }
  for (int64_t x = 0; x < count; ++x)
    sums[x] = int32_t(uint32_t(sums[x]) + uint32_t(weight * ifmap[x * stride]));
}

/// The same for products of 16-bit fixed point.
static void addFixedRow(int32_t *sums, int32_t weight, const int32_t *ifmap,
                        int64_t stride, int64_t count, int shift) {
  for (int64_t x = 0; x < count; ++x)
    sums[x] = int16_t(sums[x] + int16_t((weight * ifmap[x * stride]) >> shift));
}

/// What one PE adds to the psums of an ofmap row that run through it.
void PassRunner::accumulate(const PassOrder &order, size_t pe, int64_t image,
                            EventCounts &counts) {
  const std::vector<int16_t> &spad = spads[pe];
  if (spad.empty())
    return;
  const PassCounts &n = order.counts;
  const FrameValues &frame = configuration->frame;
  const IfmapTag &tag = configuration->ifmapTags[pe];
  HeldFilters own = heldFilters(*configuration, pe, held);
  int64_t firstChannel = tag.channelSet * frame.q;
  int64_t width = frame.filter_width;
  for (int64_t c = 0; c < own.channels; ++c) {
    int64_t number =
        ((tag.group * n.channels + firstChannel + c) * n.images + image) *
            ifmapRows +
        tag.row;
    const int32_t *row = ifmap.data() + number * ifmapColumns;
    counts.gatedMacs += zeros[size_t(number)] * own.filters;
    for (int64_t k = 0; k < own.filters; ++k) {
      const int16_t *weights = spad.data() + (k * own.channels + c) * width;
      int32_t *out = sums.data() + k * n.columns;
      for (int64_t s = 0; s < width; ++s) {
        if (fixed16)
          addFixedRow(out, weights[s], row + s, frame.stride_x, n.columns,
                      int(frame.product_shift));
        else
          addRow(out, weights[s], row + s, frame.stride_x, n.columns);
      }
    }
  }
}
