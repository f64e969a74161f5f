//===- QuantizedConstants.cpp - Constants of quantised types --------------===//
#include "QuantizedConstants.h"

#include "Moves.h"

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

/// The element type with its scales along another dimension.
static quant::QuantizedType alongAxis(quant::QuantizedType element,
                                      int64_t axis) {
  auto perAxis = dyn_cast<quant::UniformQuantizedPerAxisType>(element);
  if (!perAxis)
    return element;
  return quant::UniformQuantizedPerAxisType::get(
      perAxis.getFlags(), perAxis.getStorageType(), perAxis.getExpressedType(),
      perAxis.getScales(), perAxis.getZeroPoints(), int32_t(axis),
      perAxis.getStorageTypeMin(), perAxis.getStorageTypeMax());
}

static int64_t axisOf(quant::QuantizedType element) {
  auto perAxis = dyn_cast<quant::UniformQuantizedPerAxisType>(element);
  return perAxis ? perAxis.getQuantizedDimension() : -1;
}

/// From element `at` on, `shape` elements that lie `steps` apart.
static std::vector<int64_t> stridedElements(ArrayRef<int64_t> elements,
                                            int64_t at, ArrayRef<int64_t> shape,
                                            ArrayRef<int64_t> steps) {
  std::vector<int64_t> values;
  SmallVector<int64_t> indices(shape.size(), 0);
  for (int64_t left = computeProduct(shape); left > 0; --left) {
    values.push_back(elements[size_t(at)]);
    for (size_t d = shape.size(); d-- > 0;) {
      at += steps[d];
      if (++indices[d] < shape[d])
        break;
      at -= steps[d] * shape[d];
      indices[d] = 0;
    }
  }
  return values;
}

Value nn::transposeConstant(OpBuilder &builder, Location loc, Value constant,
                            ArrayRef<int64_t> permutation) {
  auto integers = storedIntegers(constant);
  if (!integers)
    return {};
  auto from = cast<RankedTensorType>(constant.getType());
  SmallVector<int64_t> shape = applyPermutation(from.getShape(), permutation);
  SmallVector<int64_t> strides = computeSuffixProduct(from.getShape());
  SmallVector<int64_t> steps = applyPermutation(strides, permutation);
  quant::QuantizedType element = quantizedElement(constant);
  element = alongAxis(element, llvm::find(permutation, axisOf(element)) -
                                   permutation.begin());
  return makeIntegerConstant(builder, loc,
                             RankedTensorType::get(shape, element),
                             stridedElements(*integers, 0, shape, steps));
}

static Value reshapeConstant(OpBuilder &builder, ReshapeOp op, Value constant) {
  auto integers = storedIntegers(constant);
  quant::QuantizedType element = quantizedElement(constant);
  ArrayRef<int64_t> from =
      cast<RankedTensorType>(constant.getType()).getShape();
  ArrayRef<int64_t> to = op.getType().getShape();
  if (!integers)
    return {};
  if (int64_t axis = axisOf(element); axis >= 0) {
    auto kept = reshapedDimension(from, axis, to);
    if (!kept)
      return {};
    element = alongAxis(element, *kept);
  }
  return makeIntegerConstant(builder, constant.getLoc(),
                             RankedTensorType::get(to, element), *integers);
}

static Value sliceConstant(OpBuilder &builder, SliceOp op, Value constant) {
  auto integers = storedIntegers(constant);
  quant::QuantizedType element = quantizedElement(constant);
  ArrayRef<int64_t> from =
      cast<RankedTensorType>(constant.getType()).getShape();
  ArrayRef<int64_t> shape = op.getType().getShape();
  int64_t axis = axisOf(element);
  if (!integers ||
      (axis >= 0 && (op.getStrides()[axis] != 1 || shape[axis] != from[axis])))
    return {};
  SmallVector<int64_t> steps = computeSuffixProduct(from);
  int64_t at = 0;
  for (size_t d = 0; d < steps.size(); ++d) {
    at += op.getStarts()[d] * steps[d];
    steps[d] *= op.getStrides()[d];
  }
  return makeIntegerConstant(builder, constant.getLoc(),
                             RankedTensorType::get(shape, element),
                             stridedElements(*integers, at, shape, steps));
}

Value nn::moveConstant(OpBuilder &builder, Operation *op, Value constant) {
  if (auto transpose = dyn_cast<TransposeOp>(op))
    return transposeConstant(builder, constant.getLoc(), constant,
                             transpose.getPermutation());
  if (auto reshape = dyn_cast<ReshapeOp>(op))
    return reshapeConstant(builder, reshape, constant);
  if (auto slice = dyn_cast<SliceOp>(op))
    return sliceConstant(builder, slice, constant);
  return {};
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
