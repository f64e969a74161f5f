//===- Elementwise.cpp - Add, Mul, AddRaw, Clip, Rescale ------------------===//
#include "Broadcast.h"
#include "Elements.h"
#include "Kernels.h"
#include "OutputStage.h"

using namespace rowlock;

/// The operands of Add and Mul.
static Result<Broadcast> operandPairs(const LayerView &layer) {
  if (layer.operands.size() != 2)
    return Status::error("expected 2 operands");
  auto pairs = Broadcast::of(layer);
  if (pairs && (layer.operands[0].isFloat() != layer.result.isFloat() ||
                layer.operands[1].isFloat() != layer.result.isFloat()))
    return Status::error("float and integer tensors are mixed");
  return pairs;
}

static Status sameShape(const LayerView &layer, size_t operands) {
  if (layer.operands.size() != operands)
    return Status::error("expected " + std::to_string(operands) + " operands");
  for (const TensorView &operand : layer.operands)
    if (operand.shape != layer.result.shape)
      return Status::error("operand and result differ in shape");
  return Status::ok();
}

static Status integers(const LayerView &layer) {
  int64_t low, high;
  for (const TensorView &operand : layer.operands)
    if (!integerRange(operand.type, low, high))
      return Status::error("an operand is no integer of at most 32 bits");
  return Status::ok();
}

Result<KernelRun> rowlock::prepareAdd(const LayerView &layer) {
  Result<Broadcast> pairs = operandPairs(layer);
  if (!pairs)
    return pairs.takeStatus();
  TensorView result = layer.result;
  if (result.isFloat()) {
    auto clip = FloatClip::of(layer);
    if (!clip)
      return clip.takeStatus();
    return KernelRun([pairs = *pairs,
                      clip = *clip](const std::vector<const uint8_t *> &data,
                                    uint8_t *out) {
      pairs.forEach<2>([&](int64_t k, const std::array<int64_t, 2> &at) {
        storeFloat(
            out, k,
            clip.apply(loadFloat(data[0], at[0]) + loadFloat(data[1], at[1])));
      });
    });
  }
  auto stage = OutputStage::of(layer, 1);
  auto zero = inputZeroPoints(layer, 2);
  auto factors = layer.ints("multipliers", 2, 0, 1 << 22, {});
  if (!stage)
    return stage.takeStatus();
  if (!zero)
    return zero.takeStatus();
  if (!factors)
    return factors.takeStatus();
  if (Status types = integers(layer); !types)
    return types;
  return KernelRun([views = layer.operands, result, pairs = *pairs,
                    stage = *stage, zero = *zero, factors = *factors](
                       const std::vector<const uint8_t *> &data, uint8_t *out) {
    std::vector<int64_t> x = loadIntegers(views[0], data[0], zero[0]);
    std::vector<int64_t> y = loadIntegers(views[1], data[1], zero[1]);
    pairs.forEach<2>([&](int64_t k, const std::array<int64_t, 2> &at) {
      int64_t sum =
          x[size_t(at[0])] * factors[0] + y[size_t(at[1])] * factors[1];
      storeInteger(result, out, k, stage.apply(wrapToBits(sum, 32), 0));
    });
  });
}

Result<KernelRun> rowlock::prepareMul(const LayerView &layer) {
  Result<Broadcast> pairs = operandPairs(layer);
  if (!pairs)
    return pairs.takeStatus();
  TensorView result = layer.result;
  if (result.isFloat()) {
    return KernelRun([pairs = *pairs](const std::vector<const uint8_t *> &data,
                                      uint8_t *out) {
      pairs.forEach<2>([&](int64_t k, const std::array<int64_t, 2> &at) {
        storeFloat(out, k,
                   loadFloat(data[0], at[0]) * loadFloat(data[1], at[1]));
      });
    });
  }
  auto stage = OutputStage::of(layer, 1);
  auto zero = inputZeroPoints(layer, 2);
  if (!stage)
    return stage.takeStatus();
  if (!zero)
    return zero.takeStatus();
  for (const TensorView &operand : layer.operands)
    if (operand.type > fb::ElementType::U16)
      return Status::error("an operand is no integer of 8 or 16 bits");
  return KernelRun(
      [views = layer.operands, result, pairs = *pairs, stage = *stage,
       zero = *zero](const std::vector<const uint8_t *> &data, uint8_t *out) {
        std::vector<int64_t> x = loadIntegers(views[0], data[0], zero[0]);
        std::vector<int64_t> y = loadIntegers(views[1], data[1], zero[1]);
        pairs.forEach<2>([&](int64_t k, const std::array<int64_t, 2> &at) {
          storeInteger(result, out, k,
                       stage.apply(x[size_t(at[0])] * y[size_t(at[1])], 0));
        });
      });
}

