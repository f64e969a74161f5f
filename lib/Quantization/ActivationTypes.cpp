//===- ActivationTypes.cpp - Integer types of activations -----------------===//
#include "ActivationTypes.h"

#include <algorithm>
#include <cmath>

using namespace mlir;
using namespace rowlock;

static quant::UniformQuantizedType makeType(MLIRContext *context, bool isSigned,
                                            unsigned bits, double scale,
                                            int64_t low, int64_t high) {
  return quant::UniformQuantizedType::get(
      isSigned ? quant::QuantizationFlags::Signed : 0,
      IntegerType::get(context, bits), Float32Type::get(context), scale,
      /*zeroPoint=*/0, low, high);
}

bool rowlock::leavesNoStep(ArrayRef<float> constant,
                           std::optional<CalibrationTable::Range> other) {
  float greatest = 0;
  for (float value : constant)
    greatest = std::max(greatest, std::fabs(value));
  if (!std::isfinite(greatest))
    return true;
  float most = other ? std::max(-other->low, other->high) : 0;
  return most > 0 && greatest > 255 * most;
}

quant::UniformQuantizedType rowlock::fixed16Type(MLIRContext *context,
                                                 double scale, int64_t low,
                                                 int64_t high) {
  return makeType(context, true, 16, scale, low, high);
}

int64_t rowlock::greatestMagnitude(quant::UniformQuantizedType type) {
  return std::max(std::abs(type.getStorageTypeMin()),
                  std::abs(type.getStorageTypeMax()));
}

double rowlock::powerOfTwoWithin(double magnitude, double most) {
  if (magnitude <= 0)
    return 1;
  int exponent = int(std::floor(std::log2(most / magnitude)));
  exponent = std::min(126, std::max(-126, exponent));
  while (exponent > -126 && std::ldexp(magnitude, exponent) > most)
    --exponent;
  return std::ldexp(1.0, exponent);
}

quant::UniformQuantizedType
rowlock::clippedType(quant::UniformQuantizedType type, nn::ClipAttr clip) {
  if (!clip)
    return type;
  double least = type.getStorageTypeMin(), most = type.getStorageTypeMax();
  auto bound = [&](const llvm::APFloat &real) {
    double value = std::nearbyint(real.convertToFloat() / type.getScale());
    return int64_t(std::min(std::max(value, least), most));
  };
  return makeType(type.getContext(), type.isSigned(),
                  type.getStorageTypeIntegralWidth(), type.getScale(),
                  bound(clip.getLow()), bound(clip.getHigh()));
}

/// Of tensors that are always 0: no coarser than that of what they are added
/// to, which would lose its bits.
constexpr double kScaleOfZero = 0x1p-40;

/// A binary32 scale at which `magnitude` is about `steps` steps.
static double scaleFor(double magnitude, double steps) {
  double scale = double(float(magnitude / steps));
  // Below this, quotients of the smallest normal numbers lose precision.
  return scale < 1e-30 ? kScaleOfZero : scale;
}

quant::UniformQuantizedType
rowlock::activationType(MLIRContext *context, CalibrationTable::Range range,
                        nn::ClipAttr clip, QuantizedArithmetic arithmetic) {
  double magnitude =
      std::max(std::fabs(double(range.low)), std::fabs(double(range.high)));
  bool negative = range.low < 0;
  quant::UniformQuantizedType type;
  switch (arithmetic) {
  case QuantizedArithmetic::Int8:
    type = negative
               ? makeType(context, true, 8, scaleFor(magnitude, 127), -128, 127)
               : makeType(context, false, 8, scaleFor(magnitude, 255), 0, 255);
    break;
  case QuantizedArithmetic::Int16:
    type =
        makeType(context, true, 16, scaleFor(magnitude, 32767), -32767, 32767);
    break;
  case QuantizedArithmetic::Fixed16: {
    double steps =
        magnitude > 0 ? powerOfTwoWithin(magnitude, 32767) : 1 / kScaleOfZero;
    int64_t most =
        std::max<int64_t>(1, std::min(32767.0, std::ceil(magnitude * steps)));
    type = fixed16Type(context, 1 / steps, negative ? -most : 0, most);
    break;
  }
  }
  return clippedType(type, clip);
}
