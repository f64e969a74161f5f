//===- Rescale.cpp - Real factors as rescale attributes -------------------===//
#include "rowlock/Dialect/NN/IR/Rescale.h"

#include "rowlock/Numerics/Integer.h"

#include <algorithm>
#include <cmath>

using namespace mlir;
using namespace rowlock;

nn::RescaleAttr nn::makeRescale(MLIRContext *context,
                                ArrayRef<double> factors) {
  SmallVector<int64_t> multipliers, shifts;
  for (double factor : factors) {
    Requant requant = quantizeMultiplier(factor);
    multipliers.push_back(requant.multiplier);
    shifts.push_back(requant.shift);
  }
  return RescaleAttr::get(context, multipliers, shifts);
}

/// max |q - zero point|.
static int64_t greatestStep(quant::UniformQuantizedType type) {
  return std::max(std::abs(type.getStorageTypeMin() - type.getZeroPoint()),
                  std::abs(type.getStorageTypeMax() - type.getZeroPoint()));
}

nn::SumFactors nn::makeSumFactors(quant::UniformQuantizedType lhs,
                                  quant::UniformQuantizedType rhs,
                                  quant::UniformQuantizedType sum) {
  bool wide = lhs.getStorageTypeIntegralWidth() > 8;
  int64_t grid = int64_t(1) << (wide ? 14 : 20);
  while ((greatestStep(lhs) + greatestStep(rhs)) * grid > INT32_MAX)
    grid /= 2;
  double larger = std::max(lhs.getScale(), rhs.getScale());
  auto onGrid = [&](double scale) {
    return int64_t(std::nearbyint(scale / larger * double(grid)));
  };
  return {
      {onGrid(lhs.getScale()), onGrid(rhs.getScale())},
      makeRescale(sum.getContext(), {larger / double(grid) / sum.getScale()})};
}

nn::RescaleAttr nn::makeMeanRescale(quant::UniformQuantizedType input,
                                    quant::UniformQuantizedType mean,
                                    int64_t window) {
  SmallVector<double> factors;
  double ratio = input.getScale() / mean.getScale();
  for (int64_t count = 1; count <= window; ++count)
    factors.push_back(ratio / double(count));
  return makeRescale(input.getContext(), factors);
}
