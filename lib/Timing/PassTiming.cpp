//===- PassTiming.cpp - How long a pass takes -----------------------------===//
//
// Windows follow each other by the same rules, so that times soon grow by the
// same amount from one to the next (or from one group of them to the next,
// where chunks of words do not fall alike into every window). From there on
// they are extrapolated, which is exact: a time is the latest of others plus a
// constant.
//
//===----------------------------------------------------------------------===//
#include "rowlock/Timing/PassTiming.h"

#include <algorithm>
#include <numeric>
#include <optional>

using namespace rowlock;

static int64_t ceilDiv(int64_t a, int64_t b) { return (a + b - 1) / b; }

NetworkRates::NetworkRates(const TargetSpec &target, bool mode16,
                           int64_t channels, int64_t filterWidth)
    : macCycles(target.mac_cycles_per_bitwidth),
      psum(target.psum_network_bits / (8 * target.psumBytes())),
      local(target.local_network_bits / (8 * target.psumBytes())),
      ifmapSpad(target.ifmapSpad(mode16)) {
  int64_t wires = target.ifmap_network_bits / (8 * target.operandBytes(mode16));
  int64_t room = ifmapSpad / channels - filterWidth + 1;
  ifmap = std::max<int64_t>(1, std::min(wires, room));
}

namespace {

/// When a PE did last what others wait for.
struct PE {
  int64_t end = 0, endBefore = 0; // of the last two windows
  int64_t sent = 0;               // the psums of the last window have left
  int64_t occupied = 0;           // ifmap words that came and did not drop out
  size_t drop = 0;                // the oldest of its drops
  size_t row = 0;                 // of `arrivals`: the ifmap row it takes
  bool started = false;
  int64_t firstStart = 0;
};

/// The machine's clocks over one pass.
class Pass {
public:
  Pass(const PassWork &work, const NetworkRates &rates,
       const TimingRules &rules);
  PassTime run();

private:
  void image();
  void deliver();
  void deliverWords(size_t row, int64_t channel, int64_t first, int64_t count);
  void compute(const PassWork::Chain &chain);
  void window(size_t pe, int64_t psums);
  std::vector<int64_t> times() const;
  void later(int64_t cycles);
  void skipWindows(int64_t windows, int64_t cycles);

  int64_t &arrival(size_t row, int64_t channel, int64_t column) {
    return arrivals[(row * size_t(work.channelsPerPE) + size_t(channel)) *
                        size_t(span) +
                    size_t(column % span)];
  }

  const PassWork &work;
  const NetworkRates &rates;
  const TimingRules &rules;
  const int64_t ifmapColumns;
  const int64_t span; // columns of a row whose arrivals are kept
  std::vector<PE> pes;
  // Of each PE, when its last spad's worth of ifmap words dropped out, as a
  // ring.
  std::vector<int64_t> drops;
  // Of the ifmap rows that PEs receive, in their order: (row, channel, column
  // mod span).
  std::vector<int64_t> arrivals;
  std::vector<size_t> received; // number among these of each ifmap row
  int64_t ifmapClock = 0, psumClock = 0, outClock = 0;
  int64_t chunk = 0;  // the next of the image to deliver
  int64_t column = 0; // of the window
};

} // namespace

Pass::Pass(const PassWork &work, const NetworkRates &rates,
           const TimingRules &rules)
    : work(work), rates(rates), rules(rules),
      ifmapColumns((work.columns - 1) * work.strideX + work.filterWidth),
      span(work.filterWidth + rates.ifmap), pes(work.pes.size()),
      drops(work.pes.size() * size_t(rates.ifmapSpad), 0) {
  size_t rows = 0;
  for (const std::vector<uint32_t> &receivers : work.receivers) {
    received.push_back(rows);
    for (uint32_t pe : receivers)
      pes[pe].row = rows;
    rows += !receivers.empty();
  }
  arrivals.resize(rows * size_t(work.channelsPerPE * span), 0);
}

