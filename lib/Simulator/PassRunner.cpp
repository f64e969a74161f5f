//===- PassRunner.cpp - PEs, spads and one pass ---------------------------===//
#include "PassRunner.h"

#include <algorithm>

using namespace rowlock;

void PassRunner::configure(const ArrayConfiguration &next) {
  configuration = &next;
  spads.assign(next.frame.enable.size(), Spad());
  held = FilterBlock();
}

std::string PassRunner::nameOf(size_t pe) const {
  return "PE (row " + std::to_string(pe / size_t(target.columns)) +
         ", column " + std::to_string(pe % size_t(target.columns)) + ")";
}

static Status overflow(const std::string &who, const char *what, int64_t words,
                       int64_t capacity) {
  return Status::error(who + " is sent " + std::to_string(words) + " " + what +
                       ", its spad holds " + std::to_string(capacity));
}

Status PassRunner::takeFilters(const FilterBlock &block, EventCounts &counts) {
  const FrameValues &frame = configuration->frame;
  int64_t height = frame.filter_height, width = frame.filter_width;
  int64_t capacity = target.filterSpad(configuration->mode16);
  for (size_t pe = 0; pe < spads.size(); ++pe) {
    Spad &spad = spads[pe];
    spad.filters = spad.channels = 0;
    const FilterTag &tag = configuration->filterTags[pe];
    if (tag.set < 0 || tag.set / frame.t >= block.groups)
      continue;
    int64_t firstFilter = tag.set % frame.t * frame.p;
    int64_t firstChannel = tag.channelSet * frame.q;
    int64_t filters = std::min(frame.p, block.filters - firstFilter);
    int64_t channels = std::min(frame.q, block.channels - firstChannel);
    if (filters <= 0 || channels <= 0)
      continue;
    if (filters * channels * width > capacity)
      return overflow(nameOf(pe), "filter words", filters * channels * width,
                      capacity);
    spad.filters = filters;
    spad.channels = channels;
    spad.words.resize(size_t(filters * channels * width));
    counts.filterDeliveries += filters * channels * width;
    auto out = spad.words.begin();
    for (int64_t m = 0; m < filters; ++m)
      for (int64_t c = 0; c < channels; ++c) {
        int64_t at = ((tag.set / frame.t * block.filters + firstFilter + m) *
                          block.channels +
                      firstChannel + c) *
                         height +
                     tag.row;
        out = std::copy_n(block.words.begin() + at * width, width, out);
      }
  }
  counts.filterWords += int64_t(block.words.size());
  held.groups = block.groups;
  held.filters = block.filters;
  held.channels = block.channels;
  return Status::ok();
}

Status PassRunner::checkCounts(const PassOrder &order) const {
  const PassCounts &n = order.counts;
  const FrameValues &frame = configuration->frame;
  struct {
    const char *what;
    int64_t count, bound;
  } checks[] = {{"filters", n.filters, frame.p * frame.t},
                {"channels", n.channels, frame.q * frame.r},
                {"rows", n.rows, configuration->setRows}};
  for (const auto &check : checks)
    if (check.count > check.bound)
      return Status::error(std::string("pass of ") +
                           std::to_string(check.count) + " " + check.what +
                           ", the frame makes " + std::to_string(check.bound));
  // Sizes that no GLB holds, before any product of them leaves 64 bits.
  double psums = double(n.groups) * double(n.filters) * double(n.rows) *
                 double(n.images) * double(n.columns);
  double most = double(target.glb_banks * target.bank_bytes);
  if (psums > most)
    return Status::error("pass of " + std::to_string(psums) +
                         " psums is larger than the GLB");
  if (held.groups != n.groups || held.filters != n.filters ||
      held.channels != n.channels)
    return Status::error(
        "the PEs hold filters of " + std::to_string(held.groups) + " groups, " +
        std::to_string(held.filters) + " filters, " +
        std::to_string(held.channels) + " channels, the pass has " +
        std::to_string(n.groups) + ", " + std::to_string(n.filters) + ", " +
        std::to_string(n.channels));
  return Status::ok();
}