Result<KernelRun> rowlock::prepareAddRaw(const LayerView &layer) {
  if (layer.operands.empty())
    return Status::error("expected at least one operand");
  if (Status shape = sameShape(layer, layer.operands.size()); !shape)
    return shape;
  if (Status types = integers(layer); !types)
    return types;
  size_t filters = layer.result.shape.size() > 1 ? layer.result.shape[1] : 1;
  auto stage = OutputStage::of(layer, filters);
  if (!stage)
    return stage.takeStatus();
  int64_t map = 1;
  for (size_t d = 2; d < layer.result.shape.size(); ++d)
    map *= layer.result.shape[d];
  return KernelRun([views = layer.operands, result = layer.result,
                    stage = *stage, filters, map](
                       const std::vector<const uint8_t *> &data, uint8_t *out) {
    std::vector<int64_t> sums = loadIntegers(views[0], data[0]);
    for (size_t operand = 1; operand < views.size(); ++operand) {
      std::vector<int64_t> more = loadIntegers(views[operand], data[operand]);
      for (size_t k = 0; k < sums.size(); ++k)
        sums[k] += more[k];
    }
    for (size_t k = 0; k < sums.size(); ++k)
      storeInteger(result, out, k, stage.apply(sums[k], k / map % filters));
  });
}

Result<KernelRun> rowlock::prepareClip(const LayerView &layer) {
  if (Status shape = sameShape(layer, 1); !shape)
    return shape;
  TensorView input = layer.operands[0], result = layer.result;
  if (input.isFloat() != result.isFloat())
    return Status::error("float and integer tensors are mixed");
  if (result.isFloat()) {
    auto clip = FloatClip::of(layer);
    if (!clip)
      return clip.takeStatus();
    return KernelRun(
        [clip = *clip, count = result.elements()](
            const std::vector<const uint8_t *> &data, uint8_t *out) {
          for (int64_t k = 0; k < count; ++k)
            storeFloat(out, k, clip.apply(loadFloat(data[0], k)));
        });
  }
  auto stage = OutputStage::of(layer, 0);
  if (!stage)
    return stage.takeStatus();
  if (Status types = integers(layer); !types)
    return types;
  stage->zeroPoint = 0; // operand and result have the same
  return KernelRun([=, stage = *stage](const std::vector<const uint8_t *> &data,
                                       uint8_t *out) {
    std::vector<int64_t> values = loadIntegers(input, data[0]);
    for (size_t k = 0; k < values.size(); ++k)
      storeInteger(result, out, k, stage.apply(values[k], 0));
  });
}

Result<KernelRun> rowlock::prepareRescale(const LayerView &layer) {
  if (Status shape = sameShape(layer, 1); !shape)
    return shape;
  if (Status types = integers(layer); !types)
    return types;
  auto stage = OutputStage::of(layer, 1);
  auto zero = inputZeroPoints(layer, 1);
  if (!stage)
    return stage.takeStatus();
  if (!zero)
    return zero.takeStatus();
  return KernelRun([input = layer.operands[0], result = layer.result,
                    stage = *stage, zero = zero->front()](
                       const std::vector<const uint8_t *> &data, uint8_t *out) {
    std::vector<int64_t> values = loadIntegers(input, data[0], zero);
    for (size_t k = 0; k < values.size(); ++k)
      storeInteger(result, out, k, stage.apply(values[k], 0));
  });
}
