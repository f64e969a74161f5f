//===- PassRunner.h - PEs, spads and one pass -------------------*- C++ -*-===//
#ifndef ROWLOCK_LIB_SIMULATOR_PASSRUNNER_H
#define ROWLOCK_LIB_SIMULATOR_PASSRUNNER_H

#include "ArrayConfiguration.h"
#include "GlobalBuffer.h"
#include "PassEvents.h"

#include "rowlock/Program/Values.h"
#include "rowlock/Simulator/Counts.h"
#include "rowlock/Simulator/PassCounts.h"
#include "rowlock/Support/Result.h"

namespace rowlock {

/// Filter words as they come through the FIFO: (group, filter, channel, row,
/// column). Without data, none.
struct FilterBlock {
  PassCounts counts = {}; // of the pass that they are for
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
  /// Without `data` it checks and counts, but computes nothing.
  PassRunner(const TargetSpec &target, bool data)
      : target(target), fixed16(target.isFixed16()), data(data),
        events(target) {}

  void configure(const ArrayConfiguration &configuration);

  /// Delivers filters to the PEs whose IDs match.
  Status takeFilters(FilterBlock block, EventCounts &counts);

  /// Runs a pass. `writer`, if given, is called with each psum word that was
  /// written and the PE that sent it.
  template <typename Writer>
  Status run(const PassOrder &order, const GlobalBuffer::Region &ifmaps,
             const GlobalBuffer::Region &psums,
             const std::vector<int64_t> &records, EventCounts &counts,
             Writer writer);

private:
  /// One chain of PEs at work on the psums of one ofmap row of one image:
  /// `filters` x columns words from `first` on, (column, filter) in the GLB.
  struct ChainRun {
    const PsumChain *chain;
    int64_t image, filters, first, record;
  };

  Status check(const PassOrder &order, const GlobalBuffer::Region &ifmaps,
               const GlobalBuffer::Region &psums,
               const std::vector<int64_t> &records) const;
  Status checkIfmaps(const PassOrder &order,
                     const GlobalBuffer::Region &region) const;
  Status checkRecords(const PassOrder &order, size_t entries) const;
  /// Where the rows of a pass lie: the frame says how they wrap.
  Place ifmapPlace(const PassOrder &order) const;
  /// Calls `use(row number, GLB word)` for each row, (group, channel, image,
  /// row); an error of it ends the walk.
  template <typename Use>
  Status forEachIfmapRow(const PassOrder &order, Use use) const;
  void readIfmaps(const PassOrder &order, const GlobalBuffer::Region &region);
  void countZeros(int64_t columns);
  void readPsums(const PassOrder &order, const ChainRun &run,
                 const GlobalBuffer::Region &region,
                 const std::vector<int64_t> &records);
  void accumulate(const PassOrder &order, size_t pe, int64_t image,
                  EventCounts &counts);
  void writePsums(const ChainRun &run, int64_t columns,
                  const GlobalBuffer::Region &region) const;
  /// The chains' work in the order of their psums.
  template <typename Use>
  void forEachChain(const PassOrder &order, Use use) const;

  int64_t ifmapRowsOf(const PassCounts &n) const {
    return (n.rows - 1) * configuration->frame.stride_y +
           configuration->frame.filter_height;
  }
  int64_t ifmapColumnsOf(const PassCounts &n) const {
    return (n.columns - 1) * configuration->frame.stride_x +
           configuration->frame.filter_width;
  }

  const TargetSpec &target;
  const bool fixed16; // asked in inner loops
  const bool data;
  PassEvents events;
  const ArrayConfiguration *configuration = nullptr;
  // The filters that the PEs hold, and of each PE its own: (filter, channel,
  // column).
  PassCounts held = {};
  std::vector<std::vector<int16_t>> spads;
  // The ifmaps of a pass, (group, channel, image, row, column), and its sizes.
  std::vector<int32_t> ifmap;
  // Of each of its rows: zeros that a filter row meets there.
  std::vector<int64_t> zeros;
  int64_t ifmapRows = 0, ifmapColumns = 0;
  std::vector<int32_t> sums; // (filter, column)
};

template <typename Use>
void PassRunner::forEachChain(const PassOrder &order, Use use) const {
  const PassCounts &n = order.counts;
  const FrameValues &frame = configuration->frame;
  int64_t first = order.psum.start();
  for (int64_t group = 0; group < n.groups; ++group)
    for (int64_t t = 0; t * frame.p < n.filters; ++t) {
      int64_t filters = std::min(frame.p, n.filters - t * frame.p);
      int64_t record =
          order.record + group * order.recordGroupStep + t * frame.p;
      for (int64_t row = 0; row < n.rows; ++row)
        for (int64_t image = 0; image < n.images; ++image) {
          use(ChainRun{configuration->chain(group * frame.t + t, row), image,
                       filters, first, record});
          first += n.columns * filters;
        }
    }
}

template <typename Writer>
Status PassRunner::run(const PassOrder &order,
                       const GlobalBuffer::Region &ifmaps,
                       const GlobalBuffer::Region &psums,
                       const std::vector<int64_t> &records, EventCounts &counts,
                       Writer writer) {
  auto counted = events.pass(*configuration, order.counts);
  if (!counted)
    return counted.takeStatus();
  if (Status fits = check(order, ifmaps, psums, records); !fits)
    return fits;
  counts += **counted;
  if (!data)
    return Status::ok();
  readIfmaps(order, ifmaps);
  forEachChain(order, [&](const ChainRun &run) {
    readPsums(order, run, psums, records);
    for (size_t pe : run.chain->pes)
      accumulate(order, pe, run.image, counts);
    int64_t columns = order.counts.columns;
    writePsums(run, columns, psums);
    for (int64_t k = 0; k < columns * run.filters; ++k)
      writer(run.first + k, run.chain->pes.back());
  });
  return Status::ok();
}

} // namespace rowlock

#endif // ROWLOCK_LIB_SIMULATOR_PASSRUNNER_H
