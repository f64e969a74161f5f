//===- Layout.cpp - Concat, Copy, Transpose -------------------------------===//
#include "Elements.h"
#include "Kernels.h"
#include "OutputStage.h"

#include "rowlock/Program/TensorLayout.h"

using namespace rowlock;

Result<KernelRun> rowlock::prepareCopy(const LayerView &layer) {
  if (layer.operands.size() != 1 ||
      layer.operands[0].elements() != layer.result.elements() ||
      layer.operands[0].type != layer.result.type)
    return Status::error("operand and result differ in elements or type");
  size_t bytes =
      size_t(layer.result.elements()) * elementBytes(layer.result.type);
  return KernelRun(
      [bytes](const std::vector<const uint8_t *> &data, uint8_t *out) {
        std::memmove(out, data[0], bytes);
      });
}

namespace {

/// The axis of a concatenation and what lies around it.
struct Joint {
  int64_t outer = 1, inner = 1;
  std::vector<int64_t> sizes; // of each operand along the axis
  int64_t total = 0;
};

} // namespace

static Result<Joint> jointOf(const LayerView &layer) {
  const std::vector<int64_t> &shape = layer.result.shape;
  auto axis = layer.ints("axis", 1, 0, int64_t(shape.size()) - 1, {});
  if (!axis)
    return axis.takeStatus();
  Joint joint;
  size_t along = size_t(axis->front());
  for (size_t d = 0; d < shape.size(); ++d) {
    joint.outer *= d < along ? shape[d] : 1;
    joint.inner *= d > along ? shape[d] : 1;
  }
  for (const TensorView &operand : layer.operands) {
    std::vector<int64_t> expected = shape;
    if (operand.shape.size() == shape.size())
      expected[along] = operand.shape[along];
    if (operand.shape != expected)
      return Status::error("an operand does not fit the result");
    joint.sizes.push_back(expected[along]);
    joint.total += expected[along];
  }
  if (joint.total != shape[along])
    return Status::error("the operands have " + std::to_string(joint.total) +
                         " elements along the axis, the result " +
                         std::to_string(shape[along]));
  return joint;
}

Result<KernelRun> rowlock::prepareConcat(const LayerView &layer) {
  Result<Joint> joint = jointOf(layer);
  if (!joint)
    return joint.takeStatus();
  size_t count = layer.operands.size();
  if (!layer.has("rescale_multipliers")) {
    for (const TensorView &operand : layer.operands)
      if (operand.type != layer.result.type)
        return Status::error("tensors of several types are mixed");
    return KernelRun([joint = *joint, unit = elementBytes(layer.result.type)](
                         const std::vector<const uint8_t *> &data,
                         uint8_t *out) {
      for (int64_t o = 0; o < joint.outer; ++o)
        for (size_t k = 0; k < data.size(); ++k) {
          size_t bytes = size_t(joint.sizes[k] * joint.inner) * unit;
          std::memcpy(out, data[k] + size_t(o) * bytes, bytes);
          out += bytes;
        }
    });
  }
  auto stage = OutputStage::of(layer, count);
  auto zero = inputZeroPoints(layer, count);
  if (!stage)
    return stage.takeStatus();
  if (!zero)
    return zero.takeStatus();
  int64_t low, high;
  for (const TensorView &operand : layer.operands)
    if (!integerRange(operand.type, low, high))
      return Status::error("an operand is no integer of at most 32 bits");
  return KernelRun([joint = *joint, views = layer.operands,
                    result = layer.result, stage = *stage, zero = *zero](
                       const std::vector<const uint8_t *> &data, uint8_t *out) {
    int64_t first = 0;
    for (size_t k = 0; k < data.size(); ++k) {
      std::vector<int64_t> values = loadIntegers(views[k], data[k], zero[k]);
      int64_t run = joint.sizes[k] * joint.inner;
      for (int64_t o = 0; o < joint.outer; ++o)
        for (int64_t i = 0; i < run; ++i)
          storeInteger(result, out, o * joint.total * joint.inner + first + i,
                       stage.apply(values[size_t(o * run + i)], k));
      first += run;
    }
  });
}

Result<KernelRun> rowlock::prepareTranspose(const LayerView &layer) {
  if (layer.operands.size() != 1 || layer.operands[0].type != layer.result.type)
    return Status::error("expected one operand of the result's type");
  const std::vector<int64_t> &in = layer.operands[0].shape;
  const std::vector<int64_t> &out = layer.result.shape;
  auto permutation =
      layer.ints("permutation", in.size(), 0, int64_t(in.size()) - 1, {});
  if (!permutation)
    return permutation.takeStatus();
  std::vector<int64_t> strides(in.size(), 1), steps;
  for (size_t d = in.size(); d-- > 1;)
    strides[d - 1] = strides[d] * in[d];
  std::vector<bool> seen(in.size(), false);
  std::vector<int64_t> expected;
  for (int64_t d : *permutation) {
    if (seen[size_t(d)])
      return Status::error("attribute 'permutation' has " + std::to_string(d) +
                           " twice");
    seen[size_t(d)] = true;
    steps.push_back(strides[size_t(d)]);
    expected.push_back(in[size_t(d)]);
  }
  if (out != expected)
    return Status::error("the result's shape is not the permuted one");
  size_t bytes = elementBytes(layer.result.type);
  return KernelRun([steps, out, bytes, count = layer.result.elements()](
                       const std::vector<const uint8_t *> &data, uint8_t *to) {
    std::vector<int64_t> indices(out.size(), 0);
    int64_t at = 0;
    for (int64_t k = 0; k < count; ++k, to += bytes) {
      std::memcpy(to, data[0] + size_t(at) * bytes, bytes);
      for (size_t d = out.size(); d-- > 0;) {
        at += steps[d];
        if (++indices[d] < out[d])
          break;
        at -= steps[d] * out[d];
        indices[d] = 0;
      }
    }
  });
}
