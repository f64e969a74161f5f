//===- RunKernel.cpp - One host kernel on tensors in memory ---------------===//
#include "rowlock/Runtime/RunKernel.h"

#include "Kernels.h"

#include "rowlock/Program/TensorLayout.h"

using namespace rowlock;

static TensorView view(const KernelTensor &tensor) {
  return {tensor.type, tensor.shape, tensor.scale, tensor.zeroPoint};
}

Status rowlock::runKernel(const fb::LayerT &layer,
                          const std::vector<KernelTensor> &operands,
                          KernelTensor &result) {
  flatbuffers::FlatBufferBuilder builder;
  builder.Finish(fb::Layer::Pack(builder, &layer));
  LayerView bound;
  bound.layer = flatbuffers::GetRoot<fb::Layer>(builder.GetBufferPointer());
  bound.kernel = layer.kernel;
  // Kernels take no null, also where there are no elements.
  uint8_t none = 0;
  std::vector<const uint8_t *> data;
  for (const KernelTensor &operand : operands) {
    bound.operands.push_back(view(operand));
    data.push_back(operand.bytes.empty() ? &none : operand.bytes.data());
  }
  bound.result = view(result);
  Result<KernelRun> kernel = prepareKernel(bound);
  if (!kernel)
    return kernel.takeStatus();
  result.bytes.assign(
      size_t(bound.result.elements()) * elementBytes(result.type), 0);
  (*kernel)(data, result.bytes.empty() ? &none : result.bytes.data());
  return Status::ok();
}
