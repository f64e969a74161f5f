//===- BoxChecks.cpp - Tensors, regions, records and the host -------------===//
#include "BoxChecks.h"

#include "Checks.h"
#include "rowlock/Program/HostWork.h"

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

Status BoxChecks::ifmapWords(const char *field, const Place &place,
                             int64_t rows, int64_t pitch, int64_t columns,
                             std::initializer_list<Stride> outer,
                             const Frame &frame) const {
  double words = double(rows) * double(columns);
  int64_t low = std::min(place.row(0, pitch), place.row(rows - 1, pitch));
  int64_t high = std::max(place.row(0, pitch), place.row(rows - 1, pitch));
  if (place.ring && place.modulus > 0 && rows > 1) {
    // Rows start so far from multiples of `step` in the ring; all of it may be
    // used.
    int64_t step = std::gcd(place.modulus, pitch);
    int64_t rest = (place.term % step + step) % step;
    low = place.affine + rest;
    high = place.affine + place.modulus - step + rest;
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

Status BoxChecks::host(const fb::Host &host) {
  double work = hostOperations(program, host.layer());
  const fb::Layer &layer = *items(program.layers())[host.layer()];
  for (uint32_t operand : items(layer.operands()))
    work += double(tensors[operand].elements());
  return take(work);
}
