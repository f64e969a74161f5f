//===- MatMul.cpp - Matrix products ---------------------------------------===//
#include "SumsOfProducts.h"

using namespace rowlock;

namespace {

/// N x C times C x M, where element (c, m) of the right side is at
/// c * stepC + m * stepM.
struct MatMulSizes {
  int64_t rows, depth, columns, stepC, stepM;

  int64_t filters() const { return columns; }
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

namespace {

/// Row by row, several columns at once: their sums do not wait for each other.
struct MatMulSums {
  template <typename T, typename S, typename Start, typename MultiplyAdd,
            typename Finish>
  static void run(const MatMulSizes &z, const std::vector<T> &lhs,
                  const std::vector<T> &rhs, Start start,
                  MultiplyAdd multiplyAdd, Finish finish) {
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
};

} // namespace

Result<KernelRun> rowlock::prepareMatMul(const LayerView &layer) {
  Result<MatMulSizes> sizes = sizesOf(layer);
  return sizes ? prepareSums<MatMulSums>(layer, *sizes) : sizes.takeStatus();
}