/// One network cycle with `count` neighbouring words from column `first` on.
void Pass::deliverWords(size_t row, int64_t channel, int64_t first,
                        int64_t count) {
  // Words between windows take no room.
  int64_t kept = 0;
  for (int64_t v = first; v < first + count; ++v)
    kept +=
        work.strideX <= work.filterWidth || v % work.strideX < work.filterWidth;
  const size_t spad = size_t(rates.ifmapSpad);
  int64_t at = ifmapClock;
  for (uint32_t number : work.receivers[row]) {
    PE &pe = pes[number];
    // The words take the places of those that dropped out a spad's worth ago.
    pe.occupied += kept;
    if (kept > 0)
      at = std::max(
          at,
          drops[number * spad + (pe.drop + size_t(pe.occupied) - 1) % spad]);
  }
  ifmapClock = at + 1;
  if (work.receivers[row].empty())
    return;
  for (int64_t v = first; v < first + count; ++v)
    arrival(received[row], channel, v) = ifmapClock;
}

/// Brings what windows up to the present one still lack.
void Pass::deliver() {
  int64_t last = column * work.strideX + work.filterWidth - 1;
  for (; chunk * rates.ifmap <= last; ++chunk) {
    int64_t first = chunk * rates.ifmap;
    int64_t count = std::min(rates.ifmap, ifmapColumns - first);
    for (int64_t c = 0; c < work.channelsPerPE; ++c)
      for (int64_t g = 0; g < work.groups; ++g)
        for (int64_t r = 0; r < work.channelSets; ++r) {
          if (r * work.channelsPerPE + c >= work.channels)
            continue;
          for (int64_t a = 0; a < work.ifmapRows; ++a)
            deliverWords(
                size_t((g * work.channelSets + r) * work.ifmapRows + a), c,
                first, count);
        }
  }
}

/// The next window of a PE, its psums there from `psums` on.
void Pass::window(size_t number, int64_t psums) {
  PE &pe = pes[number];
  const size_t spad = size_t(rates.ifmapSpad);
  const int64_t channels = work.pes[number].channels;
  const int64_t round = work.pes[number].filters * rates.macCycles;
  const int64_t width = work.filterWidth;
  const int64_t first = column * work.strideX;
  // Words that no later window needs drop out when their round is done.
  const int64_t leaving =
      column + 1 == work.columns ? width : std::min(work.strideX, width);
  int64_t time = pe.end;
  if (!pe.started) {
    for (int64_t c = 0; c < (rules.firstWindowWhole ? channels : 1); ++c)
      time = std::max(
          time,
          arrival(pe.row, c, first + (rules.firstWindowWhole ? width - 1 : 0)));
    pe.firstStart = time;
    pe.started = true;
  }
  for (int64_t c = 0; c < channels; ++c)
    for (int64_t s = 0; s < width; ++s) {
      time = std::max(time, arrival(pe.row, c, first + s));
      if (c + 1 == channels && s + 1 == width)
        time = std::max({time, psums, pe.sent});
      time += round;
      if (s < leaving) {
        drops[number * spad + pe.drop] = time;
        pe.drop = pe.drop + 1 == spad ? 0 : pe.drop + 1;
        --pe.occupied;
      }
    }
  pe.endBefore = pe.end;
  pe.end = time;
}

/// A window of all PEs of a chain, from the bottom. A PE can begin to take
/// psums when the first network word of them is there: a network brings them
/// at least as fast as a PE adds to them.
void Pass::compute(const PassWork::Chain &chain) {
  // When a PE has room for the psums of another window.
  auto room = [&](size_t k) {
    const PE &pe = pes[chain.pes[k]];
    return rules.psumWindows > 1 ? pe.endBefore : pe.end;
  };
  int64_t taken = std::max(psumClock, room(0));
  psumClock = taken + ceilDiv(chain.filters, rates.psum);
  int64_t psums = taken + 1, all = psumClock; // the first word, all words
  for (size_t k = 0; k < chain.pes.size(); ++k) {
    PE &pe = pes[chain.pes[k]];
    int64_t out, end; // of the first psum that may leave, and of the last
    if (work.pes[chain.pes[k]].works()) {
      window(chain.pes[k], psums);
      end = pe.end + rules.pipelineStages - 1;
      out = rules.psumsTogether ? end
                                : end - (chain.filters - 1) * rates.macCycles;
    } else {
      pe.endBefore = pe.end;
      pe.end = out = end = std::max(all, pe.sent) + 1;
    }
    bool last = k + 1 == chain.pes.size();
    taken = std::max(out, last ? outClock : room(k + 1));
    pe.sent =
        std::max(end + 1, taken + ceilDiv(chain.filters,
                                          last ? rates.psum : rates.local));
    psums = taken + 1;
    all = pe.sent;
    if (last)
      outClock = pe.sent;
  }
}

