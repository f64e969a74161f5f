//===- Transfers.h - Boxes between DRAM and GLB -----------------*- C++ -*-===//
//
// Without data, transfers check and count as with them; coded tensors count as
// if they were raw.
//
//===----------------------------------------------------------------------===//
#ifndef ROWLOCK_LIB_SIMULATOR_TRANSFERS_H
#define ROWLOCK_LIB_SIMULATOR_TRANSFERS_H

#include "ArrayConfiguration.h"
#include "GlobalBuffer.h"
#include "PassRunner.h"

#include "rowlock/Runtime/Memory.h"

#include <functional>

namespace rowlock {

/// Where a command stands: its loop indices.
struct LoopIndices {
  const int64_t *values;
  size_t depth;
};

/// What transfers work on.
struct TransferState {
  const Program &program;
  const TargetSpec &target;
  Memory &memory;
  bool data; // false: nothing is copied
};

/// What a transfer moved: words and bytes of the GLB, padding included, in so
/// many banks, and bytes of DRAM, as they lie there and without the run-length
/// code.
struct Moved {
  int64_t glbWords = 0, glbBytes = 0;
  size_t banks = 1;
  int64_t dramBytes = 0, plainBytes = 0;
};

/// Each checks that its box lies in the tensor and the region.
Result<Moved> runLoad(const fb::Load &load, LoopIndices indices,
                      const TransferState &state,
                      const ArrayConfiguration &configuration,
                      GlobalBuffer &glb);

/// Called with the logical element index and the psum word it came from.
using StoreObserver = std::function<void(int64_t element, int64_t word)>;
Result<Moved> runStore(const fb::Store &store, LoopIndices indices,
                       const TransferState &state,
                       const ArrayConfiguration &configuration,
                       GlobalBuffer &glb, const std::vector<int64_t> &records,
                       const StoreObserver &observer);

/// Brings the filters of a pass.
Result<FilterBlock> fetchFilters(const fb::Pass &pass, LoopIndices indices,
                                 const TransferState &state,
                                 const PassCounts &counts,
                                 const FrameValues &frame);

/// Brings records [first, first + count).
Result<std::vector<int64_t>> fetchRecords(const fb::RecordBox &box,
                                          int64_t first, int64_t count,
                                          const TransferState &state);

} // namespace rowlock

#endif // ROWLOCK_LIB_SIMULATOR_TRANSFERS_H
