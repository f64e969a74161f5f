//===- CyclePass.cpp - A pass, cycle by cycle -----------------------------===//
#include "CyclePass.h"

#include <algorithm>

using namespace rowlock;

CyclePass::CyclePass(const ArrayConfiguration &configuration,
                     const PassCounts &counts, const TargetSpec &target)
    : configuration(configuration), frame(configuration.frame), n(counts),
      macCycles(target.mac_cycles_per_bitwidth),
      psumWidth(target.psum_network_bits / 8 / target.psumBytes()),
      localWidth(target.local_network_bits / 8 / target.psumBytes()),
      spad(target.ifmapSpad(configuration.mode16)),
      windows(n.images * n.columns),
      ifmapRows((n.rows - 1) * frame.stride_y + frame.filter_height),
      ifmapColumns((n.columns - 1) * frame.stride_x + frame.filter_width),
      pes(frame.enable.size()) {
  // The widest group of neighbours that q channels always have room for.
  ifmapWidth =
      target.ifmap_network_bits / 8 / target.operandBytes(configuration.mode16);
  while (ifmapWidth > 1 &&
         frame.q * (frame.filter_width - 1 + ifmapWidth) > spad)
    --ifmapWidth;
  for (int64_t g = 0; g < n.groups; ++g)
    for (int64_t t = 0; t < frame.t; ++t)
      for (int64_t y = 0; y < n.rows; ++y) {
        int64_t filters = std::min(frame.p, n.filters - t * frame.p);
        const PsumChain *chain = configuration.chain(g * frame.t + t, y);
        if (filters <= 0 || !chain)
          continue;
        bottoms.push_back(chain->pes.front());
        tops.push_back(chain->pes.back());
        chainFilters.push_back(filters);
        for (size_t k = 0; k < chain->pes.size(); ++k) {
          PE &pe = pes[chain->pes[k]];
          pe.filters = filters;
          pe.bottom = k == 0;
          pe.above =
              k + 1 < chain->pes.size() ? int64_t(chain->pes[k + 1]) : -1;
          const FilterTag &filter = configuration.filterTags[chain->pes[k]];
          const IfmapTag &ifmap = configuration.ifmapTags[chain->pes[k]];
          pe.channels =
              std::min(frame.q, n.channels - filter.channelSet * frame.q);
          pe.works = filter.set >= 0 && pe.channels > 0 && ifmap.group >= 0 &&
                     ifmap.group < n.groups && ifmap.row < ifmapRows;
          if (pe.works)
            pe.held.resize(size_t(n.images * pe.channels * ifmapColumns));
        }
      }
}

/// One chunk of one row to all PEs with its tag, once all of them have room.
void CyclePass::stepIfmaps() {
  if (image == n.images)
    return;
  int64_t first = chunk * ifmapWidth;
  int64_t count = std::min(ifmapWidth, ifmapColumns - first);
  auto kept = [&](int64_t v) {
    return frame.stride_x <= frame.filter_width ||
           v % frame.stride_x < frame.filter_width;
  };
  int64_t room = 0;
  for (int64_t v = first; v < first + count; ++v)
    room += kept(v);
  int64_t reached = 0;
  std::vector<Arrival> taken;
  for (size_t k = 0; k < pes.size(); ++k) {
    const IfmapTag &tag = configuration.ifmapTags[k];
    if (tag.group != group || tag.channelSet != channelSet || tag.row != row)
      continue;
    ++reached;
    if (!pes[k].works)
      continue;
    if (pes[k].occupied + room > spad)
      return;
    taken.push_back({k, image, lane, first, count});
  }
  for (const Arrival &arrival : taken) {
    pes[arrival.pe].occupied += room;
    arrivals.push_back(arrival);
  }
  events.glbIfmapReads += count;
  events.ifmapDeliveries += reached * count;
  moved = true;
  nextIfmap();
}

void CyclePass::nextIfmap() {
  auto step = [](int64_t &counter, int64_t size) {
    if (++counter < size)
      return true;
    counter = 0;
    return false;
  };
  do {
    if (step(row, ifmapRows))
      continue;
    if (step(channelSet, frame.r) || step(group, n.groups) ||
        step(lane, frame.q) ||
        step(chunk, (ifmapColumns + ifmapWidth - 1) / ifmapWidth))
      continue;
    ++image;
  } while (image < n.images && channelSet * frame.q + lane >= n.channels);
}

