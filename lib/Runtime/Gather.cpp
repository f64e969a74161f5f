//===- Gather.cpp - Gather, GatherElements --------------------------------===//
#include "Indices.h"
#include "Kernels.h"
#include "Strided.h"

#include "rowlock/Program/TensorLayout.h"

using namespace rowlock;

/// The axis, with what both kernels require.
static Result<size_t> axisOf(const LayerView &layer) {
  if (layer.operands.size() != 2 ||
      layer.operands[0].type != layer.result.type ||
      !Indices::areIn(layer.operands[1]))
    return Status::error("expected an operand of the result's type and indices "
                         "of 32 or 64 bits");
  const std::vector<int64_t> &in = layer.operands[0].shape;
  auto axis = layer.ints("axis", 1, 0, int64_t(in.size()) - 1, {});
  if (!axis)
    return axis.takeStatus();
  size_t along = size_t(axis->front());
  if (in[along] == 0 && layer.operands[1].elements() > 0)
    return Status::error("the axis has no elements");
  return along;
}

Result<KernelRun> rowlock::prepareGather(const LayerView &layer) {
  Result<size_t> axis = axisOf(layer);
  if (!axis)
    return axis.takeStatus();
  const std::vector<int64_t> &in = layer.operands[0].shape;
  const std::vector<int64_t> &positions = layer.operands[1].shape;
  std::vector<int64_t> expected(in.begin(), in.begin() + long(*axis));
  expected.insert(expected.end(), positions.begin(), positions.end());
  expected.insert(expected.end(), in.begin() + long(*axis) + 1, in.end());
  if (layer.result.shape != expected)
    return Status::error("the result's shape is not the operands'");
  return KernelRun([line = Line(in, *axis),
                    count = layer.operands[1].elements(),
                    indices = Indices(layer.operands[1].type),
                    unit = elementBytes(layer.result.type)](
                       const std::vector<const uint8_t *> &data, uint8_t *out) {
    size_t bytes = size_t(line.inner) * unit;
    for (int64_t o = 0; o < line.outer; ++o)
      for (int64_t k = 0; k < count; ++k, out += bytes) {
        int64_t index = indices.read(data[1], k, line.size);
        const uint8_t *from = data[0] + size_t(o * line.size + index) * bytes;
        if (line.inner == 1)
          copyElement(out, from, unit);
        else
          std::memcpy(out, from, bytes);
      }
  });
}

Result<KernelRun> rowlock::prepareGatherElements(const LayerView &layer) {
  Result<size_t> axis = axisOf(layer);
  if (!axis)
    return axis.takeStatus();
  const std::vector<int64_t> &in = layer.operands[0].shape;
  const std::vector<int64_t> &shape = layer.operands[1].shape;
  bool fits = layer.result.shape == shape && shape.size() == in.size();
  for (size_t d = 0; fits && d < in.size(); ++d)
    fits = d == *axis || shape[d] <= in[d];
  if (!fits)
    return Status::error("operand, indices and result do not fit");
  return KernelRun([in, shape, axis = *axis, count = layer.result.elements(),
                    indices = Indices(layer.operands[1].type),
                    unit = elementBytes(layer.result.type)](
                       const std::vector<const uint8_t *> &data, uint8_t *out) {
    std::vector<int64_t> steps = rowMajorSteps(in);
    int64_t along = steps[axis], at = 0;
    steps[axis] = 0;
    std::vector<int64_t> place(shape.size(), 0);
    for (int64_t k = 0; k < count; ++k, out += unit) {
      int64_t from = at + indices.read(data[1], k, in[axis]) * along;
      copyElement(out, data[0] + size_t(from) * unit, unit);
      for (size_t d = shape.size(); d-- > 0;) {
        at += steps[d];
        if (++place[d] < shape[d])
          break;
        at -= steps[d] * shape[d];
        place[d] = 0;
      }
    }
  });
}
