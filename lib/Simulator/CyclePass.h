//===- CyclePass.h - A pass, cycle by cycle ---------------------*- C++ -*-===//
//
// The literal judge of PassTiming.h: every PE, network and buffer is stepped
// through each cycle of a pass by the rules of docs/spec/timing.md. Slow.
//
//===----------------------------------------------------------------------===//
#ifndef ROWLOCK_LIB_SIMULATOR_CYCLEPASS_H
#define ROWLOCK_LIB_SIMULATOR_CYCLEPASS_H

#include "ArrayConfiguration.h"

#include "rowlock/Simulator/Counts.h"
#include "rowlock/Simulator/PassCounts.h"

#include <deque>

namespace rowlock {

class CyclePass {
public:
  CyclePass(const ArrayConfiguration &configuration, const PassCounts &counts,
            const TargetSpec &target);

  /// One cycle.
  void step();
  /// All psums are back in the GLB.
  bool done() const { return gonWindow == windows; }
  /// False if a cycle went by in which nothing moved: then nothing ever will.
  bool moves() const { return moved; }
  /// What happened so far.
  const EventCounts &counted() const { return events; }

private:
  struct PE {
    int64_t filters = 0, channels = 0;
    bool works = false;
    int64_t above = -1; // the next PE of the chain; -1: the GON
    bool bottom = false;

    std::vector<bool> held; // ifmap words (image, channel, column)
    int64_t occupied = 0;

    int64_t window = 0;           // the one at work or next
    int64_t channel = 0, tap = 0; // its round
    int64_t cycle = -1;           // within the round; -1: between rounds
    // Network words that came of the psums of windows from `window` on.
    std::deque<int64_t> in;
    // The window on its way out: pipeline cycles to go, words sent.
    bool sending = false;
    int64_t pipeline = 0, sent = 0;
  };

  void stepIfmaps();
  void nextIfmap();
  void stepPsumsIn();
  void stepPE(PE &pe);
  bool roundMayStart(const PE &pe) const;
  size_t place(const PE &pe, int64_t image, int64_t channel,
               int64_t column) const {
    return size_t((image * pe.channels + channel) * ifmapColumns + column);
  }
  bool holds(const PE &pe, int64_t channel, int64_t column) const {
    return pe.held[place(pe, pe.window / n.columns, channel, column)];
  }
  void endRound(PE &pe);
  void stepOut(PE &pe);
  void stepGON();
  int64_t psumWords(const PE &pe, int64_t width) const {
    return (pe.filters + width - 1) / width;
  }

  const ArrayConfiguration &configuration;
  const FrameValues &frame;
  const PassCounts n;
  const int64_t macCycles, psumWidth, localWidth, spad, windows;
  const int64_t ifmapRows, ifmapColumns;
  int64_t ifmapWidth;
  std::vector<PE> pes;
  std::vector<size_t> bottoms, tops; // by chain
  std::vector<int64_t> chainFilters;

  // Where the networks stand.
  int64_t image = 0, chunk = 0, lane = 0, group = 0, channelSet = 0, row = 0;
  int64_t ginWindow = 0, ginWord = 0;
  size_t ginChain = 0;
  int64_t gonWindow = 0, gonWord = 0;
  size_t gonChain = 0;

  // What cycles make visible to the next one.
  struct Arrival {
    size_t pe;
    int64_t image, channel, first, count;
  };
  std::vector<Arrival> arrivals;
  std::vector<size_t> psumArrivals; // PEs that get a network word
  std::vector<PE *> emptied;        // PEs whose psums have left
  EventCounts events;
  bool moved = true;
};

} // namespace rowlock

#endif // ROWLOCK_LIB_SIMULATOR_CYCLEPASS_H
