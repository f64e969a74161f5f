//===- Elementwise.cpp - add, mul, clip, quantize, dequantize -------------===//
#include "Operations.h"

#include <cmath>

using namespace mlir;
using namespace rowlock;
using namespace rowlock::reference;

void reference::add(nn::AddOp op, Operands operands, RefTensor &result) {
  const RefTensor &a = *operands[0], &b = *operands[1];
  quant::QuantizedType quantized = quantizedType(result);
  for (int64_t k = 0; k < elements(result); ++k) {
    int64_t i = broadcastIndex(a, result.type.getShape(), k),
            j = broadcastIndex(b, result.type.getShape(), k);
    if (!quantized) {
      result.floats[k] =
          activated(op.getActivationAttr(), a.floats[i] + b.floats[j]);
      continue;
    }
    ArrayRef<int64_t> factors = *op.getMultipliers();
    int32_t sum =
        int32_t(uint32_t((a.integers[i] - zeroPoint(a)) * factors[0] +
                         (b.integers[j] - zeroPoint(b)) * factors[1]));
    result.integers[k] = stored(
        quantized, rescaled(op.getRescaleAttr(), 0, sum) + zeroPoint(result));
  }
}

void reference::mul(nn::MulOp op, Operands operands, RefTensor &result) {
  const RefTensor &a = *operands[0], &b = *operands[1];
  quant::QuantizedType quantized = quantizedType(result);
  for (int64_t k = 0; k < elements(result); ++k) {
    int64_t i = broadcastIndex(a, result.type.getShape(), k),
            j = broadcastIndex(b, result.type.getShape(), k);
    if (quantized)
      result.integers[k] =
          stored(quantized, rescaled(op.getRescaleAttr(), 0,
                                     (a.integers[i] - zeroPoint(a)) *
                                         (b.integers[j] - zeroPoint(b))) +
                                zeroPoint(result));
    else
      result.floats[k] = a.floats[i] * b.floats[j];
  }
}

void reference::clip(nn::ClipOp op, Operands operands, RefTensor &result) {
  quant::QuantizedType quantized = quantizedType(result);
  for (int64_t k = 0; k < elements(result); ++k)
    if (quantized)
      result.integers[k] = stored(quantized, operands[0]->integers[k]);
    else
      result.floats[k] =
          activated(op.getActivationAttr(), operands[0]->floats[k]);
}

/// The index of element `k` in the quantised dimension; 0 if there is none.
static int64_t channelOf(const RefTensor &tensor, int64_t k) {
  auto perAxis = dyn_cast<quant::UniformQuantizedPerAxisType>(
      tensor.type.getElementType());
  if (!perAxis)
    return 0;
  int64_t axis = perAxis.getQuantizedDimension(), inner = 1;
  for (int64_t size : tensor.type.getShape().drop_front(axis + 1))
    inner *= size;
  return k / inner % tensor.type.getDimSize(axis);
}

static float scaleOf(const RefTensor &tensor, int64_t channel) {
  Type type = tensor.type.getElementType();
  if (auto uniform = dyn_cast<quant::UniformQuantizedType>(type))
    return float(uniform.getScale());
  return float(
      cast<quant::UniformQuantizedPerAxisType>(type).getScales()[channel]);
}

void reference::quantize(nn::QuantizeOp op, Operands operands,
                         RefTensor &result) {
  quant::QuantizedType type = quantizedType(result);
  for (int64_t k = 0; k < elements(result); ++k) {
    int64_t channel = channelOf(result, k);
    float real = operands[0]->floats[k] / scaleOf(result, channel);
    int64_t value = zeroPoint(result, channel);
    if (real > 1e15f)
      value = type.getStorageTypeMax();
    else if (real < -1e15f)
      value = type.getStorageTypeMin();
    else if (!std::isnan(real))
      value += int64_t(std::nearbyint(real));
    result.integers[k] = stored(type, value);
  }
}

void reference::dequantize(nn::DequantizeOp op, Operands operands,
                           RefTensor &result) {
  const RefTensor &input = *operands[0];
  for (int64_t k = 0; k < elements(result); ++k) {
    int64_t channel = channelOf(input, k);
    result.floats[k] = float(input.integers[k] - zeroPoint(input, channel)) *
                       scaleOf(input, channel);
  }
}
