//===- BoxChecks.cpp - Loads, stores and the host -------------------------===//
#include "BoxChecks.h"

#include "Checks.h"
#include "rowlock/Program/HostWork.h"

#include <algorithm>
#include <cstdlib>
#include <numeric>

using namespace rowlock;

#define ROWLOCK_TRY(expression)                                                \
  if (Status status = (expression); !status)                                   \
  return status

BoxChecks::BoxChecks(const fb::Program &program, const TargetSpec &target,
                     uint64_t maxWork)
    : program(program), target(target), workLeft(double(maxWork)),
      maxWork(maxWork) {
  for (const fb::Tensor *tensor : items(program.tensors()))
    tensors.emplace_back(*tensor);
  FrameLayout layout(target);
  for (const fb::Frame *stored : items(program.frames())) {
    std::vector<uint64_t> chain;
    for (uint64_t word : items(stored->words()))
      chain.push_back(word);
    Result<FrameValues> values =
        decodeFrame(layout, chain.data(), chain.size());
    assert(values && "the loader decoded every frame");
    Frame frame = {*values, 0, 0};
    int64_t psumBanks = std::accumulate(values->bank_psum.begin(),
                                        values->bank_psum.end(), int64_t(0));
    frame.ifmapWords = (target.glb_banks - psumBanks) * target.bank_bytes /
                       target.operandBytes(values->mode16 != 0);
    frame.psumWords = psumBanks * target.bank_bytes / target.psumBytes();
    frames.push_back(std::move(frame));
  }
}

bool BoxChecks::Sizes::isVoid() const {
  return images <= 0 || groups <= 0 || filters <= 0 || channels <= 0 ||
         rows <= 0 || columns <= 0;
}

static Status leaves(const char *field, int64_t first, int64_t last,
                     int64_t size, const std::string &whole) {
  return Status::error(std::string(field) + " " + std::to_string(first) +
                       " to " + std::to_string(last) + " leaves the " +
                       std::to_string(size) + " of " + whole);
}

Status BoxChecks::take(double work) {
  workLeft -= work;
  if (workLeft >= 0)
    return Status::ok();
  return Status::error("the program moves and computes more than " +
                       std::to_string(maxWork) + " words, MACs and operations");
}

Status BoxChecks::inTensor(const char *field, uint32_t tensor, size_t dimension,
                           int64_t first, int64_t last) const {
  int64_t size = tensors[tensor].shape()[dimension];
  if (std::min(first, last) >= 0 && std::max(first, last) < size)
    return Status::ok();
  return leaves(field, first, last, size,
                "tensor " +
                    quoted(text(items(program.tensors())[tensor]->name())));
}

Status BoxChecks::operands(const char *field, uint32_t tensor,
                           const Frame &frame) const {
  int64_t bytes = target.operandBytes(frame.values.mode16 != 0);
  if (tensors[tensor].bytesPerElement() <= bytes)
    return Status::ok();
  return Status::error(std::string(field) + " has elements of " +
                       std::to_string(tensors[tensor].bytesPerElement()) +
                       " bytes, operands have " + std::to_string(bytes));
}

/// A product of counts, which may leave 64 bits, is at most `most`.
static bool productWithin(std::initializer_list<int64_t> counts, int64_t most) {
  double product = 1;
  for (int64_t count : counts)
    product *= double(count);
  return product <= double(most);
}

Status BoxChecks::psums(const char *field, const fb::Address *address,
                        LoopPlace at, const Sizes &n,
                        const Frame &frame) const {
  if (!productWithin({n.images, n.groups, n.filters, n.rows, n.columns},
                     frame.psumWords))
    return Status::error(std::string(field) + ": more psums than the " +
                         std::to_string(frame.psumWords) +
                         " words of the psum region");
  int64_t first = evaluate(address, at.indices, at.depth).start();
  int64_t last = first + n.psums() - 1;
  if (first >= 0 && last < frame.psumWords)
    return Status::ok();
  return leaves(field, first, last, frame.psumWords,
                "the psum region in words");
}

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

Status BoxChecks::entries(const fb::Affine *record, int64_t groupStep,
                          LoopPlace at, const Sizes &n) const {
  for (int64_t group : {int64_t(0), n.groups - 1}) {
    int64_t first = valueOf(record, at) + group * groupStep;
    int64_t last = first + n.filters - 1;
    if (first < 0 || last >= target.record_entries)
      return leaves("record", first, last, target.record_entries,
                    "the record memory");
  }
  return Status::ok();
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

Status BoxChecks::ifmapWords(const char *field, const Place &place,
                             int64_t rows, int64_t pitch, int64_t columns,
                             std::initializer_list<Stride> outer,
                             const Frame &frame) const {
  double words = double(rows) * double(columns);
  int64_t low = std::min(place.row(0, pitch), place.row(rows - 1, pitch));
  int64_t high = std::max(place.row(0, pitch), place.row(rows - 1, pitch));
  if (place.ring && place.modulus > 0 && rows > 1) {
    // Rows start at multiples of this in the ring; all of it may be used.
    int64_t step = std::gcd(std::gcd(place.modulus, pitch), place.term);
    low = place.affine;
    high = place.affine + place.modulus - step;
  }
  for (const Stride &stride : outer) {
    words *= double(stride.count);
    int64_t reach = stride.words * (stride.count - 1);
    (reach < 0 ? low : high) += reach;
  }
  high += columns - 1;
  if (words > double(frame.ifmapWords))
    return Status::error(std::string(field) + ": a box of more than the " +
                         std::to_string(frame.ifmapWords) +
                         " words of the ifmap region");
  if (low >= 0 && high < frame.ifmapWords)
    return Status::ok();
  return leaves(field, low, high, frame.ifmapWords,
                "the ifmap region in words");
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

Status BoxChecks::host(const fb::Host &host) {
  double work = hostOperations(program, host.layer());
  const fb::Layer &layer = *items(program.layers())[host.layer()];
  for (uint32_t operand : items(layer.operands()))
    work += double(tensors[operand].elements());
  return take(work);
}
