//===- Transfers.cpp - Boxes between DRAM and GLB -------------------------===//
#include "Transfers.h"

#include "TensorBox.h"

#include "rowlock/Numerics/Integer.h"

#include <map>
#include <optional>

using namespace rowlock;

static TensorBox boxOf(const TransferState &state, uint32_t tensor) {
  return TensorBox(state.program, tensor, state.memory.layout(tensor),
                   state.memory.data(tensor));
}

static std::string tensorName(const TransferState &state, uint32_t tensor) {
  return "tensor '" +
         text(items(state.program.table().tensors())[tensor]->name()) + "'";
}

static Status outside(const std::string &who, const char *what, int64_t first,
                      int64_t last, int64_t size) {
  return Status::error(who + ": " + what + " " + std::to_string(first) +
                       " to " + std::to_string(last) + " of " +
                       std::to_string(size));
}

/// Sizes whose product stays small enough to walk over.
static Status checkVolume(std::initializer_list<int64_t> sizes) {
  double volume = 1;
  for (int64_t size : sizes)
    volume *= double(size);
  if (volume > double(int64_t(1) << 32))
    return Status::error("box of " + std::to_string(volume) +
                         " elements is too large");
  return Status::ok();
}

static GlobalBuffer::Region ifmapRegion(GlobalBuffer &glb,
                                        const ArrayConfiguration &configuration,
                                        const TargetSpec &target) {
  return GlobalBuffer::Region(
      glb, configuration.ifmapBanks,
      size_t(target.operandBytes(configuration.mode16)));
}

static GlobalBuffer::Region psumRegion(GlobalBuffer &glb,
                                       const ArrayConfiguration &configuration,
                                       const TargetSpec &target) {
  return GlobalBuffer::Region(glb, configuration.psumBanks,
                              size_t(target.psumBytes()));
}

namespace {

/// The rows of one (image, channel) after the other, raw or coded; counts what
/// comes from DRAM.
class PlaneReader {
public:
  PlaneReader(const TensorBox &box, const CodedLayout *coded,
              const uint8_t *data)
      : box(box), coded(coded), data(data) {}

  /// Rows [first, first + count), as far as they exist, of a coded tensor come
  /// in whole blocks, without steps.
  Status open(int64_t nextImage, int64_t nextChannel, int64_t first,
              int64_t count) {
    image = nextImage;
    channel = nextChannel;
    if (!coded)
      return Status::ok();
    values.clear();
    int64_t last = std::min(first + count, box.size(2)) - 1;
    first = std::max<int64_t>(first, 0);
    decodedFrom = first / coded->blockRows() * coded->blockRows();
    for (int64_t row = decodedFrom; row <= last; row += coded->blockRows()) {
      auto block = coded->read(data, coded->block(image, channel, row));
      if (!block)
        return block.takeStatus();
      values.insert(values.end(), block->values.begin(), block->values.end());
      bytes += block->bytes;
    }
    return Status::ok();
  }
  /// An element of the tensor.
  int64_t get(int64_t row, int64_t column) {
    if (coded)
      return values[size_t((row - decodedFrom) * box.size(3) + column)];
    bytes += box.bytesPerElement();
    return box.get(image, channel, row, column);
  }

  int64_t bytes = 0;

private:
  const TensorBox &box;
  const CodedLayout *coded;
  const uint8_t *data;
  int64_t image = 0, channel = 0, decodedFrom = 0;
  std::vector<int64_t> values;
};

/// Collects what a store makes of a coded tensor, block by block.
class BlockWriter {
public:
  /// `first` and `rows`: of the store. An error unless they are whole blocks.
  static Status check(const CodedLayout &coded, const TensorBox &box,
                      int64_t first, int64_t rows, int64_t column,
                      int64_t columns) {
    bool whole =
        first % coded.blockRows() == 0 &&
        (rows % coded.blockRows() == 0 || first + rows == box.size(2)) &&
        column == 0 && columns == box.size(3);
    if (whole)
      return Status::ok();
    return Status::error("a store of rows " + std::to_string(first) + " to " +
                         std::to_string(first + rows - 1) + ", " +
                         std::to_string(columns) +
                         " columns does not make whole code blocks");
  }
  BlockWriter(const CodedLayout &coded, const TensorBox &box)
      : coded(coded), width(box.size(3)) {}

