//===- Pad.cpp - Elements around and between ------------------------------===//
#include "Elements.h"
#include "Kernels.h"
#include "Strided.h"

#include "rowlock/Program/TensorLayout.h"

#include <algorithm>

using namespace rowlock;

namespace {

enum Mode : int64_t { Constant, Reflect, Edge, Wrap };

/// One dimension of a padding.
struct Border {
  int64_t size, low, high, interior;
  Mode mode;

  /// The index that element `index` of the result comes from, or -1.
  int64_t source(int64_t index) const {
    int64_t at = index - low;
    if (mode == Constant) {
      int64_t unit = interior + 1;
      return at >= 0 && at % unit == 0 && at / unit < size ? at / unit : -1;
    }
    if (mode == Edge)
      return std::clamp<int64_t>(at, 0, size - 1);
    if (mode == Wrap)
      return (at % size + size) % size;
    at = at < 0 ? -at : at;
    return at < size ? at : 2 * (size - 1) - at;
  }
};

/// For each dimension, the offset in elements that each index of the result
/// comes from, or -1.
struct Padding {
  std::vector<std::vector<int64_t>> offsets;
  std::vector<int64_t> steps; // of the result
  size_t bytes = 1;

  /// Fills the result's block at dimension d, and indices before it chosen.
  void fill(size_t d, const uint8_t *from, const uint8_t *value,
            uint8_t *to) const {
    if (d == offsets.size()) {
      copyElement(to, from, bytes);
      return;
    }
    for (int64_t offset : offsets[d]) {
      if (offset >= 0)
        fill(d + 1, from + offset * int64_t(bytes), value, to);
      else
        for (int64_t k = 0; k < steps[d]; ++k)
          copyElement(to + k * int64_t(bytes), value, bytes);
      to += steps[d] * int64_t(bytes);
    }
  }
};

} // namespace

static Status check(const Border &border, size_t dimension, int64_t expected) {
  constexpr int64_t most = int64_t(1) << 40;
  std::string where = " of dimension " + std::to_string(dimension);
  bool grows = border.low > 0 || border.high > 0;
  if (border.interior > 0 &&
      (border.mode != Constant ||
       (border.size > 1 && border.interior > most / (border.size - 1))))
    return Status::error("interior" + where + " is not possible");
  if (border.mode != Constant && border.size == 0 && grows)
    return Status::error("no elements to pad" + where);
  if (border.mode == Reflect && grows &&
      (border.low >= border.size || border.high >= border.size))
    return Status::error("reflection" + where + " exceeds it");
  int64_t size = border.size +
                 std::max<int64_t>(0, border.size - 1) * border.interior +
                 border.low + border.high;
  if (size != expected)
    return Status::error("the result has size " + std::to_string(expected) +
                         where + ", expected " + std::to_string(size));
  return Status::ok();
}

/// The bytes of new elements without a value: what stands for 0.
static std::vector<uint8_t> zeroBytes(const TensorView &result) {
  std::vector<uint8_t> bytes(8, 0);
  int64_t low, high;
  if (integerRange(result.type, low, high))
    storeInteger(result, bytes.data(), 0,
                 std::clamp(result.zeroPoint, low, high));
  return bytes;
}

Result<KernelRun> rowlock::preparePad(const LayerView &layer) {
  size_t count = layer.operands.size();
  if (count < 1 || count > 2)
    return Status::error("expected one or two operands");
  for (const TensorView &operand : layer.operands)
    if (operand.type != layer.result.type)
      return Status::error("tensors of several types are mixed");
  const std::vector<int64_t> &in = layer.operands[0].shape;
  size_t rank = in.size();
  constexpr int64_t most = int64_t(1) << 40;
  auto low = layer.ints("low", rank, -most, most, {});
  auto high = layer.ints("high", rank, -most, most, {});
  auto interior = layer.ints("interior", rank, 0, most, {});
  auto mode = layer.ints("mode", 1, Constant, Wrap, {});
  for (const auto *list : {&low, &high, &interior, &mode})
    if (!*list)
      return Status::error(list->message());
  if (layer.result.shape.size() != rank ||
      (count == 2 &&
       (layer.operands[1].elements() != 1 || mode->front() != Constant)))
    return Status::error("result or value does not fit the operand");
  Padding padding;
  padding.bytes = elementBytes(layer.result.type);
  padding.steps = rowMajorSteps(layer.result.shape);
  std::vector<int64_t> steps = rowMajorSteps(in);
  for (size_t d = 0; d < rank; ++d) {
    Border border = {in[d], (*low)[d], (*high)[d], (*interior)[d],
                     Mode(mode->front())};
    int64_t size = layer.result.shape[d];
    if (Status status = check(border, d, size); !status)
      return status;
    std::vector<int64_t> &offsets = padding.offsets.emplace_back();
    for (int64_t k = 0; k < size && layer.result.elements() > 0; ++k) {
      int64_t source = border.source(k);
      offsets.push_back(source < 0 ? -1 : source * steps[d]);
    }
  }
  return KernelRun([padding, zero = zeroBytes(layer.result)](
                       const std::vector<const uint8_t *> &data, uint8_t *out) {
    padding.fill(0, data[0], data.size() > 1 ? data[1] : zero.data(), out);
  });
}
