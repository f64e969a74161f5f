//===- Strided.cpp - Slice, Broadcast -------------------------------------===//
#include "Strided.h"

#include "Kernels.h"

#include "rowlock/Program/TensorLayout.h"

using namespace rowlock;

std::vector<int64_t> rowlock::rowMajorSteps(const std::vector<int64_t> &shape) {
  std::vector<int64_t> steps(shape.size(), 1);
  for (size_t d = shape.size(); d-- > 1;)
    steps[d - 1] = steps[d] * shape[d];
  return steps;
}

void StridedCopy::operator()(const uint8_t *from, uint8_t *to) const {
  int64_t rows = 1;
  for (int64_t size : shape)
    rows *= size;
  if (rows == 0)
    return;
  int64_t run = shape.empty() ? 1 : shape.back();
  int64_t step = shape.empty() ? 1 : steps.back();
  rows /= run;
  std::vector<int64_t> indices(shape.size(), 0);
  int64_t at = start;
  for (int64_t row = 0; row < rows; ++row) {
    const uint8_t *first = from + at * int64_t(bytes);
    if (step == 1)
      std::memcpy(to, first, size_t(run) * bytes);
    else
      for (int64_t k = 0; k < run; ++k)
        copyElement(to + k * int64_t(bytes), first + k * step * int64_t(bytes),
                    bytes);
    to += run * int64_t(bytes);
    for (size_t d = shape.size() < 2 ? 0 : shape.size() - 1; d-- > 0;) {
      at += steps[d];
      if (++indices[d] < shape[d])
        break;
      at -= steps[d] * shape[d];
      indices[d] = 0;
    }
  }
}

static Result<KernelRun> runs(StridedCopy copy) {
  return KernelRun(
      [copy = std::move(copy)](const std::vector<const uint8_t *> &data,
                               uint8_t *out) { copy(data[0], out); });
}

static bool oneOperandOfType(const LayerView &layer) {
  return layer.operands.size() == 1 &&
         layer.operands[0].type == layer.result.type;
}

Result<KernelRun> rowlock::prepareSlice(const LayerView &layer) {
  if (!oneOperandOfType(layer) ||
      layer.operands[0].shape.size() != layer.result.shape.size())
    return Status::error("expected one operand of the result's type and rank");
  const std::vector<int64_t> &in = layer.operands[0].shape;
  constexpr int64_t most = int64_t(1) << 40;
  auto starts = layer.ints("starts", in.size(), 0, most, {});
  auto strides = layer.ints("strides", in.size(), -most, most, {});
  if (!starts)
    return starts.takeStatus();
  if (!strides)
    return strides.takeStatus();
  StridedCopy copy;
  copy.shape = layer.result.shape;
  copy.steps = rowMajorSteps(in);
  copy.bytes = elementBytes(layer.result.type);
  if (layer.result.elements() == 0)
    return runs(copy);
  for (size_t d = 0; d < in.size(); ++d) {
    int64_t start = (*starts)[d], stride = (*strides)[d];
    int64_t last = copy.shape[d] - 1;
    bool inside = stride != 0 && start < in[d] &&
                  (stride > 0 ? (in[d] - 1 - start) / stride >= last
                              : start / -stride >= last);
    if (!inside)
      return Status::error("the slice leaves dimension " + std::to_string(d));
    copy.start += start * copy.steps[d];
    // Of one element there is no next: its stride may be anything.
    copy.steps[d] = last ? copy.steps[d] * stride : 0;
  }
  if (!copy.shape.empty() && copy.shape.back() == 1)
    copy.steps.back() = 1;
  return runs(copy);
}

Result<KernelRun> rowlock::prepareBroadcast(const LayerView &layer) {
  if (!oneOperandOfType(layer))
    return Status::error("expected one operand of the result's type");
  const std::vector<int64_t> &in = layer.operands[0].shape;
  StridedCopy copy;
  copy.shape = layer.result.shape;
  copy.bytes = elementBytes(layer.result.type);
  if (in.size() > copy.shape.size())
    return Status::error("the operand's rank exceeds the result's");
  size_t first = copy.shape.size() - in.size();
  copy.steps.assign(first, 0);
  std::vector<int64_t> steps = rowMajorSteps(in);
  for (size_t d = 0; d < in.size(); ++d) {
    if (in[d] != 1 && in[d] != copy.shape[first + d])
      return Status::error("the operand does not broadcast to the result");
    copy.steps.push_back(in[d] == 1 ? 0 : steps[d]);
  }
  return runs(copy);
}
