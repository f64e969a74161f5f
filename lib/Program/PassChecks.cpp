//===- PassChecks.cpp - What a pass names ---------------------------------===//
#include "BoxChecks.h"

using namespace rowlock;

#define ROWLOCK_TRY(expression)                                                \
  if (Status status = (expression); !status)                                   \
  return status

BoxChecks::Sizes BoxChecks::sizesOf(const fb::Pass &pass, LoopPlace at) {
  Sizes n;
  n.images = valueOf(pass.images(), at);
  n.groups = valueOf(pass.groups(), at);
  n.filters = valueOf(pass.filters(), at);
  n.channels = valueOf(pass.channels(), at);
  n.rows = valueOf(pass.rows(), at);
  n.columns = valueOf(pass.columns(), at);
  return n;
}

/// What the frame's PE sets make at once. A set has a chain of PEs for each of
/// its rows, so that there are at most as many as PEs.
Status BoxChecks::passCounts(const Sizes &n, const Frame &frame) const {
  const FrameValues &f = frame.values;
  int64_t pes = target.rows * target.columns;
  struct {
    const char *field, *made;
    int64_t count, bound;
  } checks[] = {
      {"filters", "p * t", n.filters, f.p * f.t},
      {"channels", "q * r", n.channels, f.q * f.r},
      {"rows", "segments * segment_width", n.rows,
       f.segments * f.segment_width},
      {"groups", "PEs / t", n.groups, pes / f.t},
  };
  for (const auto &check : checks)
    if (check.count > check.bound)
      return Status::error(std::string(check.field) + " " +
                           std::to_string(check.count) + " exceeds " +
                           check.made + ", " + std::to_string(check.bound));
  int64_t sets = n.groups * ((n.filters + f.p - 1) / f.p);
  if (sets * n.rows > pes)
    return Status::error("groups " + std::to_string(n.groups) + ", filters " +
                         std::to_string(n.filters) + " and rows " +
                         std::to_string(n.rows) + " take more than the " +
                         std::to_string(pes) + " PEs");
  return Status::ok();
}

/// The ifmap words that the GLB sends, row by row.
Status BoxChecks::passIfmaps(const fb::Pass &pass, LoopPlace at, const Sizes &n,
                             const Frame &frame) const {
  const FrameValues &f = frame.values;
  if (n.columns > frame.ifmapWords)
    return Status::error("columns " + std::to_string(n.columns) +
                         " exceeds the ifmap region of " +
                         std::to_string(frame.ifmapWords) + " words");
  // The frame says how rows wrap, not the address.
  Place place = evaluate(pass.ifmap(), at.indices, at.depth);
  place.ring = f.ifmap_ring > 0;
  if (place.ring)
    place.modulus = f.ifmap_ring;
  return ifmapWords("ifmap", place, (n.rows - 1) * f.stride_y + f.filter_height,
                    f.ifmap_row_pitch,
                    (n.columns - 1) * f.stride_x + f.filter_width,
                    {{n.images, f.ifmap_image_stride},
                     {n.groups, f.ifmap_group_stride},
                     {n.channels, f.ifmap_channel_stride}},
                    frame);
}

Status BoxChecks::pass(const fb::Pass &pass, LoopPlace at, uint32_t number,
                       bool streams) {
  const Frame &frame = frames[number];
  const FrameValues &f = frame.values;
  Sizes n = sizesOf(pass, at);
  if (n.isVoid())
    return Status::ok();
  ROWLOCK_TRY(passCounts(n, frame));
  if (streams) {
    holds = true;
    held = n;
  }
  struct {
    const char *field;
    int64_t count, held;
  } checks[] = {{"groups", n.groups, held.groups},
                {"filters", n.filters, held.filters},
                {"channels", n.channels, held.channels}};
  for (const auto &check : checks)
    if (!holds || check.count != check.held)
      return Status::error(std::string(check.field) + " " +
                           std::to_string(check.count) +
                           " is not that of the filters that the PEs hold, " +
                           std::to_string(holds ? check.held : 0));
  ROWLOCK_TRY(passIfmaps(pass, at, n, frame));
  ROWLOCK_TRY(psums("psum", pass.psum(), at, n, frame));
  bool init =
      pass.start() == fb::PsumStart::Init && valueOf(pass.init_when(), at) == 0;
  if (init && target.isFixed16())
    ROWLOCK_TRY(entries(pass.record(), pass.record_group_step(), at, n));
  // A psum meets at most every PE of a column.
  return take(double(n.psums()) *
              double(target.rows * std::min(n.channels, f.q) * f.filter_width));
}

Status BoxChecks::filters(const fb::Pass &pass, LoopPlace at, uint32_t number) {
  const FrameValues &f = frames[number].values;
  const fb::FilterBox &box = *pass.filters_from();
  Sizes n = sizesOf(pass, at);
  ROWLOCK_TRY(passCounts(n, frames[number]));
  ROWLOCK_TRY(operands("filter tensor", box.tensor(), frames[number]));
  int64_t filter = valueOf(box.filter(), at);
  int64_t channel = valueOf(box.channel(), at);
  int64_t row = valueOf(box.row(), at), column = valueOf(box.column(), at);
  for (int64_t group : {int64_t(0), n.groups - 1}) {
    int64_t first = filter + group * box.group_step();
    ROWLOCK_TRY(
        inTensor("filter", box.tensor(), 0, first, first + n.filters - 1));
  }
  ROWLOCK_TRY(inTensor("filter channel", box.tensor(), 1, channel,
                       channel + n.channels - 1));
  ROWLOCK_TRY(inTensor("filter row", box.tensor(), 2, row,
                       row + (f.filter_height - 1) * box.row_step()));
  ROWLOCK_TRY(inTensor("filter column", box.tensor(), 3, column,
                       column + (f.filter_width - 1) * box.column_step()));
  const fb::RecordBox *records = pass.records_from();
  int64_t count = records ? valueOf(records->count(), at) : 0;
  if (count > 0) {
    int64_t first = valueOf(records->first(), at);
    ROWLOCK_TRY(inTensor("first record", records->tensor(), 0, first,
                         first + count - 1));
    Sizes entered;
    entered.filters = count;
    ROWLOCK_TRY(entries(records->entry(), 0, at, entered));
  }
  return take(double(n.groups * n.filters * n.channels) *
                  double(f.filter_height * f.filter_width) +
              double(std::max<int64_t>(count, 0)));
}
