//===- QuantizedConstants.cpp - Constants of quantised types --------------===//
#include "QuantizedConstants.h"

#include "rowlock/Dialect/NN/IR/ConstantData.h"

#include "mlir/Dialect/Utils/IndexingUtils.h"

#include <algorithm>

using namespace mlir;
using namespace rowlock;
using namespace rowlock::nn;

Value nn::makeIntegerConstant(OpBuilder &builder, Location loc,
                              RankedTensorType type, ArrayRef<int64_t> values) {
  Type storage = type.getElementType();
  if (auto quantized = dyn_cast<quant::QuantizedType>(storage))
    storage = builder.getIntegerType(quantized.getStorageTypeIntegralWidth());
  return ConstantOp::create(
      builder, loc, type,
      makeIntegers(RankedTensorType::get(type.getShape(), storage), values));
}

Value nn::quantizeConstant(OpBuilder &builder, QuantizeOp op) {
  auto integers = quantizedElements(op.getInput(), quantizedElement(op));
  return integers ? makeIntegerConstant(builder, op.getLoc(), op.getType(),
                                        *integers)
                  : Value();
}

Value nn::dequantizeConstant(OpBuilder &builder, DequantizeOp op) {
  auto values = dequantizedElements(op.getInput());
  if (!values)
    return {};
  return ConstantOp::create(builder, op.getLoc(), op.getType(),
                            makeFloats(op.getType(), *values));
}

Value nn::transposeConstant(OpBuilder &builder, Location loc, Value constant,
                            ArrayRef<int64_t> permutation) {
  auto integers = storedIntegers(constant);
  if (!integers)
    return {};
  auto from = cast<RankedTensorType>(constant.getType());
  int64_t rank = from.getRank();
  SmallVector<int64_t> shape = applyPermutation(from.getShape(), permutation);
  SmallVector<int64_t> strides = computeSuffixProduct(from.getShape());
  SmallVector<int64_t> steps = applyPermutation(strides, permutation);
  std::vector<int64_t> values;
  values.reserve(integers->size());
  SmallVector<int64_t> indices(rank, 0);
  int64_t at = 0;
  for (size_t k = 0; k < integers->size(); ++k) {
    values.push_back((*integers)[size_t(at)]);
    for (int64_t d = rank; d-- > 0;) {
      at += steps[d];
      if (++indices[d] < shape[d])
        break;
      at -= steps[d] * shape[d];
      indices[d] = 0;
    }
  }
  quant::QuantizedType element = quantizedElement(constant);
  if (auto perAxis = dyn_cast<quant::UniformQuantizedPerAxisType>(element)) {
    auto axis = llvm::find(permutation, perAxis.getQuantizedDimension());
    element = quant::UniformQuantizedPerAxisType::get(
        perAxis.getFlags(), perAxis.getStorageType(),
        perAxis.getExpressedType(), perAxis.getScales(),
        perAxis.getZeroPoints(), int32_t(axis - permutation.begin()),
        perAxis.getStorageTypeMin(), perAxis.getStorageTypeMax());
  }
  return makeIntegerConstant(builder, loc,
                             RankedTensorType::get(shape, element), values);
}

Value nn::symmetricFilter(OpBuilder &builder, Value filter) {
  auto integers = storedIntegers(filter);
  if (!integers)
    return {};
  auto type = cast<RankedTensorType>(filter.getType());
  Grid grid(quantizedElement(filter));
  if (grid.axis > 0)
    return {};
  int64_t least = 0, most = 0;
  for (auto [value, channel] :
       llvm::zip(*integers, grid.channels(type.getShape()))) {
    value -= grid.zeroPoint(channel);
    least = std::min(least, value);
    most = std::max(most, value);
  }
  unsigned bits = least >= -128 && most <= 127 ? 8 : 16;
  int64_t bound = int64_t(1) << (bits - 1);
  if (least < -bound || most >= bound)
    return {};
  Type storage = builder.getIntegerType(bits), real = builder.getF32Type();
  Type element;
  if (grid.axis < 0)
    element = quant::UniformQuantizedType::get(
        quant::QuantizationFlags::Signed, storage, real, grid.scales.front(), 0,
        -bound, bound - 1);
  else
    element = quant::UniformQuantizedPerAxisType::get(
        quant::QuantizationFlags::Signed, storage, real, grid.scales,
        SmallVector<int64_t>(grid.scales.size(), 0), 0, -bound, bound - 1);
  return makeIntegerConstant(builder, filter.getLoc(),
                             RankedTensorType::get(type.getShape(), element),
                             *integers);
}