  void put(const int64_t *indices, int64_t value) {
    int64_t block = coded.block(indices[0], indices[1], indices[2]);
    std::vector<int64_t> &values = blocks[block];
    values.resize(size_t(coded.rowsOf(block) * width));
    values[size_t(indices[2] % coded.blockRows() * width + indices[3])] = value;
  }
  /// The bytes of all blocks.
  int64_t write(uint8_t *data) const {
    int64_t bytes = 0;
    for (const auto &[block, values] : blocks)
      bytes += coded.write(data, block, values);
    return bytes;
  }

private:
  const CodedLayout &coded;
  int64_t width;
  std::map<int64_t, std::vector<int64_t>> blocks;
};

} // namespace

static Result<Moved> loadIfmap(const fb::Load &load, LoopIndices at,
                               const TransferState &state,
                               const ArrayConfiguration &configuration,
                               GlobalBuffer &glb, const PassCounts &n) {
  TensorBox box = boxOf(state, load.tensor());
  std::string who = tensorName(state, load.tensor());
  auto value = [&](const fb::Affine *affine) {
    return evaluate(affine, at.values, at.depth);
  };
  int64_t image = value(load.image()), channel = value(load.channel());
  int64_t row = value(load.row()), column = value(load.column());
  size_t width = size_t(state.target.operandBytes(configuration.mode16));
  if (size_t(box.bytesPerElement()) > width ||
      box.elementType() == fb::ElementType::F16 ||
      box.elementType() == fb::ElementType::I1)
    return Status::error(who + " has elements that are no operands");
  if (!box.holds(0, image, n.images))
    return outside(who, "images", image, image + n.images - 1, box.size(0));
  for (int64_t group : {int64_t(0), n.groups - 1})
    if (!box.holds(1, channel + group * load.group_step(), n.channels))
      return outside(who, "channels", channel + group * load.group_step(),
                     channel + group * load.group_step() + n.channels - 1,
                     box.size(1));
  GlobalBuffer::Region region = ifmapRegion(glb, configuration, state.target);
  Place place = evaluate(load.glb(), at.values, at.depth);
  PlaneReader plane(box, state.memory.layout(load.tensor()).coded(),
                    state.memory.data(load.tensor()));
  for (int64_t i = 0; i < n.images; ++i)
    for (int64_t g = 0; g < n.groups; ++g)
      for (int64_t c = 0; c < n.channels; ++c) {
        if (Status opened = plane.open(
                image + i, channel + g * load.group_step() + c, row, n.rows);
            !opened)
          return Status::error(who + ": " + opened.message());
        for (int64_t r = 0; r < n.rows; ++r) {
          int64_t word = place.row(r, load.row_stride()) +
                         i * load.image_stride() + g * load.group_stride() +
                         c * load.channel_stride();
          if (!region.holds(word, n.columns))
            return outside("GLB", "ifmap words", word, word + n.columns - 1,
                           region.size());
          int64_t y = row + r * load.row_step();
          bool inside = y >= 0 && y < box.size(2);
          for (int64_t x = 0; x < n.columns; ++x) {
            int64_t from = column + x * load.column_step();
            int64_t element = load.pad_value();
            if (inside && from >= 0 && from < box.size(3))
              element = plane.get(y, from);
            std::memcpy(region.word(word + x), &element, width);
          }
        }
      }
  int64_t words = n.images * n.groups * n.channels * n.rows * n.columns;
  return Moved{words, words * int64_t(width), configuration.ifmapBanks.size(),
               plane.bytes};
}

