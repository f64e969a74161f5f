//===- Pools.cpp - max_pool2d, max_pool_indices2d, average_pool2d ---------===//
#include "Operations.h"

#include <cmath>
#include <map>

using namespace mlir;
using namespace rowlock;
using namespace rowlock::reference;

/// Calls `window(output index, inside, count)` for every window: the input
/// indices inside the input, and the elements inside input and padding.
template <typename Op, typename Window>
static void forEachWindow(Op op, ArrayRef<int64_t> dilations,
                          const RefTensor &input, const RefTensor &result,
                          Window window) {
  ArrayRef<int64_t> in = input.type.getShape(), out = result.type.getShape();
  ArrayRef<int64_t> kernel = op.getKernel(), strides = op.getStrides(),
                    pads = op.getPads();
  std::vector<int64_t> inside;
  int64_t at = 0;
  for (int64_t map = 0; map < out[0] * out[1]; ++map)
    for (int64_t e = 0; e < out[2]; ++e)
      for (int64_t f = 0; f < out[3]; ++f) {
        inside.clear();
        int64_t padded = 0;
        for (int64_t r = 0; r < kernel[0]; ++r)
          for (int64_t s = 0; s < kernel[1]; ++s) {
            int64_t y = e * strides[0] + r * dilations[0] - pads[0];
            int64_t x = f * strides[1] + s * dilations[1] - pads[1];
            padded += y < in[2] + pads[2] && x < in[3] + pads[3];
            if (y >= 0 && y < in[2] && x >= 0 && x < in[3])
              inside.push_back((map * in[2] + y) * in[3] + x);
          }
        window(at++, inside, padded);
      }
}

void reference::maxPool(nn::MaxPool2DOp op, Operands operands,
                        RefTensor &result) {
  const RefTensor &input = *operands[0];
  quant::QuantizedType quantized = quantizedType(result);
  forEachWindow(op, op.getDilations(), input, result,
                [&](int64_t at, const std::vector<int64_t> &inside, int64_t) {
                  if (quantized) {
                    int64_t most = INT64_MIN;
                    for (int64_t k : inside)
                      most = std::max(most, input.integers[k]);
                    result.integers[at] = stored(quantized, most);
                    return;
                  }
                  float most = -INFINITY;
                  for (int64_t k : inside)
                    if (input.floats[k] > most)
                      most = input.floats[k];
                  result.floats[at] = most;
                });
}

void reference::maxPoolIndices(nn::MaxPoolIndices2DOp op, Operands operands,
                               RefTensor &result) {
  const RefTensor &input = *operands[0];
  int64_t height = input.type.getDimSize(2), width = input.type.getDimSize(3);
  int64_t maxima = result.type.getDimSize(2) * result.type.getDimSize(3);
  forEachWindow(op, op.getDilations(), input, result,
                [&](int64_t at, const std::vector<int64_t> &inside, int64_t) {
                  int64_t first = at / maxima * height * width;
                  int64_t place = inside.empty() ? first : inside.front();
                  float most = -INFINITY;
                  for (int64_t k : inside)
                    if (input.floats[k] > most) {
                      most = input.floats[k];
                      place = k;
                    }
                  int64_t map = place / (height * width);
                  int64_t y = place / width % height, x = place % width;
                  result.integers[at] = op.getColumnMajor()
                                            ? (map * width + x) * height + y
                                            : place;
                });
}

void reference::averagePool(nn::AveragePool2DOp op, Operands operands,
                            RefTensor &result) {
  const RefTensor &input = *operands[0];
  quant::QuantizedType quantized = quantizedType(result);
  forEachWindow(
      op, {1, 1}, input, result,
      [&](int64_t at, const std::vector<int64_t> &inside, int64_t padded) {
        int64_t count =
            op.getCountIncludePad() ? padded : int64_t(inside.size());
        if (quantized) {
          int64_t sum = 0;
          for (int64_t k : inside)
            sum += input.integers[k] - zeroPoint(input);
          result.integers[at] =
              stored(quantized, rescaled(op.getRescaleAttr(), count - 1, sum) +
                                    zeroPoint(result));
          return;
        }
        ArrayRef<int64_t> in = input.type.getShape();
        bool isMap = int64_t(inside.size()) == in[2] * in[3];
        std::map<int64_t, float> groups; // by column, or all in one
        for (int64_t k : inside)
          groups[isMap ? 0 : k % in[3]] += input.floats[k];
        float sum = 0;
        for (auto [column, group] : groups)
          sum += group;
        result.floats[at] = sum / float(count);
      });
}
