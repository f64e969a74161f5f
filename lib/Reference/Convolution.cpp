//===- Convolution.cpp - conv2d, fully_connected, matmul ------------------===//
#include "Operations.h"

using namespace mlir;
using namespace rowlock;
using namespace rowlock::reference;

namespace {

/// Sizes as hardware.md names them. C and M are those of one group.
struct Sizes {
  int64_t N, G, M, C, H, W, R, S, E, F;
  int64_t strideY = 1, strideX = 1, dilationY = 1, dilationX = 1;
  int64_t padTop = 0, padLeft = 0;

  int64_t input(int64_t n, int64_t g, int64_t c, int64_t y, int64_t x) const {
    return (((n * G + g) * C + c) * H + y) * W + x;
  }
  int64_t filter(int64_t g, int64_t m, int64_t c, int64_t r, int64_t s) const {
    return (((g * M + m) * C + c) * R + r) * S + s;
  }
  int64_t output(int64_t n, int64_t g, int64_t m, int64_t e, int64_t f) const {
    return (((n * G + g) * M + m) * E + e) * F + f;
  }
};

} // namespace

/// Calls `tap(input index, filter index)` for the elements of one window that
/// lie inside the input: channels, then rows, then columns.
template <typename Tap>
static void forEachTap(const Sizes &z, int64_t n, int64_t g, int64_t m,
                       int64_t e, int64_t f, Tap tap) {
  for (int64_t c = 0; c < z.C; ++c)
    for (int64_t r = 0; r < z.R; ++r) {
      int64_t y = e * z.strideY + r * z.dilationY - z.padTop;
      if (y < 0 || y >= z.H)
        continue;
      for (int64_t s = 0; s < z.S; ++s) {
        int64_t x = f * z.strideX + s * z.dilationX - z.padLeft;
        if (x >= 0 && x < z.W)
          tap(z.input(n, g, c, y, x), z.filter(g, m, c, r, s));
      }
    }
}

template <typename Op>
static void convolve(Op op, const Sizes &z, Operands operands,
                     RefTensor &result) {
  const RefTensor &input = *operands[0], &filter = *operands[1];
  const RefTensor *bias = operands.size() > 2 ? operands[2] : nullptr;
  quant::QuantizedType quantized = quantizedType(result);
  for (int64_t n = 0; n < z.N; ++n)
    for (int64_t g = 0; g < z.G; ++g)
      for (int64_t m = 0; m < z.M; ++m)
        for (int64_t e = 0; e < z.E; ++e)
          for (int64_t f = 0; f < z.F; ++f) {
            int64_t at = z.output(n, g, m, e, f), k = g * z.M + m;
            if (!quantized) {
              float sum = 0;
              forEachTap(z, n, g, m, e, f, [&](int64_t i, int64_t j) {
                sum += filter.floats[j] * input.floats[i];
              });
              if (bias)
                sum += bias->floats[k];
              result.floats[at] = activated(op.getActivationAttr(), sum);
              continue;
            }
            int64_t psum = bias ? bias->integers[k] : 0;
            if (op.getProductShift()) {
              int64_t shift = *op.getProductShift();
              int64_t exact = psum;
              forEachTap(z, n, g, m, e, f, [&](int64_t i, int64_t j) {
                int64_t product =
                    (filter.integers[j] * input.integers[i]) >> shift;
                exact += product;
                psum += int16_t(uint16_t(product));
              });
              psum = int16_t(uint16_t(psum));
              result.wraps += psum != exact;
              result.integers[at] = stored(quantized, psum);
              continue;
            }
            int64_t zx = zeroPoint(input), zw = zeroPoint(filter, k);
            forEachTap(z, n, g, m, e, f, [&](int64_t i, int64_t j) {
              psum += (input.integers[i] - zx) * (filter.integers[j] - zw);
            });
            result.integers[at] =
                stored(quantized, rescaled(op.getRescaleAttr(), k, psum) +
                                      zeroPoint(result));
          }
}

void reference::conv2d(nn::Conv2DOp op, Operands operands, RefTensor &result) {
  ArrayRef<int64_t> in = operands[0]->type.getShape();
  ArrayRef<int64_t> filter = operands[1]->type.getShape();
  ArrayRef<int64_t> out = result.type.getShape();
  int64_t groups = op.getGroups();
  Sizes z = {in[0], groups,    filter[0] / groups, filter[1], in[2],
             in[3], filter[2], filter[3],          out[2],    out[3]};
  z.strideY = op.getStrides()[0];
  z.strideX = op.getStrides()[1];
  z.dilationY = op.getDilations()[0];
  z.dilationX = op.getDilations()[1];
  z.padTop = op.getPads()[0];
  z.padLeft = op.getPads()[1];
  convolve(op, z, operands, result);
}

void reference::fullyConnected(nn::FullyConnectedOp op, Operands operands,
                               RefTensor &result) {
  ArrayRef<int64_t> filter = operands[1]->type.getShape();
  Sizes z = {
      result.type.getDimSize(0), 1, filter[0], filter[1], 1, 1, 1, 1, 1, 1};
  convolve(op, z, operands, result);
}

/// Where the matrix of an operand begins that belongs to matrix `k` of a result
/// with leading sizes `lead`.
static int64_t matrixStart(ArrayRef<int64_t> shape, ArrayRef<int64_t> lead,
                           int64_t k) {
  int64_t start = 0, step = shape.back() * shape.drop_back().back();
  ArrayRef<int64_t> own = shape.drop_back(2);
  for (; !own.empty(); own = own.drop_back(), lead = lead.drop_back()) {
    start += own.back() == 1 ? 0 : k % lead.back() * step;
    step *= own.back();
    k /= lead.back();
  }
  return start;
}

void reference::matmul(nn::MatMulOp op, Operands operands, RefTensor &result) {
  ArrayRef<int64_t> lhs = operands[0]->type.getShape();
  ArrayRef<int64_t> rhs = operands[1]->type.getShape();
  ArrayRef<int64_t> out = result.type.getShape();
  int64_t rows = out.drop_back().back(), columns = out.back();
  int64_t depth = lhs.back();
  for (int64_t at = 0; at < elements(result); ++at) {
    int64_t matrix = at / (rows * columns);
    int64_t i = at / columns % rows, j = at % columns;
    int64_t left = matrixStart(lhs, out.drop_back(2), matrix) + i * depth;
    int64_t right = matrixStart(rhs, out.drop_back(2), matrix) + j;
    float sum = 0;
    for (int64_t k = 0; k < depth; ++k)
      sum += operands[0]->floats[left + k] *
             operands[1]->floats[right + k * columns];
    result.floats[at] = sum;
  }
}
