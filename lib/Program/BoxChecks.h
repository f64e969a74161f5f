//===- BoxChecks.h - Does what commands name exist --------------*- C++ -*-===//
//
// The boxes of tensors, GLB regions, spads and records that commands name, at
// the loop indices and under the frame with which they run. The deadlock check
// walks the commands and asks for each. Errors begin with the field.
//
//===----------------------------------------------------------------------===//
#ifndef ROWLOCK_LIB_PROGRAM_BOXCHECKS_H
#define ROWLOCK_LIB_PROGRAM_BOXCHECKS_H

#include "rowlock/Program/FrameLayout.h"
#include "rowlock/Program/TensorLayout.h"
#include "rowlock/Program/Values.h"
#include "rowlock/Support/Result.h"

#include <initializer_list>
#include <vector>

namespace rowlock {

/// The indices of the loops around a command.
struct LoopPlace {
  const int64_t *indices;
  size_t depth;
};

class BoxChecks {
public:
  /// `program` is sound but for what is checked here. `maxWork`: see
  /// `LoadOptions`.
  BoxChecks(const fb::Program &program, const TargetSpec &target,
            uint64_t maxWork);

  const FrameValues &frame(uint32_t index) const {
    return frames[index].values;
  }

  /// Each for one execution of a command, under frame number `frame`.
  Status load(const fb::Load &load, LoopPlace at, uint32_t frame);
  Status store(const fb::Store &store, LoopPlace at, uint32_t frame);
  /// The filters and records of a pass that streams them.
  Status filters(const fb::Pass &pass, LoopPlace at, uint32_t frame);
  /// In the order of execution. `streams`: it takes filters from the FIFO.
  Status pass(const fb::Pass &pass, LoopPlace at, uint32_t frame, bool streams);
  /// The array was configured: the PEs hold no filters any more.
  void configured() { holds = false; }
  Status host(const fb::Host &host);

private:
  struct Frame {
    FrameValues values;
    int64_t ifmapWords = 0, psumWords = 0; // of the regions
  };
  /// The actual counts of a command; filters, channels per group.
  struct Sizes {
    int64_t images = 1, groups = 1, filters = 1, channels = 1, rows = 1,
            columns = 1;
    bool isVoid() const;
    int64_t psums() const { return images * groups * filters * rows * columns; }
  };

  struct Stride {
    int64_t count, words;
  };

  static int64_t valueOf(const fb::Count *count, LoopPlace at) {
    return evaluate(count, at.indices, at.depth);
  }
  static int64_t valueOf(const fb::Affine *affine, LoopPlace at) {
    return evaluate(affine, at.indices, at.depth);
  }
  static Sizes sizesOf(const fb::Pass &pass, LoopPlace at);

  /// Indices `first` and `last`, in any order, of a tensor's dimension.
  Status inTensor(const char *field, uint32_t tensor, size_t dimension,
                  int64_t first, int64_t last) const;
  /// Elements are no wider than the frame's operands.
  Status operands(const char *field, uint32_t tensor, const Frame &frame) const;
  /// The dense psums of a command in the psum region.
  Status psums(const char *field, const fb::Address *address, LoopPlace at,
               const Sizes &sizes, const Frame &frame) const;
  /// The box of an ofmap that psums come from or go to.
  template <typename Command>
  Status ofmap(const Command &command, LoopPlace at, const Sizes &sizes) const;
  /// `sizes.filters` entries of the record memory for each group.
  Status entries(const fb::Affine *record, int64_t groupStep, LoopPlace at,
                 const Sizes &sizes) const;
  Status ifmapLoad(const fb::Load &load, LoopPlace at, const Sizes &sizes,
                   const Frame &frame) const;
  static Status disjoint(const fb::Load &load, const Place &place,
                         const Sizes &sizes);
  /// Rows of `columns` words, `pitch` apart, for each of the outer counts.
  Status ifmapWords(const char *field, const Place &place, int64_t rows,
                    int64_t pitch, int64_t columns,
                    std::initializer_list<Stride> outer,
                    const Frame &frame) const;
  Status wholeBlocks(const fb::Store &store, LoopPlace at,
                     const Sizes &sizes) const;
  Status passCounts(const Sizes &sizes, const Frame &frame) const;
  Status passIfmaps(const fb::Pass &pass, LoopPlace at, const Sizes &sizes,
                    const Frame &frame) const;
  Status take(double work);

  const fb::Program &program;
  const TargetSpec &target;
  std::vector<TensorLayout> tensors;
  std::vector<Frame> frames;
  bool holds = false; // the PEs hold filters, of these sizes
  Sizes held;
  double workLeft;
  const uint64_t maxWork;
};

} // namespace rowlock

#endif // ROWLOCK_LIB_PROGRAM_BOXCHECKS_H
