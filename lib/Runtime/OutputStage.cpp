//===- OutputStage.cpp - What happens to a kernel's sums ------------------===//
#include "OutputStage.h"

#include "Elements.h"

using namespace rowlock;

Result<OutputStage> OutputStage::of(const LayerView &layer, size_t entries) {
  OutputStage stage;
  int64_t low, high;
  if (!integerRange(layer.result.type, low, high))
    return Status::error("the result is neither float nor an integer of at "
                         "most 32 bits");
  auto zeroPoint = layer.ints("output_zero_point", 1, low, high, {0});
  auto clipLow = layer.ints("clip_low", 1, low, high, {low});
  auto clipHigh = layer.ints("clip_high", 1, low, high, {high});
  for (const auto *values : {&zeroPoint, &clipLow, &clipHigh})
    if (!*values)
      return values->takeStatus();
  stage.zeroPoint = zeroPoint->front();
  stage.low = clipLow->front();
  stage.high = clipHigh->front();
  if (stage.low > stage.high)
    return Status::error("clip_low is above clip_high");
  if (!entries)
    return stage;
  stage.multipliers = layer.ints("rescale_multipliers");
  size_t count = stage.multipliers.size();
  if (count != 1 && count != entries)
    return Status::error("rescale_multipliers has " + std::to_string(count) +
                         " values, expected 1 or " + std::to_string(entries));
  auto multipliers =
      layer.ints("rescale_multipliers", count, 0, (int64_t(1) << 26) - 1, {});
  auto shifts = layer.ints("rescale_shifts", count, 2, 62, {});
  if (!multipliers)
    return multipliers.takeStatus();
  if (!shifts)
    return shifts.takeStatus();
  stage.shifts = *shifts;
  return stage;
}

Result<FloatClip> FloatClip::of(const LayerView &layer) {
  FloatClip clip;
  std::vector<float> values = layer.reals("clip");
  if (values.empty())
    return clip;
  if (values.size() != 2 || !(values[0] <= values[1]))
    return Status::error("attribute 'clip' is not [low, high]");
  clip.clips = true;
  clip.low = values[0];
  clip.high = values[1];
  return clip;
}

Result<std::vector<int64_t>> rowlock::inputZeroPoints(const LayerView &layer,
                                                      size_t count) {
  std::vector<int64_t> values = layer.ints("input_zero_points");
  if (values.size() < count)
    return Status::error("input_zero_points has " +
                         std::to_string(values.size()) + " values, expected " +
                         std::to_string(count));
  return layer.ints("input_zero_points", values.size(), -32768, 65535, {});
}

Status rowlock::checkSumTypes(const LayerView &layer) {
  for (size_t k = 0; k < 2; ++k)
    if (layer.operands[k].type > fb::ElementType::U16)
      return Status::error(std::string(k ? "filter" : "input") +
                           " is not of 8 or 16 bits");
  if (layer.operands.size() == 3 &&
      layer.operands[2].type != fb::ElementType::I32)
    return Status::error("bias is not I32");
  return Status::ok();
}

Status rowlock::checkFixed16(const LayerView &layer, const OutputStage &stage) {
  for (const TensorView &operand : layer.operands)
    if (operand.type != fb::ElementType::I16)
      return Status::error("product_shift needs I16 operands");
  if (layer.result.type != fb::ElementType::I16)
    return Status::error("product_shift needs an I16 result");
  bool zero = stage.zeroPoint == 0;
  for (int64_t zeroPoint : layer.ints("input_zero_points"))
    zero &= zeroPoint == 0;
  if (!zero)
    return Status::error("product_shift needs zero points of 0");
  return Status::ok();
}
