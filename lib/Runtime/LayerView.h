//===- LayerView.h - A layer as kernels see it ------------------*- C++ -*-===//
#ifndef ROWLOCK_LIB_RUNTIME_LAYERVIEW_H
#define ROWLOCK_LIB_RUNTIME_LAYERVIEW_H

#include "rowlock/Program/program_generated.h"
#include "rowlock/Support/Result.h"

#include <functional>
#include <string>
#include <vector>

namespace rowlock {

/// Type and sizes of an operand or result; elements lie in row-major order.
struct TensorView {
  fb::ElementType type = fb::ElementType::F32;
  std::vector<int64_t> shape;
  float scale = 0;
  int64_t zeroPoint = 0;

  int64_t elements() const {
    int64_t count = 1;
    for (int64_t size : shape)
      count *= size;
    return count;
  }
  bool isFloat() const { return type == fb::ElementType::F32; }
};

/// A layer of the layer table; `attributes` are looked up by name.
struct LayerView {
  fb::Kernel kernel = fb::Kernel::Copy;
  std::vector<TensorView> operands;
  TensorView result;
  const fb::Layer *layer = nullptr;

  /// The integers of an attribute, with `fallback` if it is absent.
  std::vector<int64_t> ints(const char *name,
                            std::vector<int64_t> fallback = {}) const;
  std::vector<float> reals(const char *name) const;
  bool has(const char *name) const;
  /// The integers, of which there must be `count`, each in [low, high].
  Result<std::vector<int64_t>> ints(const char *name, size_t count, int64_t low,
                                    int64_t high,
                                    std::vector<int64_t> fallback) const;
};

/// A kernel with its layer's sizes bound: operands in order, then the result.
using KernelRun =
    std::function<void(const std::vector<const uint8_t *> &, uint8_t *)>;

} // namespace rowlock

#endif // ROWLOCK_LIB_RUNTIME_LAYERVIEW_H
