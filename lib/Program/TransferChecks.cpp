//===- TransferChecks.cpp - What loads and stores name --------------------===//
#include "BoxChecks.h"

#include "Checks.h"

#include <algorithm>
#include <cstdlib>

using namespace rowlock;

#define ROWLOCK_TRY(expression)                                                \
  if (Status status = (expression); !status)                                   \
  return status

template <typename Command>
Status BoxChecks::ofmap(const Command &command, LoopPlace at,
                        const Sizes &n) const {
  uint32_t tensor = command.tensor();
  int64_t image = valueOf(command.image(), at);
  int64_t channel = valueOf(command.channel(), at);
  int64_t row = valueOf(command.row(), at);
  int64_t column = valueOf(command.column(), at);
  ROWLOCK_TRY(inTensor("image", tensor, 0, image, image + n.images - 1));
  for (int64_t group : {int64_t(0), n.groups - 1}) {
    int64_t first = channel + group * command.group_step();
    ROWLOCK_TRY(inTensor("channel", tensor, 1, first, first + n.filters - 1));
  }
  ROWLOCK_TRY(
      inTensor("row", tensor, 2, row, row + (n.rows - 1) * command.row_step()));
  return inTensor("column", tensor, 3, column,
                  column + (n.columns - 1) * command.column_step());
}

/// No word of a box is written twice: each stride passes over all words that
/// the smaller ones reach.
Status BoxChecks::disjoint(const fb::Load &load, const Place &place,
                           const Sizes &n) {
  // Rows in a ring lie anywhere in it.
  bool ring = place.ring && place.modulus > 0;
  if (ring && n.rows > 1 && n.rows * load.row_stride() > place.modulus)
    return Status::error("rows " + std::to_string(n.rows) +
                         " run over the whole ring of " +
                         std::to_string(place.modulus) + " words");
  struct {
    const char *field;
    int64_t count, words;
  } strides[] = {{"row_stride", n.rows, load.row_stride()},
                 {"channel_stride", n.channels, load.channel_stride()},
                 {"group_stride", n.groups, load.group_stride()},
                 {"image_stride", n.images, load.image_stride()}};
  std::sort(std::begin(strides), std::end(strides),
            [](const auto &a, const auto &b) {
              return std::abs(a.words) < std::abs(b.words);
            });
  int64_t reach = n.columns;
  for (const auto &stride : strides) {
    if (stride.count <= 1)
      continue;
    int64_t words = std::abs(stride.words);
    if (words < reach)
      return Status::error(std::string(stride.field) + " " +
                           std::to_string(stride.words) + " is below the " +
                           std::to_string(reach) +
                           " words that it passes over");
    reach += words * (stride.count - 1);
  }
  return Status::ok();
}

Status BoxChecks::ifmapLoad(const fb::Load &load, LoopPlace at, const Sizes &n,
                            const Frame &frame) const {
  uint32_t tensor = load.tensor();
  ROWLOCK_TRY(operands("tensor", tensor, frame));
  int64_t image = valueOf(load.image(), at);
  ROWLOCK_TRY(inTensor("image", tensor, 0, image, image + n.images - 1));
  for (int64_t group : {int64_t(0), n.groups - 1}) {
    int64_t first = valueOf(load.channel(), at) + group * load.group_step();
    ROWLOCK_TRY(inTensor("channel", tensor, 1, first, first + n.channels - 1));
  }
  Place place = evaluate(load.glb(), at.indices, at.depth);
  ROWLOCK_TRY(disjoint(load, place, n));
  // Rows and columns outside the tensor are padding.
  return ifmapWords("glb", place, n.rows, load.row_stride(), n.columns,
                    {{n.images, load.image_stride()},
                     {n.groups, load.group_stride()},
                     {n.channels, load.channel_stride()}},
                    frame);
}

Status BoxChecks::load(const fb::Load &load, LoopPlace at, uint32_t number) {
  const Frame &frame = frames[number];
  Sizes n;
  n.images = valueOf(load.images(), at);
  n.groups = valueOf(load.groups(), at);
  n.channels = n.filters = valueOf(load.channels(), at);
  n.rows = valueOf(load.rows(), at);
  n.columns = valueOf(load.columns(), at);
  if (n.isVoid())
    return Status::ok();
  if (load.kind() == fb::BoxKind::Ifmap) {
    ROWLOCK_TRY(ifmapLoad(load, at, n, frame));
  } else {
    ROWLOCK_TRY(ofmap(load, at, n));
    ROWLOCK_TRY(psums("glb", load.glb(), at, n, frame));
  }
  return take(double(n.psums()));
}

/// What a frame makes of psums that are not raw.
static fb::ElementType outputType(const FrameValues &frame, bool fixed16) {
  static const fb::ElementType types[] = {
      fb::ElementType::I8, fb::ElementType::U8, fb::ElementType::I16,
      fb::ElementType::U16};
  return fixed16 ? fb::ElementType::I16 : types[frame.output_type];
}

/// Stores of coded tensors make whole blocks.
Status BoxChecks::wholeBlocks(const fb::Store &store, LoopPlace at,
                              const Sizes &n) const {
  const TensorLayout &layout = tensors[store.tensor()];
  const CodedLayout *coded = layout.coded();
  if (!coded)
    return Status::ok();
  int64_t row = valueOf(store.row(), at), end = row + n.rows;
  if (row % coded->blockRows() ||
      (n.rows % coded->blockRows() && end != layout.shape()[2]))
    return Status::error("row " + std::to_string(row) + " to " +
                         std::to_string(end - 1) + " are no whole blocks of " +
                         std::to_string(coded->blockRows()) + " rows");
  if (valueOf(store.column(), at) != 0 || n.columns != layout.shape()[3])
    return Status::error("columns " + std::to_string(n.columns) +
                         " of a coded tensor's " +
                         std::to_string(layout.shape()[3]));
  return Status::ok();
}

Status BoxChecks::store(const fb::Store &store, LoopPlace at, uint32_t number) {
  const Frame &frame = frames[number];
  Sizes n;
  n.images = valueOf(store.images(), at);
  n.groups = valueOf(store.groups(), at);
  n.filters = valueOf(store.filters(), at);
  n.rows = valueOf(store.rows(), at);
  n.columns = valueOf(store.columns(), at);
  if (n.isVoid())
    return Status::ok();
  const fb::Tensor &tensor = *items(program.tensors())[store.tensor()];
  fb::ElementType made = outputType(frame.values, target.isFixed16());
  if (!store.raw() && tensor.type() != made)
    return Status::error("tensor " + quoted(text(tensor.name())) + " is of " +
                         fb::EnumNameElementType(tensor.type()) +
                         ", the frame's output_type of " +
                         fb::EnumNameElementType(made));
  ROWLOCK_TRY(ofmap(store, at, n));
  if (n.groups > 1 && std::abs(store.group_step()) < n.filters)
    return Status::error("group_step " + std::to_string(store.group_step()) +
                         " is below the " + std::to_string(n.filters) +
                         " filters that it passes over");
  ROWLOCK_TRY(wholeBlocks(store, at, n));
  ROWLOCK_TRY(psums("psum", store.psum(), at, n, frame));
  if (!store.raw() && !target.isFixed16())
    ROWLOCK_TRY(entries(store.record(), store.record_group_step(), at, n));
  return take(double(n.psums()));
}
