//===- PassRunner.h - PEs, spads and one pass -------------------*- C++ -*-===//
#ifndef ROWLOCK_LIB_SIMULATOR_PASSRUNNER_H
#define ROWLOCK_LIB_SIMULATOR_PASSRUNNER_H

#include "ArrayConfiguration.h"
#include "GlobalBuffer.h"
#include "PassCounts.h"

#include "rowlock/Program/Values.h"
#include "rowlock/Simulator/Counts.h"
#include "rowlock/Support/Result.h"

namespace rowlock {

/// Filter words as they come through the FIFO: (group, filter, channel, row,
/// column).
struct FilterBlock {
  int64_t groups = 0, filters = 0, channels = 0;
  std::vector<int16_t> words;
};

/// One pass, evaluated.
struct PassOrder {
  PassCounts counts;
  Place ifmap, psum;
  bool init;
  int64_t record, recordGroupStep; // preset of fixed16
};

/// The PEs: takes filters into spads, runs passes on the GLB.
class PassRunner {
public:
  explicit PassRunner(const TargetSpec &target)
      : target(target), fixed16(target.isFixed16()) {}

  void configure(const ArrayConfiguration &configuration);

  /// Delivers filters to the PEs whose IDs match.
  Status takeFilters(const FilterBlock &block, EventCounts &counts);

  /// Runs a pass. `writer`, if given, is called with each psum word that was
  /// written and the PE that sent it.
  template <typename Writer>
  Status run(const PassOrder &order, const GlobalBuffer::Region &ifmaps,
             const GlobalBuffer::Region &psums,
             const std::vector<int64_t> &records, EventCounts &counts,
             Writer writer);

private:
  /// Filters of a PE: `filters` x `channels` x S words.
  struct Spad {
    int64_t filters = 0, channels = 0;
    std::vector<int16_t> words;
  };

  Status checkCounts(const PassOrder &order) const;
  Status readIfmaps(const PassOrder &order, const GlobalBuffer::Region &region,
                    EventCounts &counts);
  void countZeros(int64_t columns);
  void countDeliveries(const PassOrder &order, EventCounts &counts) const;
  Status checkPsums(const PassOrder &order, int64_t set, int64_t row,
                    int64_t filters, const PsumChain *&chain) const;
  Status accumulate(const PassOrder &order, size_t pe, int64_t image,
                    int64_t filters, EventCounts &counts);
  std::string nameOf(size_t pe) const;
  void readPsums(const PassOrder &order, const GlobalBuffer::Region &region,
                 const std::vector<int64_t> &records, int64_t first,
                 int64_t filters, int64_t record);

  const TargetSpec &target;
  const bool fixed16; // asked in inner loops
  const ArrayConfiguration *configuration = nullptr;
  std::vector<Spad> spads;
  FilterBlock held; // counts of the filters that the PEs hold
  // The ifmaps of a pass, (group, channel, image, row, column), and its sizes.
  std::vector<int32_t> ifmap;
  // Of each of its rows: zeros that a filter row meets there.
  std::vector<int64_t> zeros;
  int64_t ifmapRows = 0, ifmapColumns = 0;
  std::vector<int32_t> sums; // (filter, column)
};

template <typename Writer>
Status PassRunner::run(const PassOrder &order,
                       const GlobalBuffer::Region &ifmaps,
                       const GlobalBuffer::Region &psums,
                       const std::vector<int64_t> &records, EventCounts &counts,
                       Writer writer) {
  if (Status counts = checkCounts(order); !counts)
    return counts;
  if (Status read = readIfmaps(order, ifmaps, counts); !read)
    return read;
  const PassCounts &n = order.counts;
  const FrameValues &frame = configuration->frame;
  int64_t base = order.psum.start();
  int64_t words = n.groups * n.filters * n.rows * n.images * n.columns;
  if (!psums.holds(base, words))
    return Status::error("psums " + std::to_string(base) + " to " +
                         std::to_string(base + words - 1) +
                         " leave the psum region of " +
                         std::to_string(psums.size()) + " words");
  const size_t psumBytes = size_t(target.psumBytes());
  int64_t psumBits = fixed16 ? 16 : target.psum_bits;
  for (int64_t group = 0; group < n.groups; ++group)
    for (int64_t t = 0; t * frame.p < n.filters; ++t) {
      int64_t filters = std::min(frame.p, n.filters - t * frame.p);
      int64_t record =
          order.record + group * order.recordGroupStep + t * frame.p;
      for (int64_t row = 0; row < n.rows; ++row) {
        const PsumChain *chain = nullptr;
        if (Status taken =
                checkPsums(order, group * frame.t + t, row, filters, chain);
            !taken)
          return taken;
        for (int64_t image = 0; image < n.images; ++image) {
          int64_t first = base +
                          (group * n.filters + t * frame.p) * n.rows *
                              n.images * n.columns +
                          (row * n.images + image) * n.columns * filters;
          if (order.init && fixed16 &&
              (record < 0 || record + filters > int64_t(records.size())))
            return Status::error("bias " + std::to_string(record) +
                                 " is outside the record memory");
          readPsums(order, psums, records, first, filters, record);
          counts.psumDeliveries +=
              int64_t(chain->pes.size()) * filters * n.columns;
          for (size_t pe : chain->pes)
            if (Status done = accumulate(order, pe, image, filters, counts);
                !done)
              return done;
          for (int64_t x = 0; x < n.columns; ++x)
            for (int64_t k = 0; k < filters; ++k) {
              int64_t word = first + x * filters + k;
              int64_t shift = 64 - psumBits;
              int64_t value = int64_t(uint64_t(int64_t(sums[k * n.columns + x]))
                                      << shift) >>
                              shift;
              std::memcpy(psums.word(word), &value, psumBytes);
              writer(word, chain->pes.back());
            }
        }
      }
    }
  ++counts.passes;
  counts.glbPsumReads += words;
  counts.glbPsumWrites += words;
  return Status::ok();
}

} // namespace rowlock

#endif // ROWLOCK_LIB_SIMULATOR_PASSRUNNER_H
