//===- Cast.cpp - Elements of another type --------------------------------===//
#include "Kernels.h"
#include "Scalars.h"

#include <cmath>
#include <limits>
#include <type_traits>

using namespace rowlock;

/// docs/spec/kernels.md, "Cast".
template <typename To, typename From> static To castTo(From value) {
  if constexpr (std::is_same_v<To, bool>) {
    return value != From(0);
  } else if constexpr (std::is_floating_point_v<From> &&
                       std::is_integral_v<To>) {
    if (std::isnan(value))
      return 0;
    // Powers of two: exact in every float type.
    const From above = std::ldexp(From(1), std::numeric_limits<To>::digits);
    if (value >= above)
      return std::numeric_limits<To>::max();
    if (value < From(std::numeric_limits<To>::min()))
      return std::numeric_limits<To>::min();
    return To(value);
  } else {
    return To(value);
  }
}

Result<KernelRun> rowlock::prepareCast(const LayerView &layer) {
  if (layer.operands.size() != 1 ||
      layer.operands[0].shape != layer.result.shape)
    return Status::error("expected one operand of the result's shape");
  int64_t count = layer.result.elements();
  return withScalar(layer.operands[0].type, [&](auto from) {
    return withScalar(layer.result.type, [&](auto to) {
      return Result<KernelRun>(KernelRun(
          [=](const std::vector<const uint8_t *> &data, uint8_t *out) {
            for (int64_t k = 0; k < count; ++k)
              to.store(
                  out, k,
                  castTo<typename decltype(to)::Value>(from.load(data[0], k)));
          }));
    });
  });
}
