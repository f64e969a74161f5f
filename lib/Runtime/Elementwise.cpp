//===- Elementwise.cpp - Add, Mul, AddRaw, Clip, Rescale ------------------===//
#include "Elements.h"
#include "Kernels.h"
#include "OutputStage.h"

using namespace rowlock;

/// Elements from one index of each of the result's dimensions to the next in an
/// operand that broadcasts to it.
static Result<std::vector<int64_t>> broadcast(const TensorView &operand,
                                              const TensorView &result) {
  size_t rank = result.shape.size();
  if (operand.shape.size() > rank)
    return Status::error("an operand has a higher rank than the result");
  size_t lead = rank - operand.shape.size();
  std::vector<int64_t> strides(rank, 0);
  int64_t stride = 1;
  for (size_t d = rank; d-- > lead;) {
    int64_t size = operand.shape[d - lead];
    if (size != 1 && size != result.shape[d])
      return Status::error("an operand does not broadcast to the result");
    strides[d] = size == 1 ? 0 : stride;
    stride *= size;
  }
  return strides;
}

namespace {

/// For every element of the result, the elements of two operands that
/// broadcast to it.
struct Pairs {
  std::vector<int64_t> shape, lhs, rhs; // strides of the operands
  int64_t elements;

  static Result<Pairs> of(const LayerView &layer) {
    if (layer.operands.size() != 2)
      return Status::error("expected 2 operands");
    auto lhs = broadcast(layer.operands[0], layer.result);
    auto rhs = broadcast(layer.operands[1], layer.result);
    if (!lhs)
      return lhs.takeStatus();
    if (!rhs)
      return rhs.takeStatus();
    if (layer.operands[0].isFloat() != layer.result.isFloat() ||
        layer.operands[1].isFloat() != layer.result.isFloat())
      return Status::error("float and integer tensors are mixed");
    return Pairs{layer.result.shape, std::move(*lhs), std::move(*rhs),
                 layer.result.elements()};
  }

  /// Calls `use(element of the result, of the first, of the second operand)`.
  template <typename Use> void forEach(Use use) const {
    std::vector<int64_t> indices(shape.size(), 0);
    int64_t a = 0, b = 0;
    for (int64_t k = 0; k < elements; ++k) {
      use(k, a, b);
      for (size_t d = shape.size(); d-- > 0;) {
        a += lhs[d];
        b += rhs[d];
        if (++indices[d] < shape[d])
          break;
        a -= lhs[d] * shape[d];
        b -= rhs[d] * shape[d];
        indices[d] = 0;
      }
    }
  }
};

} // namespace

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
  Result<Pairs> pairs = Pairs::of(layer);
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
      pairs.forEach([&](int64_t k, int64_t a, int64_t b) {
        storeFloat(out, k,
                   clip.apply(loadFloat(data[0], a) + loadFloat(data[1], b)));
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
    pairs.forEach([&](int64_t k, int64_t a, int64_t b) {
      int64_t sum = x[size_t(a)] * factors[0] + y[size_t(b)] * factors[1];
      storeInteger(result, out, k, stage.apply(wrapToBits(sum, 32), 0));
    });
  });
}

Result<KernelRun> rowlock::prepareMul(const LayerView &layer) {
  Result<Pairs> pairs = Pairs::of(layer);
  if (!pairs)
    return pairs.takeStatus();
  TensorView result = layer.result;
  if (result.isFloat()) {
    return KernelRun([pairs = *pairs](const std::vector<const uint8_t *> &data,
                                      uint8_t *out) {
      pairs.forEach([&](int64_t k, int64_t a, int64_t b) {
        storeFloat(out, k, loadFloat(data[0], a) * loadFloat(data[1], b));
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
  return KernelRun([views = layer.operands, result, pairs = *pairs,
                    stage = *stage, zero = *zero](
                       const std::vector<const uint8_t *> &data, uint8_t *out) {
    std::vector<int64_t> x = loadIntegers(views[0], data[0], zero[0]);
    std::vector<int64_t> y = loadIntegers(views[1], data[1], zero[1]);
    pairs.forEach([&](int64_t k, int64_t a, int64_t b) {
      storeInteger(result, out, k, stage.apply(x[size_t(a)] * y[size_t(b)], 0));
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
