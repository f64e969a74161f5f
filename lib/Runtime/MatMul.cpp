//===- MatMul.cpp - Matrix products ---------------------------------------===//
#include "SumsOfProducts.h"

using namespace rowlock;

namespace {

/// N x C times C x M, where element (c, m) of the right side is at
/// c * stepC + m * stepM, for each matrix of the result, in order: where those
/// of the operands begin.
struct MatMulSizes {
  int64_t rows, depth, columns, stepC, stepM;
  struct Pair {
    int64_t lhs, rhs;
  };
  std::vector<Pair> matrices;

  int64_t filters() const { return columns; }
};

} // namespace

/// The leading dimensions, which broadcast to the result's.
static Status readMatrices(const LayerView &layer, MatMulSizes &z) {
  const std::vector<int64_t> &out = layer.result.shape;
  int64_t count = 1;
  for (size_t d = 0; d + 2 < out.size(); ++d)
    count *= out[d];
  z.matrices.assign(size_t(count), {0, 0});
  for (bool right : {false, true}) {
    const std::vector<int64_t> &in = layer.operands[right].shape;
    if (in.size() > out.size())
      return Status::error("an operand has more dimensions than the result");
    int64_t step = right ? z.depth * z.columns : z.rows * z.depth, inner = 1;
    size_t shift = out.size() - in.size();
    for (size_t d = out.size() - 2; d-- > 0;) {
      int64_t size = d < shift ? 1 : in[d - shift];
      if (size != 1 && size != out[d])
        return Status::error("the leading sizes of operands and result do not "
                             "fit");
      for (int64_t k = 0; size != 1 && k < count; ++k) {
        int64_t &start = right ? z.matrices[k].rhs : z.matrices[k].lhs;
        start += k / inner % out[d] * step;
      }
      step *= size;
      inner *= out[d];
    }
  }
  return Status::ok();
}

static Result<MatMulSizes> sizesOf(const LayerView &layer) {
  if (layer.operands.size() < 2 || layer.operands.size() > 3)
    return Status::error(std::to_string(layer.operands.size()) +
                         " operands, expected two and perhaps a bias");
  const std::vector<int64_t> &lhs = layer.operands[0].shape;
  const std::vector<int64_t> &rhs = layer.operands[1].shape;
  const std::vector<int64_t> &out = layer.result.shape;
  if (lhs.size() < 2 || rhs.size() < 2 || out.size() < 2)
    return Status::error("operands and result must have rank 2 at least");
  auto transpose = layer.ints("transpose_rhs", 1, 0, 1, {0});
  if (!transpose)
    return transpose.takeStatus();
  bool rowsOfFilters = (*transpose)[0] == 1;
  int64_t first = rhs[rhs.size() - 2], last = rhs.back();
  MatMulSizes z = {lhs[lhs.size() - 2],          lhs.back(),
                   rowsOfFilters ? first : last, rowsOfFilters ? 1 : last,
                   rowsOfFilters ? last : 1,     {}};
  if ((rowsOfFilters ? last : first) != z.depth ||
      out[out.size() - 2] != z.rows || out.back() != z.columns)
    return Status::error("the sizes of operands and result do not fit");
  if (layer.operands.size() == 3 &&
      layer.operands[2].shape != std::vector<int64_t>{z.columns})
    return Status::error("bias does not have one element per result column");
  if (Status matrices = readMatrices(layer, z); !matrices)
    return matrices;
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
    int64_t total = int64_t(z.matrices.size()) * z.rows;
    for (int64_t n = 0; n < total; ++n)
      for (int64_t first = 0; first < z.columns; first += block) {
        const MatMulSizes::Pair &matrix = z.matrices[size_t(n / z.rows)];
        const T *row = lhs.data() + matrix.lhs + n % z.rows * z.depth;
        // Without depth there are no elements, and no place in them.
        const T *at =
            z.depth ? rhs.data() + matrix.rhs + first * z.stepM : nullptr;
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
