//===- FrameDictionary.cpp - Fields of a layer's frame --------------------===//
#include "FrameDictionary.h"

using namespace mlir;
using namespace rowlock;
using namespace rowlock::rs;

IfmapStrides rs::ifmapStridesOf(const Schedule &schedule) {
  if (schedule.ringRows) {
    int64_t group = schedule.tileChannels * schedule.ifmapColumns;
    return {schedule.ringPitch, schedule.ifmapColumns, group,
            schedule.groups * group};
  }
  int64_t channel = schedule.ifmapRows * schedule.ifmapColumns;
  int64_t group = schedule.tileChannels * channel;
  return {schedule.ifmapColumns, channel, group, schedule.groups * group};
}

static quant::UniformQuantizedType quantized(Value value) {
  return cast<quant::UniformQuantizedType>(
      cast<ShapedType>(value.getType()).getElementType());
}

namespace {

class FrameBuilder {
public:
  explicit FrameBuilder(MLIRContext *context) : builder(context) {}
  void scalar(StringRef name, int64_t value) {
    list.set(name, builder.getI64IntegerAttr(value));
  }
  template <typename Elements, typename Get>
  void vector(StringRef name, const Elements &elements, Get get) {
    SmallVector<int64_t> values;
    for (const auto &element : elements)
      values.push_back(get(element));
    list.set(name, builder.getDenseI64ArrayAttr(values));
  }
  DictionaryAttr get() { return list.getDictionary(builder.getContext()); }

private:
  Builder builder;
  NamedAttrList list;
};

} // namespace

static void setShape(FrameBuilder &frame, const MappingProblem &problem,
                     const Schedule &schedule) {
  const LayerShape &layer = problem.layer;
  frame.scalar("filter_height", layer.filterHeight);
  frame.scalar("filter_width", layer.filterWidth);
  frame.scalar("stride_y", layer.strideY);
  frame.scalar("stride_x", layer.strideX);
  frame.scalar("p", schedule.filtersPerPE);
  frame.scalar("q", schedule.channelsPerPE);
  frame.scalar("r", schedule.channelSets);
  frame.scalar("t", schedule.filterSets);
  frame.scalar("segment_width", schedule.segmentWidth);
  frame.scalar("segments", schedule.segments);
  frame.scalar("slots_across", schedule.slotsAcross);
  IfmapStrides strides = ifmapStridesOf(schedule);
  frame.scalar("ifmap_row_pitch", strides.row);
  frame.scalar("ifmap_channel_stride", strides.channel);
  frame.scalar("ifmap_group_stride", strides.group);
  frame.scalar("ifmap_image_stride", strides.image);
  frame.scalar("ifmap_ring", schedule.ringRows * schedule.ringPitch);
}

static LogicalResult setFixed16(FrameBuilder &frame, Conv2DOp op) {
  quant::UniformQuantizedType type = quantized(op.getResult());
  int64_t low = type.getStorageTypeMin(), high = type.getStorageTypeMax();
  if (high != 32767 || (low != 0 && low != -32768))
    return op.emitError() << "the result's storage range is " << low << ":"
                          << high
                          << ", but post-processing in 16-bit fixed point only "
                             "knows ReLU (0:32767 or -32768:32767)";
  frame.scalar("product_shift", *op.getProductShift());
  frame.scalar("relu", low == 0);
  return success();
}

static void setInteger(FrameBuilder &frame, Conv2DOp op, bool mode16) {
  quant::UniformQuantizedType input = quantized(op.getInput());
  quant::UniformQuantizedType result = quantized(op.getResult());
  frame.scalar("mode16", mode16);
  frame.scalar("ifmap_unsigned", !input.isSigned());
  frame.scalar("output_zero_point", result.getZeroPoint());
  frame.scalar("clip_low", result.getStorageTypeMin());
  frame.scalar("clip_high", result.getStorageTypeMax());
  frame.scalar("output_type", (result.getStorageTypeIntegralWidth() > 8) * 2 +
                                  !result.isSigned());
}

DictionaryAttr rs::makeFrame(Conv2DOp op, const MappingProblem &problem,
                             const Schedule &schedule) {
  FrameBuilder frame(op.getContext());
  setShape(frame, problem, schedule);
  if (!op.getProductShift())
    setInteger(frame, op, problem.layer.mode16);
  else if (failed(setFixed16(frame, op)))
    return {};
  frame.vector("filter_row_id", schedule.buses,
               [](const BusPlacement &bus) { return bus.filterRow; });
  frame.vector("ifmap_row_id", schedule.buses,
               [](const BusPlacement &bus) { return bus.ifmapRow; });
  frame.vector("psum_row_id", schedule.buses,
               [](const BusPlacement &bus) { return bus.psumRow; });
  frame.vector("enable", schedule.pes,
               [](const PEPlacement &pe) { return pe.enable; });
  frame.vector("psum_from_below", schedule.pes,
               [](const PEPlacement &pe) { return pe.psumFromBelow; });
  frame.vector("filter_column_id", schedule.pes,
               [](const PEPlacement &pe) { return pe.filterColumn; });
  frame.vector("ifmap_column_id", schedule.pes,
               [](const PEPlacement &pe) { return pe.ifmapColumn; });
  frame.vector("psum_column_id", schedule.psumColumns,
               [](int64_t column) { return column; });
  return frame.get();
}
