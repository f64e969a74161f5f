//===- Broadcast.h - Operands that broadcast to a result --------*- C++ -*-===//
#ifndef ROWLOCK_LIB_RUNTIME_BROADCAST_H
#define ROWLOCK_LIB_RUNTIME_BROADCAST_H

#include "LayerView.h"

#include <array>

namespace rowlock {

/// Where the elements of operands lie that belong to each element of a shape
/// which they broadcast to as in NumPy.
class Broadcast {
public:
  static Result<Broadcast> of(const std::vector<int64_t> &shape,
                              const std::vector<TensorView> &operands);
  static Result<Broadcast> of(const LayerView &layer) {
    return of(layer.result.shape, layer.operands);
  }

  /// Calls `use(element of the shape, elements of the N operands)`, the first
  /// in rising order.
  template <size_t N, typename Use> void forEach(Use use) const {
    size_t outer = shape.empty() ? 0 : shape.size() - 1;
    int64_t row = shape.empty() ? 1 : shape.back();
    std::array<int64_t, N> first = {}, step = {};
    for (size_t n = 0; n < N && !shape.empty(); ++n)
      step[n] = strides[n].back();
    std::vector<int64_t> indices(outer, 0);
    for (int64_t base = 0; base < elements; base += row) {
      std::array<int64_t, N> at = first;
      for (int64_t k = base; k < base + row; ++k) {
        use(k, at);
        for (size_t n = 0; n < N; ++n)
          at[n] += step[n];
      }
      for (size_t d = outer; d-- > 0;) {
        bool again = ++indices[d] == shape[d];
        for (size_t n = 0; n < N; ++n)
          first[n] += strides[n][d] * (again ? 1 - shape[d] : 1);
        if (!again)
          break;
        indices[d] = 0;
      }
    }
  }

private:
  std::vector<int64_t> shape;
  std::vector<std::vector<int64_t>> strides; // of each operand
  int64_t elements = 0;
};

} // namespace rowlock

#endif // ROWLOCK_LIB_RUNTIME_BROADCAST_H
