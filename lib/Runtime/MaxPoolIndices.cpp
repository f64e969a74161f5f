//===- MaxPoolIndices.cpp - Where the maxima of windows are ---------------===//
#include "Elements.h"
#include "Kernels.h"
#include "PoolShape.h"
#include "Scalars.h"

#include <cmath>

using namespace rowlock;

Result<KernelRun> rowlock::prepareMaxPoolIndices(const LayerView &layer) {
  auto shape = PoolShape::of(layer);
  auto columnMajor = layer.ints("column_major", 1, 0, 1, {0});
  if (!shape)
    return shape.takeStatus();
  if (!columnMajor)
    return columnMajor.takeStatus();
  if (!layer.operands[0].isFloat() || layer.result.type != fb::ElementType::I64)
    return Status::error("the operand is not F32 or the result not I64");
  bool columns = columnMajor->front() == 1;
  return KernelRun([=, shape = *shape](const std::vector<const uint8_t *> &data,
                                       uint8_t *out) {
    int64_t stepY = columns ? 1 : shape.width;
    int64_t stepX = columns ? shape.height : 1;
    forEachWindow(shape, [&](int64_t at, int64_t base, const auto &ys,
                             const auto &xs, int64_t) {
      float best = -INFINITY;
      int64_t place = base;
      if (!ys.empty() && !xs.empty())
        place += ys.front() * stepY + xs.front() * stepX;
      for (int64_t y : ys)
        for (int64_t x : xs) {
          float value = loadFloat(data[0], base + y * shape.width + x);
          if (best < value) {
            best = value;
            place = base + y * stepY + x * stepX;
          }
        }
      PlainScalar<int64_t>::store(out, at, place);
    });
  });
}
