//===- TopK.cpp - Indices of the greatest elements ------------------------===//
#include "Indices.h"
#include "Kernels.h"
#include "Scalars.h"

#include <numeric>

using namespace rowlock;

/// NaN is greater than every number.
template <typename T> static bool isGreater(T a, T b) {
  return a > b || (a != a && b == b);
}

Result<KernelRun> rowlock::prepareTopK(const LayerView &layer) {
  if (layer.operands.size() != 1 ||
      layer.operands[0].type == fb::ElementType::I1 ||
      layer.result.type != fb::ElementType::I64)
    return Status::error("expected one operand of numbers, a result of I64");
  const std::vector<int64_t> &in = layer.operands[0].shape;
  auto axis = layer.ints("axis", 1, 0, int64_t(in.size()) - 1, {});
  auto largest = layer.ints("largest", 1, 0, 1, {});
  if (!axis)
    return axis.takeStatus();
  if (!largest)
    return largest.takeStatus();
  size_t along = size_t(axis->front());
  std::vector<int64_t> expected = in;
  if (layer.result.shape.size() == in.size())
    expected[along] = layer.result.shape[along];
  if (layer.result.shape != expected || expected[along] > in[along])
    return Status::error("the result's shape is not the operand's");
  return withScalar(layer.operands[0].type, [&](auto scalar) {
    return Result<KernelRun>(
        KernelRun([=, line = Line(in, along), count = expected[along],
                   isLargest = largest->front() == 1](
                      const std::vector<const uint8_t *> &data, uint8_t *out) {
          std::vector<int64_t> order(size_t(line.size));
          for (int64_t o = 0; o < line.outer; ++o)
            for (int64_t i = 0; i < line.inner; ++i) {
              auto at = [&](int64_t k) {
                return scalar.load(data[0],
                                   (o * line.size + k) * line.inner + i);
              };
              std::iota(order.begin(), order.end(), 0);
              std::partial_sort(order.begin(), order.begin() + count,
                                order.end(), [&](int64_t a, int64_t b) {
                                  auto x = at(a), y = at(b);
                                  if (isGreater(x, y) || isGreater(y, x))
                                    return isGreater(x, y) == isLargest;
                                  return a < b;
                                });
              for (int64_t k = 0; k < count; ++k)
                PlainScalar<int64_t>::store(
                    out, (o * count + k) * line.inner + i, order[size_t(k)]);
            }
        }));
  });
}
