//===- Elementwise.cpp - add, clip, batch_norm, softmax, quantize ---------===//
#include "Operations.h"

#include <cmath>

using namespace mlir;
using namespace rowlock;
using namespace rowlock::reference;

/// The element of `operand` that element `index` of the result broadcasts from.
static int64_t broadcastIndex(const RefTensor &operand, const RefTensor &result,
                              int64_t index) {
  ArrayRef<int64_t> out = result.type.getShape(), in = operand.type.getShape();
  int64_t at = 0, stride = 1;
  for (int64_t d = int64_t(out.size()) - 1, k = int64_t(in.size()) - 1; k >= 0;
       --d, --k) {
    if (in[k] != 1)
      at += index % out[d] * stride;
    stride *= in[k];
    index /= out[d];
  }
  return at;
}

void reference::add(nn::AddOp op, Operands operands, RefTensor &result) {
  const RefTensor &a = *operands[0], &b = *operands[1];
  quant::QuantizedType quantized = quantizedType(result);
  for (int64_t k = 0; k < elements(result); ++k) {
    int64_t i = broadcastIndex(a, result, k), j = broadcastIndex(b, result, k);
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

void reference::clip(nn::ClipOp op, Operands operands, RefTensor &result) {
  quant::QuantizedType quantized = quantizedType(result);
  for (int64_t k = 0; k < elements(result); ++k)
    if (quantized)
      result.integers[k] = stored(quantized, operands[0]->integers[k]);
    else
      result.floats[k] =
          activated(op.getActivationAttr(), operands[0]->floats[k]);
}

void reference::batchNorm(nn::BatchNormOp op, Operands operands,
                          RefTensor &result) {
  ArrayRef<int64_t> shape = result.type.getShape();
  int64_t map = 1;
  for (int64_t size : shape.drop_front(2))
    map *= size;
  float epsilon = op.getEpsilon().convertToFloat();
  for (int64_t k = 0; k < elements(result); ++k) {
    int64_t c = k / map % shape[1];
    float deviation = std::sqrt(operands[4]->floats[c] + epsilon);
    float normal =
        (operands[0]->floats[k] - operands[3]->floats[c]) / deviation;
    result.floats[k] = normal * operands[1]->floats[c] + operands[2]->floats[c];
  }
}

/// docs/numerics.md, exp(x).
static float exponential(float x) {
  if (std::isnan(x))
    return x;
  if (x > 88.72283f)
    return INFINITY;
  if (x < -87.33654f)
    return 0;
  float k = std::floor(x * 1.44269504f + 0.5f);
  float r = x - k * 0.693359375f;
  r = r - k * -2.12194440e-4f;
  static const float coefficients[] = {1.3981999507e-3f, 8.3334519073e-3f,
                                       4.1665795894e-2f, 1.6666665459e-1f,
                                       5.0000001201e-1f};
  float y = 1.9875691500e-4f;
  for (float coefficient : coefficients)
    y = y * r + coefficient;
  y = y * (r * r);
  y = y + r;
  y = y + 1.0f;
  int half = int(std::floor(k / 2));
  return std::ldexp(std::ldexp(y, half), int(k) - half);
}

void reference::softmax(nn::SoftmaxOp op, Operands operands,
                        RefTensor &result) {
  ArrayRef<int64_t> shape = result.type.getShape();
  int64_t axis = op.getAxis(), inner = 1;
  for (int64_t size : shape.drop_front(axis + 1))
    inner *= size;
  const std::vector<float> &x = operands[0]->floats;
  for (int64_t k = 0; k < elements(result); ++k) {
    int64_t first = k - k / inner % shape[axis] * inner;
    if (first != k)
      continue;
    auto at = [&](int64_t i) { return first + i * inner; };
    float most = x[first], sum = 0;
    for (int64_t i = 1; i < shape[axis]; ++i)
      most = x[at(i)] > most ? x[at(i)] : most;
    for (int64_t i = 0; i < shape[axis]; ++i)
      sum += result.floats[at(i)] = exponential(x[at(i)] - most);
    for (int64_t i = 0; i < shape[axis]; ++i)
      result.floats[at(i)] /= sum;
  }
}

void reference::quantize(nn::QuantizeOp op, Operands operands,
                         RefTensor &result) {
  auto type = cast<quant::UniformQuantizedType>(result.type.getElementType());
  for (int64_t k = 0; k < elements(result); ++k) {
    float real = operands[0]->floats[k] / float(type.getScale());
    int64_t value = type.getZeroPoint();
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
  auto perTensor =
      dyn_cast<quant::UniformQuantizedType>(input.type.getElementType());
  auto perAxis =
      dyn_cast<quant::UniformQuantizedPerAxisType>(input.type.getElementType());
  ArrayRef<int64_t> shape = input.type.getShape();
  int64_t axis = perAxis ? perAxis.getQuantizedDimension() : 0, inner = 1;
  for (int64_t size : shape.drop_front(perAxis ? axis + 1 : 0))
    inner *= size;
  for (int64_t k = 0; k < elements(result); ++k) {
    int64_t channel = perAxis ? k / inner % shape[axis] : 0;
    double scale =
        perTensor ? perTensor.getScale() : perAxis.getScales()[channel];
    result.floats[k] =
        float(input.integers[k] - zeroPoint(input, channel)) * float(scale);
  }
}