/// Rows leave the GLB once for each group, channel and image.
Status PassRunner::readIfmaps(const PassOrder &order,
                              const GlobalBuffer::Region &region,
                              EventCounts &counts) {
  const PassCounts &n = order.counts;
  const FrameValues &frame = configuration->frame;
  ifmapRows = (n.rows - 1) * frame.stride_y + frame.filter_height;
  ifmapColumns = (n.columns - 1) * frame.stride_x + frame.filter_width;
  bool wide = fixed16 || configuration->mode16;
  bool isUnsigned = frame.ifmap_unsigned != 0;
  int64_t count = n.groups * n.channels * n.images * ifmapRows * ifmapColumns;
  ifmap.resize(size_t(count));
  auto out = ifmap.begin();
  for (int64_t group = 0; group < n.groups; ++group)
    for (int64_t channel = 0; channel < n.channels; ++channel)
      for (int64_t image = 0; image < n.images; ++image)
        for (int64_t row = 0; row < ifmapRows; ++row) {
          int64_t word = order.ifmap.row(row, frame.ifmap_row_pitch) +
                         group * frame.ifmap_group_stride +
                         channel * frame.ifmap_channel_stride +
                         image * frame.ifmap_image_stride;
          if (!region.holds(word, ifmapColumns))
            return Status::error("ifmap words " + std::to_string(word) +
                                 " to " +
                                 std::to_string(word + ifmapColumns - 1) +
                                 " leave the ifmap region of " +
                                 std::to_string(region.size()) + " words");
          for (int64_t x = 0; x < ifmapColumns; ++x) {
            const uint8_t *bytes = region.word(word + x);
            int16_t value = 0;
            std::memcpy(&value, bytes, wide ? 2 : 1);
            *out++ = wide ? (isUnsigned ? int32_t(uint16_t(value)) : value)
                          : (isUnsigned ? int32_t(uint8_t(value))
                                        : int32_t(int8_t(value)));
          }
        }
  counts.glbIfmapReads += count;
  countZeros(n.columns);
  countDeliveries(order, counts);
  return Status::ok();
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

/// Ifmap words times the PEs whose IDs match, and the PEs that work.
void PassRunner::countDeliveries(const PassOrder &order,
                                 EventCounts &counts) const {
  const PassCounts &n = order.counts;
  int64_t active = 0;
  for (size_t pe = 0; pe < spads.size(); ++pe) {
    const IfmapTag &tag = configuration->ifmapTags[pe];
    if (tag.group < 0 || tag.group >= n.groups || tag.row >= ifmapRows)
      continue;
    int64_t channels =
        std::min(configuration->frame.q,
                 n.channels - tag.channelSet * configuration->frame.q);
    if (channels <= 0)
      continue;
    counts.ifmapDeliveries += channels * n.images * ifmapColumns;
    active += spads[pe].filters > 0;
  }
  counts.activePEs = std::max(counts.activePEs, active);
}

Status PassRunner::checkPsums(const PassOrder &order, int64_t set, int64_t row,
                              int64_t filters, const PsumChain *&chain) const {
  chain = configuration->chain(set, row);
  std::string which =
      "psums of set " + std::to_string(set) + ", row " + std::to_string(row);
  if (!chain)
    return Status::error(which + " are taken by no PE");
  if (chain->receivers > 1)
    return Status::error(which + " are taken by " +
                         std::to_string(chain->receivers) + " PEs");
  if (!chain->returnsSame)
    return Status::error(which + " leave " + nameOf(chain->pes.back()) +
                         " with another tag");
  if (filters > target.psum_spad_words)
    return overflow(nameOf(chain->pes.front()), "psums of one ofmap column",
                    filters, target.psum_spad_words);
  return Status::ok();
}

void PassRunner::readPsums(const PassOrder &order,
                           const GlobalBuffer::Region &region,
                           const std::vector<int64_t> &records, int64_t first,
                           int64_t filters, int64_t record) {
  int64_t columns = order.counts.columns;
  sums.resize(size_t(filters * columns));
  for (int64_t k = 0; k < filters; ++k)
    for (int64_t x = 0; x < columns; ++x) {
      int32_t &sum = sums[size_t(k * columns + x)];
      if (order.init) {
        sum = fixed16 ? int32_t(records[size_t(record + k)]) : 0;
        continue;
      }
      const uint8_t *bytes = region.word(first + x * filters + k);
      if (fixed16) {
        int16_t narrow;
        std::memcpy(&narrow, bytes, 2);
        sum = narrow;
      } else {
        std::memcpy(&sum, bytes, 4);
      }
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
Status PassRunner::accumulate(const PassOrder &order, size_t pe, int64_t image,
                              int64_t filters, EventCounts &counts) {
  const Spad &spad = spads[pe];
  if (!spad.filters || !spad.channels)
    return Status::ok();
  const PassCounts &n = order.counts;
  const FrameValues &frame = configuration->frame;
  const IfmapTag &tag = configuration->ifmapTags[pe];
  int64_t firstChannel = tag.channelSet * frame.q;
  if (tag.group < 0 || tag.group >= n.groups || tag.row >= ifmapRows)
    return Status::error(nameOf(pe) + " has filters, but no ifmap row comes");
  if (std::min(frame.q, n.channels - firstChannel) != spad.channels)
    return Status::error(nameOf(pe) + " has filters of " +
                         std::to_string(spad.channels) +
                         " channels, but ifmaps of another number come");
  if (spad.filters != filters)
    return Status::error(nameOf(pe) + " has " + std::to_string(spad.filters) +
                         " filters, but psums of " + std::to_string(filters) +
                         " come");
  int64_t width = frame.filter_width;
  int64_t capacity = target.ifmapSpad(configuration->mode16);
  if (spad.channels * width > capacity)
    return overflow(nameOf(pe), "ifmap words", spad.channels * width, capacity);
  for (int64_t c = 0; c < spad.channels; ++c) {
    int64_t number =
        ((tag.group * n.channels + firstChannel + c) * n.images + image) *
            ifmapRows +
        tag.row;
    const int32_t *row = ifmap.data() + number * ifmapColumns;
    counts.gatedMacs += zeros[size_t(number)] * filters;
    for (int64_t k = 0; k < filters; ++k) {
      const int16_t *weights =
          spad.words.data() + (k * spad.channels + c) * width;
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
  counts.macs += spad.channels * filters * width * n.columns;
  return Status::ok();
}
