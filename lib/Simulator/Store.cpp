//===- Store.cpp - From the GLB to DRAM -----------------------------------===//
#include "CodedRows.h"
#include "TransferBoxes.h"

#include "rowlock/Numerics/Integer.h"

#include <algorithm>
#include <optional>

using namespace rowlock;

/// A psum on its way to DRAM, docs/spec/execution.md, "Arithmetic".
static int64_t postProcess(int64_t psum, int64_t record,
                           const FrameValues &frame, bool fixed16) {
  if (fixed16)
    return frame.relu && psum < 0 ? 0 : psum;
  uint64_t bits = uint64_t(record);
  int64_t value =
      rescale(psum + int32_t(uint32_t(bits)),
              int64_t(bits >> 32 & ((1u << 26) - 1)), int(bits >> 58));
  // A range without values clips to its upper bound.
  return std::min(std::max(value + frame.output_zero_point, frame.clip_low),
                  frame.clip_high);
}

static fb::ElementType outputType(const FrameValues &frame,
                                  const TargetSpec &target) {
  static const fb::ElementType types[] = {
      fb::ElementType::I8, fb::ElementType::U8, fb::ElementType::I16,
      fb::ElementType::U16};
  return target.isFixed16() ? fb::ElementType::I16 : types[frame.output_type];
}

namespace {

/// Sends a block of psums.
class PsumStore {
public:
  PsumStore(const fb::Store &store, LoopIndices at, const TransferState &state,
            const ArrayConfiguration &configuration, GlobalBuffer &glb,
            const std::vector<int64_t> &records, const PassCounts &n)
      : store(store), state(state), configuration(configuration),
        records(records), n(n), box(boxOf(state, store.tensor())),
        who(tensorName(state, store.tensor())),
        region(psumRegion(glb, configuration, state.target)),
        to(ofmapBox(store, at)),
        base(evaluate(store.psum(), at.values, at.depth).start()),
        words(n.groups * n.filters * n.rows * n.images * n.columns),
        record(evaluate(store.record(), at.values, at.depth)),
        fixed16(state.target.isFixed16()), processed(!store.raw() && !fixed16),
        coded(state.memory.layout(store.tensor()).coded()) {}
  Result<Moved> run(const StoreObserver &observer);

private:
  Status check() const;
  Status checkRecords() const;
  int64_t recordOf(int64_t g, int64_t m) const {
    return records[size_t(record + g * store.record_group_step() + m)];
  }
  int64_t valueOf(int64_t word, int64_t g, int64_t m) const;
  /// Returns the bytes that reach DRAM.
  int64_t send(const StoreObserver &observer) const;

  const fb::Store &store;
  const TransferState &state;
  const ArrayConfiguration &configuration;
  const std::vector<int64_t> &records;
  const PassCounts &n;
  const TensorBox box;
  const std::string who;
  const GlobalBuffer::Region region;
  const OfmapBox to;
  const int64_t base, words, record;
  const bool fixed16, processed;
  const CodedLayout *coded;
};

} // namespace

Status PsumStore::checkRecords() const {
  for (int64_t group : {int64_t(0), n.groups - 1}) {
    int64_t first = record + group * store.record_group_step();
    if (first < 0 || first + n.filters > int64_t(records.size()))
      return outside("record memory", "entries", first, first + n.filters - 1,
                     int64_t(records.size()));
  }
  for (int64_t g = 0; state.data && g < n.groups; ++g)
    for (int64_t m = 0; m < n.filters; ++m) {
      uint64_t shift = uint64_t(recordOf(g, m)) >> 58;
      if (shift < 2 || shift > 62)
        return Status::error(
            "record " +
            std::to_string(record + g * store.record_group_step() + m) +
            " has the shift " + std::to_string(shift) +
            ", which is not in 2 to 62");
    }
  return Status::ok();
}

Status PsumStore::check() const {
  if (!state.memory.mutableData(store.tensor()))
    return Status::error(who + " is a constant");
  fb::ElementType wanted =
      !store.raw() ? outputType(configuration.frame, state.target)
                   : (fixed16 ? fb::ElementType::I16 : fb::ElementType::I32);
  if (box.elementType() != wanted)
    return Status::error(
        who + " has elements of " + fb::EnumNameElementType(box.elementType()) +
        ", the store makes " + fb::EnumNameElementType(wanted));
  if (Status fits = to.check(box, who, n); !fits)
    return fits;
  if (!region.holds(base, words))
    return outside("GLB", "psum words", base, base + words - 1, region.size());
  if (processed)
    if (Status fits = checkRecords(); !fits)
      return fits;
  if (coded)
    if (Status whole = BlockWriter::check(*coded, box, to.row, n.rows,
                                          to.column, n.columns);
        !whole)
      return Status::error(who + ": " + whole.message());
  return Status::ok();
}

int64_t PsumStore::valueOf(int64_t word, int64_t g, int64_t m) const {
  const uint8_t *bytes = region.word(word);
  int32_t wide;
  int16_t narrow;
  std::memcpy(&narrow, bytes, 2);
  if (!fixed16)
    std::memcpy(&wide, bytes, 4);
  int64_t psum = fixed16 ? narrow : wide;
  return store.raw() ? psum
                     : postProcess(psum, processed ? recordOf(g, m) : 0,
                                   configuration.frame, fixed16);
}

int64_t PsumStore::send(const StoreObserver &observer) const {
  uint8_t *out = state.memory.mutableData(store.tensor());
  std::optional<BlockWriter> blocks;
  if (coded)
    blocks.emplace(*coded, box);
  forEachPsum(
      n, configuration.frame.p, base,
      [&](int64_t word, int64_t g, int64_t m, int64_t r, int64_t i, int64_t x) {
        int64_t value = valueOf(word, g, m);
        int64_t at[] = {to.image + i, to.channel + g * to.groupStep + m,
                        to.row + r * to.rowStep, to.column + x * to.columnStep};
        if (blocks)
          blocks->put(at, value);
        else
          std::memcpy(out + box.byte(at[0], at[1], at[2], at[3]), &value,
                      size_t(box.bytesPerElement()));
        if (observer)
          observer(((at[0] * box.size(1) + at[1]) * box.size(2) + at[2]) *
                           box.size(3) +
                       at[3],
                   word);
      });
  return blocks ? blocks->write(out) : words * box.bytesPerElement();
}

Result<Moved> PsumStore::run(const StoreObserver &observer) {
  if (Status fits = check(); !fits)
    return fits;
  return Moved{words, words * state.target.psumBytes(),
               configuration.psumBanks.size(),
               state.data ? send(observer) : words * box.bytesPerElement(),
               words * box.bytesPerElement()};
}

Result<Moved> rowlock::runStore(const fb::Store &store, LoopIndices at,
                                const TransferState &state,
                                const ArrayConfiguration &configuration,
                                GlobalBuffer &glb,
                                const std::vector<int64_t> &records,
                                const StoreObserver &observer) {
  auto count = [&](const fb::Count *counted) {
    return evaluate(counted, at.values, at.depth);
  };
  PassCounts n = {count(store.images()),  count(store.groups()),
                  count(store.filters()), 1,
                  count(store.rows()),    count(store.columns())};
  if (n.isVoid())
    return Moved();
  if (Status volume =
          checkVolume({n.images, n.groups, n.filters, n.rows, n.columns});
      !volume)
    return volume;
  return PsumStore(store, at, state, configuration, glb, records, n)
      .run(observer);
}
