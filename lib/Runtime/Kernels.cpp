//===- Kernels.cpp - The closed set of host kernels -----------------------===//
#include "Kernels.h"
#include "NarrowScalars.h"

#include <algorithm>

using namespace rowlock;

/// Kernels that move elements take those of 8-bit floats and 4 bits as well.
static bool takesNarrow(fb::Kernel kernel) {
  switch (kernel) {
  case fb::Kernel::Cast:
  case fb::Kernel::Copy:
  case fb::Kernel::Concat:
  case fb::Kernel::Transpose:
  case fb::Kernel::Select:
  case fb::Kernel::Slice:
  case fb::Kernel::Pad:
  case fb::Kernel::Broadcast:
  case fb::Kernel::Gather:
  case fb::Kernel::GatherElements:
    return true;
  default:
    return false;
  }
}

Result<KernelRun> rowlock::prepareKernel(const LayerView &layer) {
  bool narrow = isNarrow(layer.result.type) ||
                std::any_of(layer.operands.begin(), layer.operands.end(),
                            [](const TensorView &operand) {
                              return isNarrow(operand.type);
                            });
  if (narrow && !takesNarrow(layer.kernel))
    return Status::error("elements of 8-bit floats and 4 bits can only be cast "
                         "and moved");
  switch (layer.kernel) {
  case fb::Kernel::Conv:
    return prepareConv(layer);
  case fb::Kernel::MatMul:
    return prepareMatMul(layer);
  case fb::Kernel::MaxPool:
    return prepareMaxPool(layer);
  case fb::Kernel::AveragePool:
    return prepareAveragePool(layer);
  case fb::Kernel::Add:
    return prepareAdd(layer);
  case fb::Kernel::Clip:
    return prepareClip(layer);
  case fb::Kernel::Copy:
    return prepareCopy(layer);
  case fb::Kernel::Rescale:
    return prepareRescale(layer);
  case fb::Kernel::Quantize:
    return prepareQuantize(layer);
  case fb::Kernel::Dequantize:
    return prepareDequantize(layer);
  case fb::Kernel::AddRaw:
    return prepareAddRaw(layer);
  case fb::Kernel::Softmax:
    return prepareSoftmax(layer);
  case fb::Kernel::Concat:
    return prepareConcat(layer);
  case fb::Kernel::Transpose:
    return prepareTranspose(layer);
  case fb::Kernel::Mul:
    return prepareMul(layer);
  case fb::Kernel::LRN:
    return prepareLRN(layer);
  case fb::Kernel::Cast:
    return prepareCast(layer);
  case fb::Kernel::Unary:
    return prepareUnary(layer);
  case fb::Kernel::Binary:
    return prepareBinary(layer);
  case fb::Kernel::Select:
    return prepareSelect(layer);
  case fb::Kernel::Reduce:
    return prepareReduce(layer);
  case fb::Kernel::CumSum:
    return prepareCumSum(layer);
  case fb::Kernel::Table:
    return prepareTable(layer);
  case fb::Kernel::MaxPoolIndices:
    return prepareMaxPoolIndices(layer);
  case fb::Kernel::Slice:
    return prepareSlice(layer);
  case fb::Kernel::Pad:
    return preparePad(layer);
  case fb::Kernel::Broadcast:
    return prepareBroadcast(layer);
  case fb::Kernel::Gather:
    return prepareGather(layer);
  case fb::Kernel::GatherElements:
    return prepareGatherElements(layer);
  case fb::Kernel::ScatterND:
    return prepareScatterND(layer);
  case fb::Kernel::Resample:
    return prepareResample(layer);
  case fb::Kernel::TopK:
    return prepareTopK(layer);
  case fb::Kernel::NonMaxSuppression:
    return prepareNonMaxSuppression(layer);
  case fb::Kernel::ArrayConv:
  default:
    break;
  }
  return Status::error("kernel is not one of the host's");
}
