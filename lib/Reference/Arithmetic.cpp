//===- Arithmetic.cpp - What operations share -----------------------------===//
#include "Operations.h"

using namespace mlir;
using namespace rowlock;
using namespace rowlock::reference;

int64_t reference::zeroPoint(const RefTensor &tensor, int64_t channel) {
  Type type = tensor.type.getElementType();
  if (auto uniform = dyn_cast<quant::UniformQuantizedType>(type))
    return uniform.getZeroPoint();
  if (auto perAxis = dyn_cast<quant::UniformQuantizedPerAxisType>(type))
    return perAxis.getZeroPoints()[channel];
  return 0;
}

int64_t reference::rescaled(nn::RescaleAttr rescale, size_t entry,
                            int64_t value) {
  if (rescale.getMultipliers().size() == 1)
    entry = 0;
  __int128 product = __int128(value) * rescale.getMultipliers()[entry];
  __int128 unit = __int128(1) << rescale.getShifts()[entry];
  product += unit / 2;
  // Division rounds towards zero; the definition rounds down.
  __int128 quotient = product / unit;
  if (product % unit != 0 && product < 0)
    --quotient;
  return int64_t(quotient);
}

int64_t reference::stored(quant::QuantizedType type, int64_t value) {
  if (value < type.getStorageTypeMin())
    return type.getStorageTypeMin();
  if (value > type.getStorageTypeMax())
    return type.getStorageTypeMax();
  return value;
}

float reference::activated(nn::ClipAttr clip, float x) {
  if (!clip)
    return x;
  float low = clip.getLow().convertToFloat();
  float high = clip.getHigh().convertToFloat();
  if (x < low)
    return low;
  return x > high ? high : x;
}
