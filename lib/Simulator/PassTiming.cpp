//===- PassTiming.cpp - How long a pass takes -----------------------------===//
#include "PassTiming.h"

#include <algorithm>

using namespace rowlock;

static int64_t ceilDiv(int64_t a, int64_t b) { return (a + b - 1) / b; }

int64_t rowlock::ifmapWordsPerCycle(const FrameValues &frame,
                                    const TargetSpec &target) {
  bool mode16 = frame.mode16 != 0;
  int64_t wires = target.ifmap_network_bits / (8 * target.operandBytes(mode16));
  int64_t room = target.ifmapSpad(mode16) / frame.q - frame.filter_width + 1;
  return std::max<int64_t>(1, std::min(wires, room));
}

namespace {

/// What a PE does in the pass and when it did it last.
struct PE {
  int64_t filters = 0, channels = 0; // 0: it hands psums on
  bool works() const { return filters > 0 && channels > 0; }

  // ifmap words in the spad: how many came, and when each dropped out.
  int64_t received = 0;
  std::vector<int64_t> drops;
  std::vector<int64_t> arrivals; // (channel, column) of the image

  int64_t end = 0, endBefore = 0; // of the last two windows
  int64_t sent = 0;               // the psums of the last window have left
  int64_t firstStart = 0;
};

struct Chain {
  std::vector<size_t> pes;
  int64_t filters;
};

/// The machine's clocks over one pass.
class Pass {
public:
  Pass(const ArrayConfiguration &configuration, const PassCounts &counts,
       const TargetSpec &target);
  PassTime run();

private:
  void findWork();
  void deliver(int64_t column);
  void deliverWords(const std::vector<size_t> &receivers, int64_t channel,
                    int64_t first, int64_t count);
  void compute(const Chain &chain);
  void window(PE &pe, int64_t psums);

  const ArrayConfiguration &configuration;
  const FrameValues &frame;
  const PassCounts &n;
  const int64_t macCycles, ifmapRate, psumRate, localRate, spad;
  const int64_t ifmapRows, ifmapColumns;
  std::vector<PE> pes;
  std::vector<Chain> chains; // in the order of their tags
  // Working PEs that take ifmap row (group, channel set, row).
  std::vector<std::vector<size_t>> receivers;
  int64_t ifmapClock = 0, psumClock = 0, outClock = 0;
  int64_t chunk = 0;  // the next of the image to deliver
  int64_t column = 0; // of the window
};

} // namespace

Pass::Pass(const ArrayConfiguration &configuration, const PassCounts &counts,
           const TargetSpec &target)
    : configuration(configuration), frame(configuration.frame), n(counts),
      macCycles(target.mac_cycles_per_bitwidth),
      ifmapRate(ifmapWordsPerCycle(frame, target)),
      psumRate(target.psum_network_bits / (8 * target.psumBytes())),
      localRate(target.local_network_bits / (8 * target.psumBytes())),
      spad(target.ifmapSpad(configuration.mode16)),
      ifmapRows((n.rows - 1) * frame.stride_y + frame.filter_height),
      ifmapColumns((n.columns - 1) * frame.stride_x + frame.filter_width),
      pes(frame.enable.size()) {
  findWork();
}

void Pass::findWork() {
  receivers.resize(size_t(n.groups * frame.r * ifmapRows));
  for (int64_t g = 0; g < n.groups; ++g)
    for (int64_t t = 0; t * frame.p < n.filters; ++t)
      for (int64_t y = 0; y < n.rows; ++y) {
        const PsumChain *chain = configuration.chain(g * frame.t + t, y);
        if (!chain)
          continue;
        chains.push_back(
            {chain->pes, std::min(frame.p, n.filters - t * frame.p)});
        for (size_t pe : chain->pes) {
          const FilterTag &filter = configuration.filterTags[pe];
          const IfmapTag &ifmap = configuration.ifmapTags[pe];
          if (filter.set < 0 || ifmap.group < 0 || ifmap.group >= n.groups ||
              ifmap.row >= ifmapRows)
            continue;
          pes[pe].filters =
              std::min(frame.p, n.filters - filter.set % frame.t * frame.p);
          pes[pe].channels =
              std::min(frame.q, n.channels - filter.channelSet * frame.q);
          if (!pes[pe].works())
            continue;
          pes[pe].arrivals.resize(size_t(pes[pe].channels * ifmapColumns));
          receivers[size_t((ifmap.group * frame.r + ifmap.channelSet) *
                               ifmapRows +
                           ifmap.row)]
              .push_back(pe);
        }
      }
}

