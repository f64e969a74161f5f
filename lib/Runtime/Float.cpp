//===- Float.cpp - Softmax, LRN -------------------------------------------===//
#include "Elements.h"
#include "Kernels.h"

#include "rowlock/Numerics/Float.h"

using namespace rowlock;

static Status oneOperand(const LayerView &layer) {
  if (layer.operands.size() != 1 ||
      layer.operands[0].shape != layer.result.shape)
    return Status::error("expected one operand of the result's shape");
  return Status::ok();
}

Result<KernelRun> rowlock::prepareSoftmax(const LayerView &layer) {
  if (Status shape = oneOperand(layer); !shape)
    return shape;
  if (!layer.operands[0].isFloat() || !layer.result.isFloat())
    return Status::error("expected float tensors");
  const std::vector<int64_t> &shape = layer.result.shape;
  auto axis = layer.ints("axis", 1, 0, int64_t(shape.size()) - 1, {});
  if (!axis)
    return axis.takeStatus();
  int64_t outer = 1, size = shape[axis->front()], inner = 1;
  for (int64_t d = 0; d < int64_t(shape.size()); ++d) {
    outer *= d < axis->front() ? shape[d] : 1;
    inner *= d > axis->front() ? shape[d] : 1;
  }
  return KernelRun([=](const std::vector<const uint8_t *> &data, uint8_t *out) {
    for (int64_t line = 0; line < outer * inner; ++line) {
      int64_t base = line / inner * size * inner + line % inner;
      float most = loadFloat(data[0], base);
      for (int64_t k = 1; k < size; ++k) {
        float value = loadFloat(data[0], base + k * inner);
        most = most < value ? value : most;
      }
      float sum = 0;
      for (int64_t k = 0; k < size; ++k) {
        float value = expFloat(loadFloat(data[0], base + k * inner) - most);
        storeFloat(out, base + k * inner, value);
        sum += value;
      }
      for (int64_t k = 0; k < size; ++k)
        storeFloat(out, base + k * inner,
                   loadFloat(out, base + k * inner) / sum);
    }
  });
}

Result<KernelRun> rowlock::prepareLRN(const LayerView &layer) {
  if (Status shape = oneOperand(layer); !shape)
    return shape;
  const std::vector<int64_t> &shape = layer.result.shape;
  if (!layer.operands[0].isFloat() || !layer.result.isFloat() ||
      shape.size() < 2)
    return Status::error("expected float tensors of rank 2 or more");
  auto size = layer.ints("size", 1, 1, INT32_MAX, {});
  std::vector<float> factors = layer.reals("factors");
  if (!size)
    return size.takeStatus();
  if (factors.size() != 3)
    return Status::error("attribute 'factors' is not alpha, beta, bias");
  int64_t channels = shape[1], map = 1;
  for (size_t d = 2; d < shape.size(); ++d)
    map *= shape[d];
  return KernelRun([=, images = shape[0], size = size->front(),
                    alpha = factors[0] / float(size->front()),
                    beta = factors[1], bias = factors[2]](
                       const std::vector<const uint8_t *> &data, uint8_t *out) {
    int64_t before = (size - 1) / 2, after = size - 1 - before;
    for (int64_t n = 0; n < images; ++n)
      for (int64_t c = 0; c < channels; ++c)
        for (int64_t k = 0; k < map; ++k) {
          int64_t plane = n * channels * map + k;
          float sum = 0;
          for (int64_t d = std::max<int64_t>(0, c - before);
               d <= std::min(channels - 1, c + after); ++d) {
            float x = loadFloat(data[0], plane + d * map);
            sum += x * x;
          }
          storeFloat(out, plane + c * map,
                     loadFloat(data[0], plane + c * map) /
                         powFloat(bias + alpha * sum, beta));
        }
  });
}
