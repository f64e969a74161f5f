//===- Cast.cpp - Elements of another type --------------------------------===//
#include "Kernels.h"
#include "NarrowScalars.h"

#include <cmath>
#include <limits>
#include <type_traits>

using namespace rowlock;

/// What integers lie between; those of 4 bits are computed in 8.
template <typename Scalar> struct Range {
  using Limits = std::numeric_limits<typename Scalar::Value>;
  static constexpr auto low = Limits::min(), high = Limits::max();
  static constexpr int digits = Limits::digits;
};

template <typename T> struct Range<FourBitScalar<T>> {
  static constexpr T low = std::is_signed_v<T> ? -8 : 0;
  static constexpr T high = std::is_signed_v<T> ? 7 : 15;
  static constexpr int digits = std::is_signed_v<T> ? 3 : 4;
};

/// docs/spec/kernels.md, "Cast".
template <typename Scalar, typename From>
static typename Scalar::Value castTo(From value) {
  using To = typename Scalar::Value;
  if constexpr (std::is_same_v<To, bool>) {
    return value != From(0);
  } else if constexpr (std::is_floating_point_v<From> &&
                       std::is_integral_v<To>) {
    if (std::isnan(value))
      return 0;
    // Powers of two: exact in every float type.
    const From above = std::ldexp(From(1), Range<Scalar>::digits);
    if (value >= above)
      return Range<Scalar>::high;
    if (value < From(Range<Scalar>::low))
      return Range<Scalar>::low;
    return To(value);
  } else {
    return To(value);
  }
}

Result<KernelRun> rowlock::prepareCast(const LayerView &layer) {
  if (layer.operands.size() != 1 ||
      layer.operands[0].shape != layer.result.shape)
    return Status::error("expected one operand of the result's shape");
  auto saturate = layer.ints("saturate", 1, 0, 1, {0});
  if (!saturate)
    return saturate.takeStatus();
  int64_t count = layer.result.elements();
  return withAnyScalar(layer.operands[0].type, [&](auto from) {
    return withAnyScalar(layer.result.type, [&](auto to) {
      if constexpr (std::is_same_v<decltype(to), Float8Scalar>)
        to.saturate = saturate->front();
      return Result<KernelRun>(KernelRun(
          [=](const std::vector<const uint8_t *> &data, uint8_t *out) {
            for (int64_t k = 0; k < count; ++k)
              to.store(out, k, castTo<decltype(to)>(from.load(data[0], k)));
          }));
    });
  });
}
