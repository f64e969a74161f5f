//===- Pool.cpp - MaxPool and AveragePool ---------------------------------===//
#include "Elements.h"
#include "Kernels.h"
#include "OutputStage.h"
#include "PoolShape.h"

#include <cmath>

using namespace rowlock;

/// The shape of a pool whose operand and result are both float or both integer.
static Result<PoolShape> shapeOf(const LayerView &layer) {
  auto shape = PoolShape::of(layer);
  if (shape && layer.operands[0].isFloat() != layer.result.isFloat())
    return Status::error("float and integer tensors are mixed");
  return shape;
}

Result<KernelRun> rowlock::prepareMaxPool(const LayerView &layer) {
  auto shape = shapeOf(layer);
  if (!shape)
    return shape.takeStatus();
  TensorView input = layer.operands[0], result = layer.result;
  if (result.isFloat())
    return KernelRun(
        [=, shape = *shape](const std::vector<const uint8_t *> &data,
                            uint8_t *out) {
          forEachWindow(shape, [&](int64_t at, int64_t base, const auto &ys,
                                   const auto &xs, int64_t) {
            float best = -INFINITY;
            for (int64_t y : ys)
              for (int64_t x : xs) {
                float value = loadFloat(data[0], base + y * shape.width + x);
                best = best < value ? value : best;
              }
            storeFloat(out, at, best);
          });
        });
  auto stage = OutputStage::of(layer, 0);
  if (!stage)
    return stage.takeStatus();
  int64_t low, high;
  if (!integerRange(input.type, low, high))
    return Status::error("the operand is no integer of at most 32 bits");
  stage->zeroPoint = 0; // operand and result have the same
  return KernelRun([=, shape = *shape, stage = *stage](
                       const std::vector<const uint8_t *> &data, uint8_t *out) {
    std::vector<int64_t> values = loadIntegers(input, data[0]);
    forEachWindow(shape, [&](int64_t at, int64_t base, const auto &ys,
                             const auto &xs, int64_t) {
      int64_t best = INT64_MIN;
      for (int64_t y : ys)
        for (int64_t x : xs)
          best = std::max(best, values[base + y * shape.width + x]);
      storeInteger(result, out, at, stage.apply(best, 0));
    });
  });
}

/// Row by row.
template <typename Places>
static float sumOfMap(const uint8_t *data, int64_t base, const Places &ys,
                      const Places &xs, int64_t width) {
  float sum = 0;
  for (int64_t y : ys)
    for (int64_t x : xs)
      sum += loadFloat(data, base + y * width + x);
  return sum;
}

/// Columns, then their sum.
template <typename Places>
static float sumOfWindow(const uint8_t *data, int64_t base, const Places &ys,
                         const Places &xs, int64_t width) {
  float sum = 0;
  for (int64_t x : xs) {
    float column = 0;
    for (int64_t y : ys)
      column += loadFloat(data, base + y * width + x);
    sum += column;
  }
  return sum;
}

Result<KernelRun> rowlock::prepareAveragePool(const LayerView &layer) {
  auto shape = shapeOf(layer);
  auto padding = layer.ints("count_include_pad", 1, 0, 1, {0});
  if (!shape)
    return shape.takeStatus();
  if (!padding)
    return padding.takeStatus();
  shape->countPadding = padding->front();
  if (shape->window.dilationY != 1 || shape->window.dilationX != 1)
    return Status::error("dilations are not 1");
  TensorView input = layer.operands[0], result = layer.result;
  if (result.isFloat())
    return KernelRun([=,
                      shape = *shape](const std::vector<const uint8_t *> &data,
                                      uint8_t *out) {
      forEachWindow(shape, [&](int64_t at, int64_t base, const auto &ys,
                               const auto &xs, int64_t count) {
        bool isMap = int64_t(ys.size()) == shape.height &&
                     int64_t(xs.size()) == shape.width;
        storeFloat(out, at,
                   (isMap ? sumOfMap(data[0], base, ys, xs, shape.width)
                          : sumOfWindow(data[0], base, ys, xs, shape.width)) /
                       float(count));
      });
    });
  auto stage = OutputStage::of(
      layer, size_t(shape->window.kernelY * shape->window.kernelX));
  auto zeroPoint = inputZeroPoints(layer, 1);
  if (!stage)
    return stage.takeStatus();
  if (!zeroPoint)
    return zeroPoint.takeStatus();
  int64_t low, high;
  if (!integerRange(input.type, low, high))
    return Status::error("the operand is no integer of at most 32 bits");
  return KernelRun(
      [=, shape = *shape, stage = *stage, zero = zeroPoint->front()](
          const std::vector<const uint8_t *> &data, uint8_t *out) {
        std::vector<int64_t> values = loadIntegers(input, data[0], zero);
        forEachWindow(shape, [&](int64_t at, int64_t base, const auto &ys,
                                 const auto &xs, int64_t count) {
          int64_t sum = 0;
          for (int64_t y : ys)
            for (int64_t x : xs)
              sum += values[base + y * shape.width + x];
          storeInteger(result, out, at, stage.apply(sum, size_t(count - 1)));
        });
      });
}
