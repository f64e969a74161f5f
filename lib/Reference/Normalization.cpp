//===- Normalization.cpp - batch_norm, lrn, softmax -----------------------===//
#include "Functions.h"
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

/// docs/numerics.md, x^y of positive numbers.
static float positivePower(float x, float y) {
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
    result.floats[k] = x[k] / positivePower(bias + alpha * sum, beta);
  }
}
