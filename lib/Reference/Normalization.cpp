//===- Normalization.cpp - batch_norm, lrn, softmax -----------------------===//
#include "Operations.h"

#include <cmath>

using namespace mlir;
using namespace rowlock;
using namespace rowlock::reference;

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

/// docs/numerics.md, log(x).
static float logarithm(float x) {
  if (std::isnan(x) || x < 0)
    return NAN;
  if (x == 0)
    return -INFINITY;
  if (std::isinf(x))
    return x;
  int exponent = 0;
  float m = std::frexp(x, &exponent);
  if (m < 0.70710678f) {
    --exponent;
    m = m + m;
  }
  m = m - 1.0f;
  static const float coefficients[] = {
      -1.1514610310e-1f, 1.1676998740e-1f, -1.2420140846e-1f, 1.4249322787e-1f,
      -1.6668057665e-1f, 2.0000714765e-1f, -2.4999993993e-1f, 3.3333331174e-1f};
  float y = 7.0376836292e-2f;
  for (float coefficient : coefficients)
    y = y * m + coefficient;
  float square = m * m, k = float(exponent);
  y = y * m;
  y = y * square;
  y = y + k * -2.12194440e-4f;
  y = y + square * -0.5f;
  y = m + y;
  return y + k * 0.693359375f;
}

/// docs/numerics.md, x^y of positive numbers.
static float power(float x, float y) {
  if (y == 0.75f)
    return std::sqrt(x) * std::sqrt(std::sqrt(x));
  if (y == 0.5f)
    return std::sqrt(x);
  return y == 1 ? x : exponential(y * logarithm(x));
}

void reference::lrn(nn::LRNOp op, Operands operands, RefTensor &result) {
  ArrayRef<int64_t> shape = result.type.getShape();
  int64_t channels = shape[1], map = 1, size = op.getSize();
  for (int64_t extent : shape.drop_front(2))
    map *= extent;
  const std::vector<float> &x = operands[0]->floats;
  float alpha = op.getAlpha().convertToFloat() / float(size);
  float beta = op.getBeta().convertToFloat();
  float bias = op.getBias().convertToFloat();
  for (int64_t k = 0; k < elements(result); ++k) {
    int64_t channel = k / map % channels, first = channel - (size - 1) / 2;
    float sum = 0;
    for (int64_t c = first; c < first + size; ++c) {
      if (c < 0 || c >= channels)
        continue;
      float other = x[k + (c - channel) * map];
      sum += other * other;
    }
    result.floats[k] = x[k] / power(bias + alpha * sum, beta);
  }
}
