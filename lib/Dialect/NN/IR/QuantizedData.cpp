//===- QuantizedData.cpp - Elements of quantised constants ----------------===//
#include "rowlock/Dialect/NN/IR/QuantizedData.h"

#include "rowlock/Dialect/NN/IR/ConstantData.h"
#include "rowlock/Numerics/Float.h"

using namespace mlir;
using namespace rowlock;
using namespace rowlock::nn;

Grid::Grid(quant::QuantizedType type) {
  if (auto uniform = dyn_cast<quant::UniformQuantizedType>(type)) {
    scales = {uniform.getScale()};
    zeroPoints = {uniform.getZeroPoint()};
    return;
  }
  auto perAxis = cast<quant::UniformQuantizedPerAxisType>(type);
  scales = perAxis.getScales().vec();
  zeroPoints = perAxis.getZeroPoints().vec();
  axis = perAxis.getQuantizedDimension();
}

std::vector<int64_t> Grid::channels(ArrayRef<int64_t> shape) const {
  int64_t count = 1, behind = 1;
  for (auto [d, size] : llvm::enumerate(shape)) {
    count *= size;
    behind *= int64_t(d) > axis ? size : 1;
  }
  std::vector<int64_t> result(size_t(count), 0);
  for (int64_t k = 0; axis >= 0 && k < count; ++k)
    result[size_t(k)] = k / behind % shape[axis];
  return result;
}

quant::QuantizedType nn::quantizedElement(Value value) {
  return dyn_cast<quant::QuantizedType>(
      cast<RankedTensorType>(value.getType()).getElementType());
}

std::optional<std::vector<int64_t>> nn::storedIntegers(Value value) {
  quant::QuantizedType type = quantizedElement(value);
  if (!type)
    return std::nullopt;
  auto integers = getIntegers(getConstant(value));
  if (integers && !type.isSigned())
    for (int64_t &element : *integers)
      element &= (int64_t(1) << type.getStorageTypeIntegralWidth()) - 1;
  return integers;
}

std::optional<std::vector<float>> nn::dequantizedElements(Value value) {
  auto integers = storedIntegers(value);
  if (!integers)
    return std::nullopt;
  Grid grid(quantizedElement(value));
  std::vector<int64_t> channels =
      grid.channels(cast<RankedTensorType>(value.getType()).getShape());
  std::vector<float> values;
  for (auto [integer, channel] : llvm::zip(*integers, channels))
    values.push_back(dequantizeToFloat(integer, float(grid.scale(channel)),
                                       grid.zeroPoint(channel)));
  return values;
}

std::optional<std::vector<int64_t>>
nn::quantizedElements(Value value, quant::QuantizedType type) {
  auto floats = getFloats(getConstant(value));
  if (!floats)
    return std::nullopt;
  Grid grid(type);
  std::vector<int64_t> channels =
      grid.channels(cast<RankedTensorType>(value.getType()).getShape());
  std::vector<int64_t> values;
  for (auto [real, channel] : llvm::zip(*floats, channels))
    values.push_back(
        quantizeFloat(real, float(grid.scale(channel)), grid.zeroPoint(channel),
                      type.getStorageTypeMin(), type.getStorageTypeMax()));
  return values;
}
