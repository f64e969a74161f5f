//===- Scatter.cpp - ScatterND --------------------------------------------===//
#include "Indices.h"
#include "Kernels.h"
#include "Scalars.h"
#include "Strided.h"

#include "rowlock/Program/TensorLayout.h"

#include <type_traits>

using namespace rowlock;

namespace {

enum Reduction : int64_t { None, Add, Mul, Max, Min };

/// Slices of a tensor that index vectors name.
struct Slices {
  std::vector<int64_t> sizes, steps; // of the dimensions with an index
  int64_t vectors = 0, elements = 1; // of one slice

  int64_t place(const Indices &indices, const uint8_t *data,
                int64_t vector) const {
    int64_t at = 0, count = int64_t(sizes.size());
    for (int64_t k = 0; k < count; ++k)
      at += indices.read(data, vector * count + k, sizes[size_t(k)]) *
            steps[size_t(k)];
    return at;
  }
};

} // namespace

/// docs/spec/kernels.md, "ScatterND". NaN wins maxima and minima.
template <typename T> static T reduced(T old, T update, Reduction reduction) {
  if constexpr (std::is_same_v<T, bool>) {
    return update;
  } else {
    using Wrapping = std::conditional_t<std::is_integral_v<T>, uint64_t, T>;
    switch (reduction) {
    case Add:
      return T(Wrapping(old) + Wrapping(update));
    case Mul:
      return T(Wrapping(old) * Wrapping(update));
    case Max:
      return update > old || update != update ? update : old;
    case Min:
      return update < old || update != update ? update : old;
    case None:
      break;
    }
    return update;
  }
}

static Result<Slices> slicesOf(const LayerView &layer) {
  if (layer.operands.size() != 3 ||
      layer.operands[1].type != fb::ElementType::I64 ||
      layer.operands[0].type != layer.result.type ||
      layer.operands[2].type != layer.result.type ||
      layer.operands[0].shape != layer.result.shape)
    return Status::error("expected an operand like the result, indices of 64 "
                         "bits, and updates");
  const std::vector<int64_t> &in = layer.result.shape;
  const std::vector<int64_t> &indices = layer.operands[1].shape;
  if (indices.empty() || indices.back() > int64_t(in.size()))
    return Status::error("the index vectors are longer than the rank");
  size_t depth = size_t(indices.back());
  std::vector<int64_t> expected(indices.begin(), indices.end() - 1);
  expected.insert(expected.end(), in.begin() + long(depth), in.end());
  if (layer.operands[2].shape != expected)
    return Status::error("the updates have another shape");
  Slices slices;
  std::vector<int64_t> steps = rowMajorSteps(in);
  slices.sizes.assign(in.begin(), in.begin() + long(depth));
  slices.steps.assign(steps.begin(), steps.begin() + long(depth));
  for (size_t d = depth; d < in.size(); ++d)
    slices.elements *= in[d];
  int64_t updates = layer.operands[2].elements();
  slices.vectors = updates ? updates / slices.elements : 0;
  if (updates)
    for (int64_t size : slices.sizes)
      if (size == 0)
        return Status::error("a dimension with an index has no elements");
  return slices;
}

Result<KernelRun> rowlock::prepareScatterND(const LayerView &layer) {
  Result<Slices> slices = slicesOf(layer);
  auto reduction = layer.ints("reduction", 1, None, Min, {});
  if (!slices)
    return slices.takeStatus();
  if (!reduction)
    return reduction.takeStatus();
  size_t unit = elementBytes(layer.result.type);
  size_t bytes = size_t(layer.result.elements()) * unit;
  return withScalar(layer.result.type, [&](auto scalar) {
    return Result<KernelRun>(
        KernelRun([=, slices = *slices, how = Reduction(reduction->front())](
                      const std::vector<const uint8_t *> &data, uint8_t *out) {
          Indices indices(fb::ElementType::I64);
          std::memmove(out, data[0], bytes);
          for (int64_t v = 0; v < slices.vectors; ++v) {
            int64_t at = slices.place(indices, data[1], v);
            if (how == None) {
              size_t run = size_t(slices.elements) * unit;
              std::memcpy(out + size_t(at) * unit, data[2] + size_t(v) * run,
                          run);
              continue;
            }
            for (int64_t k = 0; k < slices.elements; ++k) {
              auto update = scalar.load(data[2], v * slices.elements + k);
              scalar.store(out, at + k,
                           reduced(scalar.load(out, at + k), update, how));
            }
          }
        }));
  });
}
