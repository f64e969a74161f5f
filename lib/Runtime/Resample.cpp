//===- Resample.cpp - Weighted sums of lines ------------------------------===//
#include "Elements.h"
#include "Indices.h"
#include "Kernels.h"
#include "rowlock/Support/Bytes.h"

using namespace rowlock;

Result<KernelRun> rowlock::prepareResample(const LayerView &layer) {
  if (layer.operands.size() != 3 || !layer.operands[0].isFloat() ||
      layer.operands[1].type != fb::ElementType::I64 ||
      !layer.operands[2].isFloat() || !layer.result.isFloat())
    return Status::error("expected real operands and indices of 64 bits");
  const std::vector<int64_t> &in = layer.operands[0].shape;
  const std::vector<int64_t> &taps = layer.operands[1].shape;
  auto axis = layer.ints("axis", 1, 0, int64_t(in.size()) - 1, {});
  if (!axis)
    return axis.takeStatus();
  size_t along = size_t(axis->front());
  if (taps.size() != 2 || layer.operands[2].shape != taps)
    return Status::error("indices and weights differ in shape");
  std::vector<int64_t> expected = in;
  expected[along] = taps[0];
  if (layer.result.shape != expected)
    return Status::error("the result's shape is not the operands'");
  if (in[along] == 0 && taps[0] > 0)
    return Status::error("the axis has no elements");
  return KernelRun([line = Line(in, along), lines = taps[0], depth = taps[1]](
                       const std::vector<const uint8_t *> &data, uint8_t *out) {
    Indices indices(fb::ElementType::I64);
    std::vector<float> sums(size_t(line.inner));
    for (int64_t o = 0; o < line.outer; ++o)
      for (int64_t l = 0; l < lines; ++l) {
        std::fill(sums.begin(), sums.end(), 0.0f);
        for (int64_t k = l * depth; k < (l + 1) * depth; ++k) {
          int64_t from = (o * line.size + indices.read(data[1], k, line.size)) *
                         line.inner;
          float weight = loadFloat(data[2], k);
          for (int64_t i = 0; i < line.inner; ++i)
            sums[size_t(i)] += weight * loadFloat(data[0], from + i);
        }
        copyBytes(out, sums.data(), sums.size() * sizeof(float));
        out += sums.size() * sizeof(float);
      }
  });
}
