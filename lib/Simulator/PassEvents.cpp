//===- PassEvents.cpp - What a pass does, whatever its data ---------------===//
#include "PassEvents.h"

#include <algorithm>

using namespace rowlock;

std::string rowlock::nameOfPE(size_t pe, const TargetSpec &target) {
  return "PE (row " + std::to_string(pe / size_t(target.columns)) +
         ", column " + std::to_string(pe % size_t(target.columns)) + ")";
}

HeldFilters rowlock::heldFilters(const ArrayConfiguration &configuration,
                                 size_t pe, const PassCounts &counts) {
  const FrameValues &frame = configuration.frame;
  const FilterTag &tag = configuration.filterTags[pe];
  if (tag.set < 0 || tag.set / frame.t >= counts.groups)
    return {};
  return {
      std::max<int64_t>(
          0, std::min(frame.p, counts.filters - tag.set % frame.t * frame.p)),
      std::max<int64_t>(
          0, std::min(frame.q, counts.channels - tag.channelSet * frame.q))};
}

namespace {

/// One pass under one frame.
class Counter {
public:
  Counter(const ArrayConfiguration &configuration, const PassCounts &counts,
          const TargetSpec &target)
      : configuration(configuration), frame(configuration.frame), n(counts),
        target(target),
        ifmapRows((n.rows - 1) * frame.stride_y + frame.filter_height),
        ifmapColumns((n.columns - 1) * frame.stride_x + frame.filter_width) {}

  Result<EventCounts> countPass();
  Result<EventCounts> countFilters();

private:
  Status checkCounts() const;
  Status checkChain(const PsumChain *chain, int64_t set, int64_t row,
                    int64_t filters) const;
  Status countChain(const PsumChain &chain, int64_t filters);
  Status countPE(size_t pe, int64_t filters);
  void countIfmaps();
  std::string nameOf(size_t pe) const { return nameOfPE(pe, target); }
  Status overflow(size_t pe, const char *what, int64_t words,
                  int64_t capacity) const {
    return Status::error(nameOf(pe) + " is sent " + std::to_string(words) +
                         " " + what + ", its spad holds " +
                         std::to_string(capacity));
  }

  const ArrayConfiguration &configuration;
  const FrameValues &frame;
  const PassCounts &n;
  const TargetSpec &target;
  const int64_t ifmapRows, ifmapColumns;
  EventCounts events;
};

} // namespace

Status Counter::checkCounts() const {
  struct {
    const char *what;
    int64_t count, bound;
  } checks[] = {{"filters", n.filters, frame.p * frame.t},
                {"channels", n.channels, frame.q * frame.r},
                {"rows", n.rows, configuration.setRows}};
  for (const auto &check : checks)
    if (check.count > check.bound)
      return Status::error(std::string("pass of ") +
                           std::to_string(check.count) + " " + check.what +
                           ", the frame makes " + std::to_string(check.bound));
  // Sizes that no GLB holds, before any product of them leaves 64 bits.
  double psums = double(n.groups) * double(n.filters) * double(n.rows) *
                 double(n.images) * double(n.columns);
  if (psums > double(target.glb_banks * target.bank_bytes))
    return Status::error("pass of " + std::to_string(psums) +
                         " psums is larger than the GLB");
  return Status::ok();
}

Status Counter::checkChain(const PsumChain *chain, int64_t set, int64_t row,
                           int64_t filters) const {
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
    return overflow(chain->pes.front(), "psums of one ofmap column", filters,
                    target.psum_spad_words);
  return Status::ok();
}

