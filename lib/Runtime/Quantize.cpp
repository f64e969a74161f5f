//===- Quantize.cpp - Quantize, Dequantize --------------------------------===//
#include "Elements.h"
#include "Kernels.h"
#include "OutputStage.h"

#include "rowlock/Numerics/Float.h"

#include <cmath>

using namespace rowlock;

namespace {

/// Scale and zero point of each index of a dimension, or of the whole tensor.
struct Grid {
  std::vector<float> scales;
  std::vector<int64_t> zeroPoints;
  int64_t channels = 1, behind = 1; // elements of an index of the dimension

  size_t channel(int64_t element) const {
    return size_t(element / behind % channels);
  }
};

} // namespace

/// Of the integer tensor of the layer.
static Result<Grid> gridOf(const LayerView &layer, const TensorView &tensor) {
  Grid grid;
  grid.scales = {tensor.scale};
  grid.zeroPoints = {tensor.zeroPoint};
  if (layer.has("axis")) {
    int64_t rank = int64_t(tensor.shape.size()), low, high;
    auto axis = layer.ints("axis", 1, 0, rank - 1, {});
    if (!axis)
      return axis.takeStatus();
    for (int64_t d = axis->front() + 1; d < rank; ++d)
      grid.behind *= tensor.shape[size_t(d)];
    grid.channels = tensor.shape[size_t(axis->front())];
    grid.scales = layer.reals("scales");
    if (int64_t(grid.scales.size()) != grid.channels)
      return Status::error("scales has " + std::to_string(grid.scales.size()) +
                           " values, expected " +
                           std::to_string(grid.channels));
    if (!integerRange(tensor.type, low, high))
      return Status::error("expected an integer tensor");
    auto zeroPoints =
        layer.ints("zero_points", grid.scales.size(), low, high, {});
    if (!zeroPoints)
      return zeroPoints.takeStatus();
    grid.zeroPoints = *zeroPoints;
  }
  for (float scale : grid.scales)
    if (!(scale > 0) || !std::isfinite(scale))
      return Status::error("a scale is not positive");
  return grid;
}

static Status oneOperand(const LayerView &layer) {
  if (layer.operands.size() != 1 ||
      layer.operands[0].shape != layer.result.shape)
    return Status::error("expected one operand of the result's shape");
  return Status::ok();
}

Result<KernelRun> rowlock::prepareQuantize(const LayerView &layer) {
  if (Status shape = oneOperand(layer); !shape)
    return shape;
  auto stage = OutputStage::of(layer, 0);
  if (!stage)
    return stage.takeStatus();
  TensorView result = layer.result;
  if (!layer.operands[0].isFloat() || result.isFloat())
    return Status::error("expected a float operand and an integer result");
  auto grid = gridOf(layer, result);
  if (!grid)
    return grid.takeStatus();
  return KernelRun([=, stage = *stage, grid = *grid](
                       const std::vector<const uint8_t *> &data, uint8_t *out) {
    for (int64_t k = 0; k < result.elements(); ++k) {
      size_t channel = grid.channel(k);
      storeInteger(result, out, k,
                   quantizeFloat(loadFloat(data[0], k), grid.scales[channel],
                                 grid.zeroPoints[channel], stage.low,
                                 stage.high));
    }
  });
}

Result<KernelRun> rowlock::prepareDequantize(const LayerView &layer) {
  if (Status shape = oneOperand(layer); !shape)
    return shape;
  TensorView input = layer.operands[0];
  int64_t low, high;
  if (!integerRange(input.type, low, high) || !layer.result.isFloat())
    return Status::error("expected an integer operand and a float result");
  auto grid = gridOf(layer, input);
  if (!grid)
    return grid.takeStatus();
  return KernelRun([=, grid = *grid](const std::vector<const uint8_t *> &data,
                                     uint8_t *out) {
    std::vector<int64_t> values = loadIntegers(input, data[0]);
    for (size_t k = 0; k < values.size(); ++k) {
      size_t channel = grid.channel(int64_t(k));
      storeFloat(out, int64_t(k),
                 dequantizeToFloat(values[k], grid.scales[channel],
                                   grid.zeroPoints[channel]));
    }
  });
}
