//===- FilterStream.h - Filters from the link to the spads ------*- C++ -*-===//
//
// Filters come from the link in the order of the passes that name them, run
// through the FIFO and wait in the spads beside those of the pass that runs, as
// far as either has room; what is left comes when their pass starts.
//
//===----------------------------------------------------------------------===//
#ifndef ROWLOCK_LIB_TIMING_FILTERSTREAM_H
#define ROWLOCK_LIB_TIMING_FILTERSTREAM_H

#include "rowlock/Timing/FilterDelivery.h"

#include <deque>

namespace rowlock {

class FilterStream {
public:
  /// Without `ahead`, spads take no filters before their pass starts.
  FilterStream(const TargetSpec &target, bool ahead)
      : takesAhead(ahead),
        capacity(double(target.filter_banks * target.bank_bytes)),
        linkBytes(double(target.link_bits) / 8) {}

  /// The filters, and before them the records, of one pass.
  struct Block {
    const FilterDelivery *delivery; // outlives the stream
    double recordBytes;
    double bytes() const {
      return recordBytes + double(delivery->wordBytes() * delivery->words());
    }
  };

  /// The link's side. A block may begin where the one before has come in full
  /// and there is room for its first byte.
  bool mayBegin() const { return streamed == end && streamed < limit(); }
  void begin(const Block &block);
  /// Bytes of the block that there is room for, and how many of them are still
  /// to come after a while.
  double wanted() const { return std::min(end, limit()) - streamed; }
  void receiveBut(double bytes) { streamed = std::min(end, limit()) - bytes; }
  bool whole() const { return streamed == end; }

  /// The array's side: `configure` empties the spads. A pass gathers the
  /// first block and, once it is whole and has been delivered, holds it.
  void configure(int64_t frame, double now);
  bool hasNext() const { return blocks.size() > (gathering ? 1 : 0); }
  /// Network cycles that bring the PEs what they lack of the next block then.
  int64_t gather(double now);
  bool gathered() const { return streamed >= blocks.front().end; }
  void hold(double now);

private:
  struct Waiting : Block {
    double begin, end; // in all bytes streamed, whole link words
  };
  double limit() const;
  int64_t cyclesAhead(const Waiting &block) const;
  void measure();

  const bool takesAhead;
  const double capacity;      // of the FIFO, in bytes
  const double linkBytes;     // of a word on the link
  std::deque<Waiting> blocks; // begun and not held yet
  bool gathering = false;     // the first of them
  double streamed = 0;        // bytes in all
  double end = 0;             // of the last block
  double taken = 0;           // bytes gathered or held
  double ahead = 0;           // room in spads for the next block
  int64_t frame = -1;
  const FilterDelivery *held = nullptr; // null: spads are empty
  double heldSince = 0;
};

} // namespace rowlock

#endif // ROWLOCK_LIB_TIMING_FILTERSTREAM_H