/// The MACs of a PE in a chain that has `filters` psums for each column.
Status Counter::countPE(size_t pe, int64_t filters) {
  HeldFilters held = heldFilters(configuration, pe, n);
  if (!held.filters || !held.channels)
    return Status::ok();
  const IfmapTag &tag = configuration.ifmapTags[pe];
  int64_t channels = std::min(frame.q, n.channels - tag.channelSet * frame.q);
  if (tag.group < 0 || tag.group >= n.groups || tag.row >= ifmapRows)
    return Status::error(nameOf(pe) + " has filters, but no ifmap row comes");
  if (channels != held.channels)
    return Status::error(nameOf(pe) + " has filters of " +
                         std::to_string(held.channels) +
                         " channels, but ifmaps of another number come");
  if (held.filters != filters)
    return Status::error(nameOf(pe) + " has " + std::to_string(held.filters) +
                         " filters, but psums of " + std::to_string(filters) +
                         " come");
  int64_t capacity = target.ifmapSpad(configuration.mode16);
  if (channels * frame.filter_width > capacity)
    return overflow(pe, "ifmap words", channels * frame.filter_width, capacity);
  events.macs += n.images * channels * filters * frame.filter_width * n.columns;
  return Status::ok();
}

Status Counter::countChain(const PsumChain &chain, int64_t filters) {
  events.psumDeliveries +=
      n.images * int64_t(chain.pes.size()) * filters * n.columns;
  for (size_t pe : chain.pes)
    if (Status counted = countPE(pe, filters); !counted)
      return counted;
  return Status::ok();
}

/// Rows leave the GLB once for each group, channel and image; they reach the
/// PEs whose IDs match.
void Counter::countIfmaps() {
  events.glbIfmapReads =
      n.groups * n.channels * n.images * ifmapRows * ifmapColumns;
  for (size_t pe = 0; pe < configuration.ifmapTags.size(); ++pe) {
    const IfmapTag &tag = configuration.ifmapTags[pe];
    int64_t channels = std::min(frame.q, n.channels - tag.channelSet * frame.q);
    if (tag.group < 0 || tag.group >= n.groups || tag.row >= ifmapRows ||
        channels <= 0)
      continue;
    events.ifmapDeliveries += channels * n.images * ifmapColumns;
    events.activePEs += heldFilters(configuration, pe, n).filters > 0;
  }
}

Result<EventCounts> Counter::countPass() {
  if (Status fits = checkCounts(); !fits)
    return fits;
  countIfmaps();
  for (int64_t group = 0; group < n.groups; ++group)
    for (int64_t t = 0; t * frame.p < n.filters; ++t)
      for (int64_t row = 0; row < n.rows; ++row) {
        int64_t set = group * frame.t + t;
        int64_t filters = std::min(frame.p, n.filters - t * frame.p);
        const PsumChain *chain = configuration.chain(set, row);
        if (Status whole = checkChain(chain, set, row, filters); !whole)
          return whole;
        if (Status counted = countChain(*chain, filters); !counted)
          return counted;
      }
  events.passes = 1;
  events.glbPsumReads = events.glbPsumWrites =
      n.groups * n.filters * n.rows * n.images * n.columns;
  return events;
}

Result<EventCounts> Counter::countFilters() {
  int64_t capacity = target.filterSpad(configuration.mode16);
  for (size_t pe = 0; pe < configuration.filterTags.size(); ++pe) {
    HeldFilters held = heldFilters(configuration, pe, n);
    int64_t words = held.filters * held.channels * frame.filter_width;
    if (words > capacity)
      return overflow(pe, "filter words", words, capacity);
    events.filterDeliveries += words;
  }
  events.filterWords = n.groups * n.filters * n.channels * frame.filter_height *
                       frame.filter_width;
  return events;
}

Result<const EventCounts *>
PassEvents::pass(const ArrayConfiguration &configuration,
                 const PassCounts &counts) {
  Key key(&configuration, counts);
  auto found = passes.find(key);
  if (found != passes.end())
    return &found->second;
  auto counted = Counter(configuration, counts, target).countPass();
  if (!counted)
    return counted.takeStatus();
  return &passes.emplace(key, *counted).first->second;
}

Result<const EventCounts *>
PassEvents::filters(const ArrayConfiguration &configuration,
                    const PassCounts &counts) {
  Key key(&configuration, counts);
  auto found = deliveries.find(key);
  if (found != deliveries.end())
    return &found->second;
  auto counted = Counter(configuration, counts, target).countFilters();
  if (!counted)
    return counted.takeStatus();
  return &deliveries.emplace(key, *counted).first->second;
}