/// One network cycle with `count` neighbouring words from column `first` on.
void Pass::deliverWords(const std::vector<size_t> &receivers, int64_t channel,
                        int64_t first, int64_t count) {
  // Words between windows take no room.
  int64_t kept = 0;
  for (int64_t v = first; v < first + count; ++v)
    kept += frame.stride_x <= frame.filter_width ||
            v % frame.stride_x < frame.filter_width;
  int64_t at = ifmapClock;
  for (size_t number : receivers) {
    const PE &pe = pes[number];
    int64_t drop = pe.received + kept - spad;
    if (drop > 0)
      at = std::max(at, pe.drops[size_t(drop - 1)]);
  }
  ifmapClock = at + 1;
  for (size_t number : receivers) {
    PE &pe = pes[number];
    pe.received += kept;
    std::fill_n(pe.arrivals.begin() + channel * ifmapColumns + first, count,
                ifmapClock);
  }
}

/// Brings what windows up to the one that ends at `column` still lack.
void Pass::deliver(int64_t column) {
  for (; chunk * ifmapRate <= column; ++chunk) {
    int64_t first = chunk * ifmapRate;
    int64_t count = std::min(ifmapRate, ifmapColumns - first);
    for (int64_t c = 0; c < frame.q; ++c)
      for (int64_t g = 0; g < n.groups; ++g)
        for (int64_t r = 0; r < frame.r; ++r) {
          if (r * frame.q + c >= n.channels)
            continue;
          for (int64_t a = 0; a < ifmapRows; ++a)
            deliverWords(receivers[size_t((g * frame.r + r) * ifmapRows + a)],
                         c, first, count);
        }
  }
}

/// The next window of a PE, its psums there from `psums` on.
void Pass::window(PE &pe, int64_t psums) {
  const int64_t round = pe.filters * macCycles;
  const int64_t width = frame.filter_width;
  // Words that no later window needs drop out when their round is done.
  const int64_t leaving =
      column + 1 == n.columns ? width : std::min(frame.stride_x, width);
  auto arrival = [&](int64_t c, int64_t s) {
    return pe.arrivals[size_t(c * ifmapColumns + column * frame.stride_x + s)];
  };
  int64_t time = pe.end;
  if (pe.drops.empty()) {
    // The first window starts when all of it is there.
    for (int64_t c = 0; c < pe.channels; ++c)
      time = std::max(time, arrival(c, width - 1));
    pe.firstStart = time;
  }
  for (int64_t c = 0; c < pe.channels; ++c)
    for (int64_t s = 0; s < width; ++s) {
      time = std::max(time, arrival(c, s));
      if (c + 1 == pe.channels && s + 1 == width)
        time = std::max({time, psums, pe.sent});
      time += round;
      if (s < leaving)
        pe.drops.push_back(time);
    }
  pe.endBefore = pe.end;
  pe.end = time;
}

/// A window of all PEs of a chain, from the bottom. A PE can begin to take
/// psums when the first network word of them is there: a network brings them
/// at least as fast as a PE adds to them.
void Pass::compute(const Chain &chain) {
  // Two windows' psums wait at a PE at most.
  int64_t taken = std::max(psumClock, pes[chain.pes.front()].endBefore);
  psumClock = taken + ceilDiv(chain.filters, psumRate);
  int64_t psums = taken + 1, all = psumClock; // the first word, all words
  for (size_t k = 0; k < chain.pes.size(); ++k) {
    PE &pe = pes[chain.pes[k]];
    int64_t out;
    if (pe.works()) {
      window(pe, psums);
      out = pe.end + pipelineStages - 1;
    } else {
      pe.endBefore = pe.end;
      pe.end = out = std::max(all, pe.sent) + 1;
    }
    bool last = k + 1 == chain.pes.size();
    taken = std::max(out, last ? outClock : pes[chain.pes[k + 1]].endBefore);
    pe.sent = taken + ceilDiv(chain.filters, last ? psumRate : localRate);
    psums = taken + 1;
    all = pe.sent;
    if (last)
      outClock = pe.sent;
  }
}

PassTime Pass::run() {
  for (int64_t image = 0; image < n.images; ++image) {
    chunk = 0;
    for (column = 0; column < n.columns; ++column) {
      deliver(column * frame.stride_x + frame.filter_width - 1);
      for (const Chain &chain : chains)
        compute(chain);
    }
  }
  PassTime time;
  if (chains.empty())
    return time;
  const PE &pe = pes[chains.back().pes.front()];
  time.rampUp = pe.firstStart;
  time.mac = n.images * n.columns * pe.filters * pe.channels *
             frame.filter_width * macCycles;
  time.network = pe.end - pe.firstStart - time.mac;
  time.drain = outClock - pe.end;
  return time;
}

PassTime rowlock::timePass(const ArrayConfiguration &configuration,
                           const PassCounts &counts, const TargetSpec &target) {
  return Pass(configuration, counts, target).run();
}
