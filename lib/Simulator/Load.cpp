//===- Load.cpp - From DRAM to the GLB ------------------------------------===//
#include "CodedRows.h"
#include "TransferBoxes.h"

#include <optional>

using namespace rowlock;

namespace {

/// The indices of a box along one dimension: `count` from `first` on.
struct Steps {
  int64_t first, step, count;
  int64_t at(int64_t k) const { return first + k * step; }
  /// The k at which they enter and leave [0, size).
  std::pair<int64_t, int64_t> inside(int64_t size) const {
    auto reach = [&](int64_t bound) { // the first k with at(k) >= bound
      int64_t k = bound > first ? (bound - first + step - 1) / step : 0;
      return std::min(k, count);
    };
    return {reach(0), reach(size)};
  }
};

/// Brings an ifmap box, padding included.
class IfmapLoad {
public:
  IfmapLoad(const fb::Load &load, LoopIndices at, const TransferState &state,
            const ArrayConfiguration &configuration, GlobalBuffer &glb,
            const PassCounts &n);
  Result<Moved> run();

private:
  Status check() const;
  /// One (image, group, channel), whose channel of the tensor is `plane`.
  Status bringPlane(int64_t i, int64_t g, int64_t c, int64_t plane);
  void bringRow(int64_t word, int64_t image, int64_t plane, int64_t y);

  const fb::Load &load;
  const TransferState &state;
  const ArrayConfiguration &configuration;
  const PassCounts &n;
  const TensorBox box;
  const std::string who;
  const GlobalBuffer::Region region;
  const Place place;
  const size_t width; // bytes of an operand
  int64_t image, channel;
  Steps rows, columns;
  std::optional<DecodedRows> decoded; // of a coded tensor
  int64_t plainBytes = 0;             // from DRAM, if it were raw
};

} // namespace

IfmapLoad::IfmapLoad(const fb::Load &load, LoopIndices at,
                     const TransferState &state,
                     const ArrayConfiguration &configuration, GlobalBuffer &glb,
                     const PassCounts &n)
    : load(load), state(state), configuration(configuration), n(n),
      box(boxOf(state, load.tensor())), who(tensorName(state, load.tensor())),
      region(ifmapRegion(glb, configuration, state.target)),
      place(evaluate(load.glb(), at.values, at.depth)),
      width(size_t(state.target.operandBytes(configuration.mode16))) {
  auto value = [&](const fb::Affine *affine) {
    return evaluate(affine, at.values, at.depth);
  };
  image = value(load.image());
  channel = value(load.channel());
  rows = {value(load.row()), load.row_step(), n.rows};
  columns = {value(load.column()), load.column_step(), n.columns};
  if (state.data)
    if (const CodedLayout *coded = state.memory.layout(load.tensor()).coded())
      decoded.emplace(*coded);
}

Status IfmapLoad::check() const {
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
  return Status::ok();
}

void IfmapLoad::bringRow(int64_t word, int64_t i, int64_t plane, int64_t y) {
  auto [begin, end] = columns.inside(box.size(3));
  if (y < 0 || y >= box.size(2))
    begin = end = 0;
  plainBytes += (end - begin) * box.bytesPerElement();
  if (!state.data)
    return;
  const int64_t padding = load.pad_value();
  for (int64_t x = 0; x < n.columns; ++x) {
    int64_t element = padding;
    if (x >= begin && x < end)
      element = decoded ? decoded->get(y, columns.at(x))
                        : box.get(i, plane, y, columns.at(x));
    std::memcpy(region.word(word + x), &element, width);
  }
}

Status IfmapLoad::bringPlane(int64_t i, int64_t g, int64_t c, int64_t plane) {
  if (decoded)
    if (Status opened = decoded->open(state.memory.data(load.tensor()), box,
                                      image + i, plane, rows.first, n.rows);
        !opened)
      return Status::error(who + ": " + opened.message());
  for (int64_t r = 0; r < n.rows; ++r) {
    int64_t word = place.row(r, load.row_stride()) + i * load.image_stride() +
                   g * load.group_stride() + c * load.channel_stride();
    if (!region.holds(word, n.columns))
      return outside("GLB", "ifmap words", word, word + n.columns - 1,
                     region.size());
    bringRow(word, image + i, plane, rows.at(r));
  }
  return Status::ok();
}

Result<Moved> IfmapLoad::run() {
  if (Status fits = check(); !fits)
    return fits;
  for (int64_t i = 0; i < n.images; ++i)
    for (int64_t g = 0; g < n.groups; ++g)
      for (int64_t c = 0; c < n.channels; ++c)
        if (Status brought =
                bringPlane(i, g, c, channel + g * load.group_step() + c);
            !brought)
          return brought;
  int64_t words = n.images * n.groups * n.channels * n.rows * n.columns;
  return Moved{words, words * int64_t(width), configuration.ifmapBanks.size(),
               decoded ? decoded->bytes() : plainBytes, plainBytes};
}

static Result<Moved> loadPsums(const fb::Load &load, LoopIndices at,
                               const TransferState &state,
                               const ArrayConfiguration &configuration,
                               GlobalBuffer &glb, const PassCounts &n) {
  TensorBox box = boxOf(state, load.tensor());
  OfmapBox from = ofmapBox(load, at);
  if (Status fits = from.check(box, tensorName(state, load.tensor()), n); !fits)
    return fits;
  GlobalBuffer::Region region = psumRegion(glb, configuration, state.target);
  int64_t base = evaluate(load.glb(), at.values, at.depth).start();
  int64_t words = n.groups * n.filters * n.rows * n.images * n.columns;
  if (!region.holds(base, words))
    return outside("GLB", "psum words", base, base + words - 1, region.size());
  if (state.data)
    forEachPsum(n, configuration.frame.p, base,
                [&](int64_t word, int64_t g, int64_t m, int64_t r, int64_t i,
                    int64_t x) {
                  int64_t psum = box.get(from.image + i,
                                         from.channel + g * from.groupStep + m,
                                         from.row + r * from.rowStep,
                                         from.column + x * from.columnStep);
                  std::memcpy(region.word(word), &psum,
                              size_t(state.target.psumBytes()));
                });
  return Moved{words, words * state.target.psumBytes(),
               configuration.psumBanks.size(), words * box.bytesPerElement(),
               words * box.bytesPerElement()};
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
             ? IfmapLoad(load, at, state, configuration, glb, n).run()
             : loadPsums(load, at, state, configuration, glb, n);
}
