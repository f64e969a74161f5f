//===- SumsOfProducts.h - What conv and matmul share ------------*- C++ -*-===//
#ifndef ROWLOCK_LIB_RUNTIME_SUMSOFPRODUCTS_H
#define ROWLOCK_LIB_RUNTIME_SUMSOFPRODUCTS_H

#include "Elements.h"
#include "Kernels.h"
#include "OutputStage.h"

namespace rowlock {

template <typename Sums, typename Sizes>
Result<KernelRun> prepareFloatSums(const LayerView &layer, const Sizes &z) {
  Result<FloatClip> clip = FloatClip::of(layer);
  if (!clip)
    return clip.takeStatus();
  for (const TensorView &operand : layer.operands)
    if (!operand.isFloat())
      return Status::error("operands are not all F32");
  bool biased = layer.operands.size() == 3;
  return KernelRun(
      [=, clip = *clip](const std::vector<const uint8_t *> &in, uint8_t *out) {
        Sums::template run<float, float>(
            z, loadFloats(layer.operands[0], in[0]),
            loadFloats(layer.operands[1], in[1]), [](int64_t) { return 0.0f; },
            [](float &sum, float w, float x) { sum += w * x; },
            [&](int64_t k, int64_t m, float sum) {
              if (biased)
                sum += loadFloat(in[2], m);
              storeFloat(out, k, clip.apply(sum));
            });
      });
}

template <typename Sums, typename Sizes>
Result<KernelRun> prepareFixed16Sums(const LayerView &layer, const Sizes &z) {
  auto stage = OutputStage::of(layer, 0);
  auto shift = layer.ints("product_shift", 1, 0, 16, {});
  if (!stage)
    return stage.takeStatus();
  if (!shift)
    return shift.takeStatus();
  if (Status types = checkFixed16(layer, *stage); !types)
    return types;
  return KernelRun([=, stage = *stage, shift = int((*shift)[0])](
                       const std::vector<const uint8_t *> &in, uint8_t *out) {
    std::vector<int64_t> bias(z.filters(), 0);
    if (layer.operands.size() == 3)
      bias = loadIntegers(layer.operands[2], in[2]);
    Sums::template run<int64_t, int16_t>(
        z, loadIntegers(layer.operands[0], in[0]),
        loadIntegers(layer.operands[1], in[1]),
        [&](int64_t m) { return int16_t(bias[m]); },
        [shift](int16_t &sum, int64_t w, int64_t x) {
          sum = fixed16Sum(sum, fixed16Product(int16_t(w), int16_t(x), shift));
        },
        [&](int64_t k, int64_t, int16_t sum) {
          storeInteger(layer.result, out, k, stage.apply(sum, 0));
        });
  });
}

/// The kernel of a layer whose result elements are sums of products, with a
/// bias for each filter as third operand, perhaps: in float, in 16-bit fixed
/// point
/// (`product_shift`), or in integers with an output stage.
///
/// `Sums::run<T, S>(z, input, weights, start, multiplyAdd, finish)` calls
/// `finish(index in the result, filter, sum)` for every element, after the sum
/// has begun at `start(filter)` and taken its products by `multiplyAdd(sum, w,
/// x)` in the order of docs/numerics.md.
template <typename Sums, typename Sizes>
Result<KernelRun> prepareSums(const LayerView &layer, const Sizes &z) {
  if (layer.result.isFloat())
    return prepareFloatSums<Sums>(layer, z);
  if (layer.has("product_shift"))
    return prepareFixed16Sums<Sums>(layer, z);
  auto stage = OutputStage::of(layer, z.filters());
  if (!stage)
    return stage.takeStatus();
  auto zeroPoints = inputZeroPoints(layer, 2);
  if (!zeroPoints)
    return zeroPoints.takeStatus();
  if (Status types = checkSumTypes(layer); !types)
    return types;
  return KernelRun([=, stage = *stage, zeroPoints = *zeroPoints](
                       const std::vector<const uint8_t *> &in, uint8_t *out) {
    std::vector<int64_t> bias(z.filters(), 0);
    if (layer.operands.size() == 3)
      bias = loadIntegers(layer.operands[2], in[2]);
    Sums::template run<int64_t, int64_t>(
        z, loadIntegers(layer.operands[0], in[0], zeroPoints[0]),
        loadIntegers(layer.operands[1], in[1], zeroPoints[1]),
        [&](int64_t m) { return bias[m]; },
        [](int64_t &sum, int64_t w, int64_t x) { sum += w * x; },
        [&](int64_t k, int64_t m, int64_t sum) {
          storeInteger(layer.result, out, k, stage.apply(sum, size_t(m)));
        });
  });
}

} // namespace rowlock

#endif // ROWLOCK_LIB_RUNTIME_SUMSOFPRODUCTS_H
