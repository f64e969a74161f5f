//===- Pool.cpp - MaxPool and AveragePool ---------------------------------===//
#include "Elements.h"
#include "Kernels.h"
#include "OutputStage.h"
#include "Window.h"

#include <cmath>

using namespace rowlock;

namespace {

struct PoolShape {
  int64_t maps, height, width, outHeight, outWidth;
  Window window;
  bool countPadding = false;
};

} // namespace

/// Calls `use(output index, first input index of the map, ys, xs, count)`: the
/// rows and columns of the window inside the input, and the number of elements
/// that a mean divides by.
template <typename Use>
static void forEachWindow(const PoolShape &shape, Use use) {
  const Window &w = shape.window;
  auto inside = [](int64_t start, int64_t kernel, int64_t dilation,
                   int64_t size, std::vector<int64_t> &places) {
    places.clear();
    for (int64_t k = 0; k < kernel; ++k)
      if (start + k * dilation >= 0 && start + k * dilation < size)
        places.push_back(start + k * dilation);
  };
  std::vector<int64_t> ys, xs;
  for (int64_t map = 0; map < shape.maps; ++map)
    for (int64_t y = 0; y < shape.outHeight; ++y)
      for (int64_t x = 0; x < shape.outWidth; ++x) {
        int64_t top = y * w.strideY - w.padTop;
        int64_t left = x * w.strideX - w.padLeft;
        inside(top, w.kernelY, w.dilationY, shape.height, ys);
        inside(left, w.kernelX, w.dilationX, shape.width, xs);
        int64_t count = int64_t(ys.size() * xs.size());
        if (shape.countPadding)
          count =
              (std::min(top + w.kernelY, shape.height + w.padBottom) - top) *
              (std::min(left + w.kernelX, shape.width + w.padRight) - left);
        use((map * shape.outHeight + y) * shape.outWidth + x,
            map * shape.height * shape.width, ys, xs, count);
      }
}

static Result<PoolShape> shapeOf(const LayerView &layer) {
  auto kernel = layer.ints("kernel", 2, 1, 1 << 20, {});
  if (!kernel)
    return kernel.takeStatus();
  if (layer.operands.size() != 1)
    return Status::error("expected one operand");
  auto window = Window::of(layer, (*kernel)[0], (*kernel)[1]);
  if (!window)
    return window.takeStatus();
  const Window &w = *window;
  if (w.padTop > (w.kernelY - 1) * w.dilationY ||
      w.padLeft > (w.kernelX - 1) * w.dilationX ||
      w.padBottom > (w.kernelY - 1) * w.dilationY ||
      w.padRight > (w.kernelX - 1) * w.dilationX)
    return Status::error("a pad is not smaller than the kernel");
  const std::vector<int64_t> &in = layer.operands[0].shape;
  const std::vector<int64_t> &out = layer.result.shape;
  if (in[0] != out[0] || in[1] != out[1])
    return Status::error("images or channels of operand and result differ");
  if ((out[2] - 1) * w.strideY - w.padTop >= in[2] ||
      (out[3] - 1) * w.strideX - w.padLeft >= in[3])
    return Status::error("a window lies in the padding alone");
  if (layer.operands[0].isFloat() != layer.result.isFloat())
    return Status::error("float and integer tensors are mixed");
  return PoolShape{in[0] * in[1], in[2], in[3], out[2], out[3], *window};
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
    return KernelRun(
        [=, shape = *shape](const std::vector<const uint8_t *> &data,
                            uint8_t *out) {
          forEachWindow(shape, [&](int64_t at, int64_t base, const auto &ys,
                                   const auto &xs, int64_t count) {
            float sum = 0;
            for (int64_t y : ys)
              for (int64_t x : xs)
                sum += loadFloat(data[0], base + y * shape.width + x);
            storeFloat(out, at, sum / float(count));
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
