//===- MatMul.cpp - Matrix products ---------------------------------------===//
#include "Elements.h"
#include "Kernels.h"
#include "OutputStage.h"

using namespace rowlock;

namespace {

/// N x C times C x M, where element (c, m) of the right side is at
/// c * stepC + m * stepM.
struct MatMulSizes {
  int64_t rows, depth, columns, stepC, stepM;
};

} // namespace

static Result<MatMulSizes> sizesOf(const LayerView &layer) {
  if (layer.operands.size() < 2 || layer.operands.size() > 3)
    return Status::error(std::to_string(layer.operands.size()) +
                         " operands, expected two and perhaps a bias");
  const std::vector<int64_t> &lhs = layer.operands[0].shape;
  const std::vector<int64_t> &rhs = layer.operands[1].shape;
  const std::vector<int64_t> &out = layer.result.shape;
  if (lhs.size() != 2 || rhs.size() != 2 || out.size() != 2)
    return Status::error("operands and result must have rank 2");
  auto transpose = layer.ints("transpose_rhs", 1, 0, 1, {0});
  if (!transpose)
    return transpose.takeStatus();
  bool rowsOfFilters = (*transpose)[0] == 1;
  MatMulSizes z = {lhs[0], lhs[1], rowsOfFilters ? rhs[0] : rhs[1],
                   rowsOfFilters ? 1 : rhs[1], rowsOfFilters ? rhs[1] : 1};
  if ((rowsOfFilters ? rhs[1] : rhs[0]) != z.depth || out[0] != z.rows ||
      out[1] != z.columns)
    return Status::error("the sizes of operands and result do not fit");
  if (layer.operands.size() == 3 &&
      layer.operands[2].shape != std::vector<int64_t>{z.columns})
    return Status::error("bias does not have one element per result column");
  return z;
}

/// Calls `finish(index in the result, column, sum)` for every element; a sum
/// begins at `start(column)` and takes its products in the order of c.
template <typename T, typename S, typename Start, typename MultiplyAdd,
          typename Finish>
static void multiply(const MatMulSizes &z, const std::vector<T> &lhs,
                     const std::vector<T> &rhs, Start start,
                     MultiplyAdd multiplyAdd, Finish finish) {
  // Several columns at once: their sums do not wait for each other.
  constexpr int64_t block = 8;
  for (int64_t n = 0; n < z.rows; ++n)
    for (int64_t first = 0; first < z.columns; first += block) {
      const T *row = lhs.data() + n * z.depth;
      const T *at = rhs.data() + first * z.stepM;
      int64_t count = std::min(block, z.columns - first);
      S sums[block];
      for (int64_t m = 0; m < count; ++m)
        sums[m] = start(first + m);
      if (count == block) {
        for (int64_t c = 0; c < z.depth; ++c)
          for (int64_t m = 0; m < block; ++m)
            multiplyAdd(sums[m], at[c * z.stepC + m * z.stepM], row[c]);
      } else {
        for (int64_t c = 0; c < z.depth; ++c)
          for (int64_t m = 0; m < count; ++m)
            multiplyAdd(sums[m], at[c * z.stepC + m * z.stepM], row[c]);
      }
      for (int64_t m = 0; m < count; ++m)
        finish(n * z.columns + first + m, first + m, sums[m]);
    }
}

static Result<KernelRun> prepareFloatMatMul(const LayerView &layer,
                                            const MatMulSizes &z) {
  Result<FloatClip> clip = FloatClip::of(layer);
  if (!clip)
    return clip.takeStatus();
  for (const TensorView &operand : layer.operands)
    if (!operand.isFloat())
      return Status::error("operands are not all F32");
  bool biased = layer.operands.size() == 3;
  return KernelRun(
      [=, clip = *clip](const std::vector<const uint8_t *> &in, uint8_t *out) {
        multiply<float, float>(
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

static Result<KernelRun> prepareFixed16MatMul(const LayerView &layer,
                                              const MatMulSizes &z) {
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
    std::vector<int64_t> bias(z.columns, 0);
    if (layer.operands.size() == 3)
      bias = loadIntegers(layer.operands[2], in[2]);
    multiply<int64_t, int16_t>(
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

Result<KernelRun> rowlock::prepareMatMul(const LayerView &layer) {
  Result<MatMulSizes> sizes = sizesOf(layer);
  if (!sizes)
    return sizes.takeStatus();
  const MatMulSizes &z = *sizes;
  if (layer.result.isFloat())
    return prepareFloatMatMul(layer, z);
  if (layer.has("product_shift"))
    return prepareFixed16MatMul(layer, z);
  auto stage = OutputStage::of(layer, z.columns);
  if (!stage)
    return stage.takeStatus();
  auto zeroPoints = inputZeroPoints(layer, 2);
  if (!zeroPoints)
    return zeroPoints.takeStatus();
  if (Status types = checkSumTypes(layer); !types)
    return types;
  return KernelRun([=, stage = *stage, zeroPoints = *zeroPoints](
                       const std::vector<const uint8_t *> &in, uint8_t *out) {
    std::vector<int64_t> bias(z.columns, 0);
    if (layer.operands.size() == 3)
      bias = loadIntegers(layer.operands[2], in[2]);
    multiply<int64_t, int64_t>(
        z, loadIntegers(layer.operands[0], in[0], zeroPoints[0]),
        loadIntegers(layer.operands[1], in[1], zeroPoints[1]),
        [&](int64_t m) { return bias[m]; },
        [](int64_t &sum, int64_t w, int64_t x) { sum += w * x; },
        [&](int64_t k, int64_t m, int64_t sum) {
          storeInteger(layer.result, out, k, stage.apply(sum, size_t(m)));
        });
  });
}