/// Walks a dense block of psums in the order of docs/spec/execution.md; calls
/// `use(word, group, filter, row, image, column)`.
template <typename Use>
static void forEachPsum(const PassCounts &n, int64_t p, int64_t base, Use use) {
  int64_t word = base;
  for (int64_t g = 0; g < n.groups; ++g)
    for (int64_t first = 0; first < n.filters; first += p)
      for (int64_t r = 0; r < n.rows; ++r)
        for (int64_t i = 0; i < n.images; ++i)
          for (int64_t x = 0; x < n.columns; ++x)
            for (int64_t m = first; m < std::min(first + p, n.filters); ++m)
              use(word++, g, m, r, i, x);
}

/// The box of the ofmap tensor that a dense block of psums covers.
template <typename Command>
static Status checkOfmap(const TensorBox &box, const std::string &who,
                         const Command &command, const PassCounts &n,
                         int64_t image, int64_t channel, int64_t row,
                         int64_t column) {
  int64_t lastRow = row + (n.rows - 1) * command.row_step();
  int64_t lastColumn = column + (n.columns - 1) * command.column_step();
  int64_t lastGroup = channel + (n.groups - 1) * command.group_step();
  if (!box.holds(0, image, n.images))
    return outside(who, "images", image, image + n.images - 1, box.size(0));
  for (int64_t first : {channel, lastGroup})
    if (!box.holds(1, first, n.filters))
      return outside(who, "channels", first, first + n.filters - 1,
                     box.size(1));
  for (int64_t r : {row, lastRow})
    if (!box.holds(2, r, 1))
      return outside(who, "rows", row, lastRow, box.size(2));
  for (int64_t x : {column, lastColumn})
    if (!box.holds(3, x, 1))
      return outside(who, "columns", column, lastColumn, box.size(3));
  return Status::ok();
}

static Result<Moved> loadPsums(const fb::Load &load, LoopIndices at,
                               const TransferState &state,
                               const ArrayConfiguration &configuration,
                               GlobalBuffer &glb, const PassCounts &n) {
  TensorBox box = boxOf(state, load.tensor());
  auto value = [&](const fb::Affine *affine) {
    return evaluate(affine, at.values, at.depth);
  };
  int64_t image = value(load.image()), channel = value(load.channel());
  int64_t row = value(load.row()), column = value(load.column());
  if (Status fits = checkOfmap(box, tensorName(state, load.tensor()), load, n,
                               image, channel, row, column);
      !fits)
    return fits;
  GlobalBuffer::Region region = psumRegion(glb, configuration, state.target);
  int64_t base = evaluate(load.glb(), at.values, at.depth).start();
  int64_t words = n.groups * n.filters * n.rows * n.images * n.columns;
  if (!region.holds(base, words))
    return outside("GLB", "psum words", base, base + words - 1, region.size());
  forEachPsum(
      n, configuration.frame.p, base,
      [&](int64_t word, int64_t g, int64_t m, int64_t r, int64_t i, int64_t x) {
        int64_t psum =
            box.get(image + i, channel + g * load.group_step() + m,
                    row + r * load.row_step(), column + x * load.column_step());
        std::memcpy(region.word(word), &psum, size_t(state.target.psumBytes()));
      });
  return Moved{words, words * state.target.psumBytes(),
               configuration.psumBanks.size(), words * box.bytesPerElement()};
}

Result<Moved> rowlock::runLoad(const fb::Load &load, LoopIndices at,
                               const TransferState &state,
                               const ArrayConfiguration &configuration,
                               GlobalBuffer &glb) {
  auto count = [&](const fb::Count *counted) {
    return evaluate(counted, at.values, at.depth);
  };
  int64_t channels = count(load.channels());
  PassCounts n = {
      count(load.images()), count(load.groups()), channels, channels,
      count(load.rows()),   count(load.columns())};
  if (n.isVoid())
    return Moved();
  if (Status volume =
          checkVolume({n.images, n.groups, n.channels, n.rows, n.columns});
      !volume)
    return volume;
  return load.kind() == fb::BoxKind::Ifmap
             ? loadIfmap(load, at, state, configuration, glb, n)
             : loadPsums(load, at, state, configuration, glb, n);
}