void CyclePass::stepPsumsIn() {
  if (ginWindow == windows)
    return;
  PE &pe = pes[bottoms[ginChain]];
  if (ginWord == 0 && pe.in.size() == 2)
    return;
  moved = true;
  if (ginWord == 0)
    pe.in.push_back(0);
  psumArrivals.push_back(bottoms[ginChain]);
  int64_t filters = chainFilters[ginChain];
  events.glbPsumReads += std::min(psumWidth, filters - ginWord * psumWidth);
  if (++ginWord < psumWords(pe, psumWidth))
    return;
  ginWord = 0;
  if (++ginChain < bottoms.size())
    return;
  ginChain = 0;
  ++ginWindow;
}

bool CyclePass::roundMayStart(const PE &pe) const {
  int64_t first = pe.window % n.columns * frame.stride_x;
  if (!holds(pe, pe.channel, first + pe.tap))
    return false;
  if (pe.window == 0 && pe.channel == 0 && pe.tap == 0)
    for (int64_t c = 0; c < pe.channels; ++c)
      for (int64_t s = 0; s < frame.filter_width; ++s)
        if (!holds(pe, c, s))
          return false;
  bool last = pe.channel + 1 == pe.channels && pe.tap + 1 == frame.filter_width;
  return !last || (!pe.in.empty() && pe.in.front() > 0 && !pe.sending);
}

void CyclePass::endRound(PE &pe) {
  int64_t x = pe.window % n.columns;
  int64_t column = x * frame.stride_x + pe.tap;
  if (x + 1 == n.columns || pe.tap < frame.stride_x) {
    pe.held[place(pe, pe.window / n.columns, pe.channel, column)] = false;
    --pe.occupied;
  }
  pe.cycle = -1;
  if (++pe.tap < frame.filter_width)
    return;
  pe.tap = 0;
  if (++pe.channel < pe.channels)
    return;
  pe.channel = 0;
  ++pe.window;
  pe.in.pop_front();
  pe.sending = true;
  pe.pipeline = 2; // read and multiply are two stages ahead of the adder
  pe.sent = 0;
}

void CyclePass::stepPE(PE &pe) {
  if (pe.window == windows)
    return;
  if (!pe.works) {
    // Hands a window on when all of it is there.
    int64_t words = psumWords(pe, pe.bottom ? psumWidth : localWidth);
    if (pe.in.empty() || pe.in.front() < words || pe.sending)
      return;
    pe.in.pop_front();
    ++pe.window;
    pe.sending = true;
    pe.pipeline = pe.sent = 0;
    moved = true;
    return;
  }
  if (pe.cycle < 0) {
    if (!roundMayStart(pe))
      return;
    pe.cycle = 0;
  }
  moved = true;
  // One MAC of the round: each filter's takes `macCycles`.
  if (pe.cycle % macCycles == 0)
    ++events.macs;
  ++pe.cycle;
}

/// The psums of the last window to the PE above.
void CyclePass::stepOut(PE &pe) {
  if (!pe.sending)
    return;
  if (pe.pipeline > 0) {
    --pe.pipeline;
    moved = true;
    return;
  }
  if (pe.above < 0)
    return;
  PE &above = pes[size_t(pe.above)];
  if (pe.sent == 0) {
    if (above.in.size() == 2)
      return;
    above.in.push_back(0);
  }
  psumArrivals.push_back(size_t(pe.above));
  moved = true;
  if (++pe.sent == psumWords(pe, localWidth))
    emptied.push_back(&pe);
}

void CyclePass::stepGON() {
  if (done())
    return;
  PE &pe = pes[tops[gonChain]];
  if (!pe.sending || pe.pipeline > 0)
    return;
  moved = true;
  int64_t filters = chainFilters[gonChain];
  events.glbPsumWrites += std::min(psumWidth, filters - gonWord * psumWidth);
  if (++gonWord < psumWords(pe, psumWidth))
    return;
  gonWord = 0;
  emptied.push_back(&pe);
  if (++gonChain < tops.size())
    return;
  gonChain = 0;
  ++gonWindow;
}

void CyclePass::step() {
  moved = false;
  arrivals.clear();
  psumArrivals.clear();
  emptied.clear();
  // All look at what the cycles before have left.
  stepIfmaps();
  stepPsumsIn();
  stepGON();
  for (PE &pe : pes)
    if (pe.filters > 0)
      stepOut(pe);
  for (PE &pe : pes)
    if (pe.filters > 0)
      stepPE(pe);
  // What they did shows from the next on.
  for (const Arrival &arrival : arrivals) {
    PE &pe = pes[arrival.pe];
    for (int64_t v = arrival.first; v < arrival.first + arrival.count; ++v)
      pe.held[place(pe, arrival.image, arrival.channel, v)] = true;
  }
  for (size_t pe : psumArrivals)
    ++pes[pe].in.back();
  for (PE *pe : emptied)
    pe->sending = false;
  for (PE &pe : pes)
    if (pe.cycle == pe.filters * macCycles)
      endRound(pe);
}