/// All times that those of later windows depend on, in an order that does not
/// change from window to window.
std::vector<int64_t> Pass::times() const {
  std::vector<int64_t> all = {ifmapClock, psumClock, outClock};
  const size_t spad = size_t(rates.ifmapSpad);
  for (const PassWork::Chain &chain : work.chains)
    for (uint32_t number : chain.pes) {
      const PE &pe = pes[number];
      all.insert(all.end(), {pe.end, pe.endBefore, pe.sent});
      if (work.pes[number].works())
        for (size_t k = 0; k < spad; ++k)
          all.push_back(drops[number * spad + (pe.drop + k) % spad]);
    }
  // Words of the window before that the next may use, and those ahead of it.
  const size_t perRow = size_t(work.channelsPerPE * span);
  for (size_t row = 0; row < arrivals.size() / perRow; ++row)
    for (int64_t v = (column + 1) * work.strideX; v < chunk * rates.ifmap; ++v)
      for (int64_t c = 0; c < work.channelsPerPE; ++c)
        all.push_back(
            arrivals[row * perRow + size_t(c * span) + size_t(v % span)]);
  return all;
}

/// The difference of all times, if it is the same.
static std::optional<int64_t> growth(const std::vector<int64_t> &before,
                                     const std::vector<int64_t> &after) {
  if (before.size() != after.size())
    return std::nullopt;
  int64_t difference = after.front() - before.front();
  for (size_t k = 0; k < after.size(); ++k)
    if (after[k] - before[k] != difference)
      return std::nullopt;
  return difference;
}

/// Moves all times on.
void Pass::later(int64_t cycles) {
  ifmapClock += cycles;
  psumClock += cycles;
  outClock += cycles;
  for (PE &pe : pes) {
    pe.end += cycles;
    pe.endBefore += cycles;
    pe.sent += cycles;
  }
  for (int64_t &time : drops)
    time += cycles;
  for (int64_t &time : arrivals)
    time += cycles;
}

void Pass::skipWindows(int64_t windows, int64_t cycles) {
  later(cycles);
  int64_t columns = windows * work.strideX;
  std::vector<int64_t> moved(arrivals.size());
  for (size_t k = 0; k < arrivals.size(); ++k) {
    int64_t place = int64_t(k) % span;
    moved[k - size_t(place) + size_t((place + columns) % span)] = arrivals[k];
  }
  arrivals = std::move(moved);
  column += windows;
  chunk += columns / rates.ifmap;
}

void Pass::image() {
  const int64_t period = rates.ifmap / std::gcd(rates.ifmap, work.strideX);
  // The last windows are special: words end, and all of them drop out.
  const int64_t rest = 1 + ceilDiv(rates.ifmap - 1, work.strideX);
  std::vector<int64_t> before;
  bool skipped = false;
  chunk = 0;
  for (column = 0; column < work.columns; ++column) {
    deliver();
    for (const PassWork::Chain &chain : work.chains)
      compute(chain);
    int64_t left = work.columns - rest - column - 1;
    if (skipped || left < period || (column + 1) % period != 0)
      continue;
    std::vector<int64_t> now = times();
    if (std::optional<int64_t> cycles = growth(before, now)) {
      skipWindows(left / period * period, left / period * *cycles);
      skipped = true;
    }
    before = std::move(now);
  }
}

PassTime Pass::run() {
  PassTime time;
  if (work.chains.empty())
    return time;
  std::vector<int64_t> before;
  for (int64_t done = 1; done <= work.images; ++done) {
    image();
    std::vector<int64_t> now = times();
    if (std::optional<int64_t> cycles = growth(before, now)) {
      later((work.images - done) * *cycles);
      break;
    }
    before = std::move(now);
  }
  const uint32_t number = work.chains.back().pes.front();
  const PE &pe = pes[number];
  time.rampUp = pe.firstStart;
  time.mac = work.images * work.columns * work.pes[number].filters *
             work.pes[number].channels * work.filterWidth * rates.macCycles;
  time.network = pe.end - pe.firstStart - time.mac;
  time.drain = outClock - pe.end;
  return time;
}

PassTime rowlock::timePass(const PassWork &work, const NetworkRates &rates,
                           const TimingRules &rules) {
  return Pass(work, rates, rules).run();
}