/// A psum on its way to DRAM, docs/spec/execution.md, "Arithmetic".
static int64_t postProcess(int64_t psum, int64_t record,
                           const FrameValues &frame, bool fixed16) {
  if (fixed16)
    return frame.relu && psum < 0 ? 0 : psum;
  uint64_t bits = uint64_t(record);
  int64_t value =
      rescale(psum + int32_t(uint32_t(bits)),
              int64_t(bits >> 32 & ((1u << 26) - 1)), int(bits >> 58));
  return saturate(value + frame.output_zero_point, frame.clip_low,
                  frame.clip_high);
}

static fb::ElementType outputType(const FrameValues &frame,
                                  const TargetSpec &target) {
  static const fb::ElementType types[] = {
      fb::ElementType::I8, fb::ElementType::U8, fb::ElementType::I16,
      fb::ElementType::U16};
  return target.isFixed16() ? fb::ElementType::I16 : types[frame.output_type];
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
  auto value = [&](const fb::Affine *affine) {
    return evaluate(affine, at.values, at.depth);
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
  TensorBox box = boxOf(state, store.tensor());
  std::string who = tensorName(state, store.tensor());
  uint8_t *out = state.memory.mutableData(store.tensor());
  if (!out)
    return Status::error(who + " is a constant");
  const FrameValues &frame = configuration.frame;
  fb::ElementType wanted =
      !store.raw() ? outputType(frame, state.target)
                   : (state.target.isFixed16() ? fb::ElementType::I16
                                               : fb::ElementType::I32);
  if (box.elementType() != wanted)
    return Status::error(
        who + " has elements of " + fb::EnumNameElementType(box.elementType()) +
        ", the store makes " + fb::EnumNameElementType(wanted));
  int64_t image = value(store.image()), channel = value(store.channel());
  int64_t row = value(store.row()), column = value(store.column());
  if (Status fits = checkOfmap(box, who, store, n, image, channel, row, column);
      !fits)
    return fits;
  GlobalBuffer::Region region = psumRegion(glb, configuration, state.target);
  int64_t base = evaluate(store.psum(), at.values, at.depth).start();
  int64_t words = n.groups * n.filters * n.rows * n.images * n.columns;
  if (!region.holds(base, words))
    return outside("GLB", "psum words", base, base + words - 1, region.size());
  int64_t record = value(store.record());
  bool processed = !store.raw() && !state.target.isFixed16();
  for (int64_t group : {int64_t(0), n.groups - 1}) {
    int64_t first = record + group * store.record_group_step();
    if (processed && (first < 0 || first + n.filters > int64_t(records.size())))
      return outside("record memory", "entries", first, first + n.filters - 1,
                     int64_t(records.size()));
  }
  if (processed)
    for (int64_t g = 0; g < n.groups; ++g)
      for (int64_t m = 0; m < n.filters; ++m)
        if (uint64_t(
                records[size_t(record + g * store.record_group_step() + m)]) >>
            58 < 2)
          return Status::error("a record has a shift below 2");
  const bool fixed16 = state.target.isFixed16();
  std::optional<BlockWriter> blocks;
  if (const CodedLayout *coded = state.memory.layout(store.tensor()).coded()) {
    if (Status whole =
            BlockWriter::check(*coded, box, row, n.rows, column, n.columns);
        !whole)
      return Status::error(who + ": " + whole.message());
    blocks.emplace(*coded, box);
  }
  forEachPsum(
      n, frame.p, base,
      [&](int64_t word, int64_t g, int64_t m, int64_t r, int64_t i, int64_t x) {
        const uint8_t *bytes = region.word(word);
        int32_t wide;
        int16_t narrow;
        std::memcpy(&wide, bytes, fixed16 ? 2 : 4);
        std::memcpy(&narrow, bytes, 2);
        int64_t psum = fixed16 ? narrow : wide;
        if (!store.raw())
          psum = postProcess(
              psum,
              processed
                  ? records[size_t(record + g * store.record_group_step() + m)]
                  : 0,
              frame, fixed16);
        int64_t indices[] = {image + i, channel + g * store.group_step() + m,
                             row + r * store.row_step(),
                             column + x * store.column_step()};
        if (blocks)
          blocks->put(indices, psum);
        else
          std::memcpy(
              out + box.byte(indices[0], indices[1], indices[2], indices[3]),
              &psum, size_t(box.bytesPerElement()));
        if (observer)
          observer(((indices[0] * box.size(1) + indices[1]) * box.size(2) +
                    indices[2]) *
                           box.size(3) +
                       indices[3],
                   word);
      });
  return Moved{words, words * state.target.psumBytes(),
               configuration.psumBanks.size(),
               blocks ? blocks->write(out) : words * box.bytesPerElement()};
}

Result<FilterBlock> rowlock::readFilters(const fb::Pass &pass, LoopIndices at,
                                         const TransferState &state,
                                         const PassCounts &n,
                                         const FrameValues &frame) {
  const fb::FilterBox &from = *pass.filters_from();
  TensorBox box = boxOf(state, from.tensor());
  std::string who = tensorName(state, from.tensor());
  auto value = [&](const fb::Affine *affine) {
    return evaluate(affine, at.values, at.depth);
  };
  if (Status volume = checkVolume({n.groups, n.filters, n.channels,
                                   frame.filter_height, frame.filter_width});
      !volume)
    return volume;
  int64_t filter = value(from.filter()), channel = value(from.channel());
  int64_t row = value(from.row()), column = value(from.column());
  for (int64_t group : {int64_t(0), n.groups - 1})
    if (!box.holds(0, filter + group * from.group_step(), n.filters))
      return outside(who, "filters", filter + group * from.group_step(),
                     filter + group * from.group_step() + n.filters - 1,
                     box.size(0));
  if (!box.holds(1, channel, n.channels))
    return outside(who, "channels", channel, channel + n.channels - 1,
                   box.size(1));
  int64_t lastRow = row + (frame.filter_height - 1) * from.row_step();
  int64_t lastColumn = column + (frame.filter_width - 1) * from.column_step();
  for (int64_t i : {row, lastRow})
    if (!box.holds(2, i, 1))
      return outside(who, "filter rows", row, lastRow, box.size(2));
  for (int64_t i : {column, lastColumn})
    if (!box.holds(3, i, 1))
      return outside(who, "filter columns", column, lastColumn, box.size(3));
  FilterBlock block;
  block.groups = n.groups;
  block.filters = n.filters;
  block.channels = n.channels;
  for (int64_t g = 0; g < n.groups; ++g)
    for (int64_t m = 0; m < n.filters; ++m)
      for (int64_t c = 0; c < n.channels; ++c)
        for (int64_t i = 0; i < frame.filter_height; ++i)
          for (int64_t s = 0; s < frame.filter_width; ++s)
            block.words.push_back(int16_t(box.get(
                filter + g * from.group_step() + m, channel + c,
                row + i * from.row_step(), column + s * from.column_step())));
  return block;
}

Result<std::vector<int64_t>> rowlock::readRecords(const fb::RecordBox &from,
                                                  int64_t first, int64_t count,
                                                  const TransferState &state) {
  TensorBox box = boxOf(state, from.tensor());
  if (!box.holds(0, first, count))
    return outside(tensorName(state, from.tensor()), "records", first,
                   first + count - 1, box.size(0));
  std::vector<int64_t> records;
  records.reserve(size_t(count));
  for (int64_t k = 0; k < count; ++k)
    records.push_back(box.get(first + k));
  return records;
}
