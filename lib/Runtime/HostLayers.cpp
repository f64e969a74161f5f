//===- HostLayers.cpp - Host kernels of a program -------------------------===//
#include "rowlock/Runtime/HostLayers.h"

#include "Kernels.h"

#include "rowlock/Program/Values.h"

using namespace rowlock;

static TensorView view(const fb::Tensor &tensor) {
  TensorView view;
  view.type = tensor.type();
  for (int64_t size : items(tensor.shape()))
    view.shape.push_back(size);
  view.scale = tensor.scale();
  view.zeroPoint = tensor.zero_point();
  return view;
}

Result<HostLayers> HostLayers::prepare(const Program &program) {
  HostLayers host;
  auto tensors = items(program.table().tensors());
  auto table = items(program.table().layers());
  host.layers.resize(table.size());
  for (size_t i = 0; i < table.size(); ++i) {
    if (table[i]->kernel() == fb::Kernel::ArrayConv)
      continue;
    auto error = [&](const std::string &reason) {
      return Status::error(
          quoted(program.name()) + ": layer " + std::to_string(i) + " " +
          quoted(text(table[i]->name())) + " (" +
          fb::EnumNameKernel(table[i]->kernel()) + "): " + reason);
    };
    auto results = items(table[i]->results());
    if (results.size() != 1)
      return error(std::to_string(results.size()) + " results, expected 1");
    if (tensors[results[0]]->kind() == fb::TensorKind::Constant)
      return error("the result is a constant");
    Prepared &prepared = host.layers[i];
    LayerView layer;
    layer.layer = table[i];
    layer.kernel = table[i]->kernel();
    for (uint32_t operand : items(table[i]->operands())) {
      layer.operands.push_back(view(*tensors[operand]));
      prepared.operands.push_back(operand);
    }
    prepared.result = results[0];
    layer.result = view(*tensors[prepared.result]);
    Result<KernelRun> kernel = prepareKernel(layer);
    if (!kernel)
      return error(kernel.message());
    prepared.kernel = std::move(*kernel);
  }
  return host;
}

/// Bytes of a tensor in logical order.
static size_t denseBytes(const TensorLayout &layout) {
  return size_t(layout.elements()) * layout.bytesPerElement();
}

Status HostLayers::run(uint32_t layer, Memory &memory) const {
  assert(layer < layers.size() && layers[layer].kernel && "no host layer");
  const Prepared &prepared = layers[layer];
  // Kernels see dense tensors; others are copied in and out.
  std::vector<std::vector<uint8_t>> copies(prepared.operands.size());
  Operands operands;
  for (size_t k = 0; k < copies.size(); ++k) {
    uint32_t tensor = prepared.operands[k];
    operands.push_back(memory.data(tensor));
    if (memory.layout(tensor).dense())
      continue;
    copies[k].resize(denseBytes(memory.layout(tensor)));
    if (Status read = memory.read(tensor, copies[k].data(), copies[k].size());
        !read)
      return read;
    operands[k] = copies[k].data();
  }
  const TensorLayout &layout = memory.layout(prepared.result);
  if (layout.dense()) {
    prepared.kernel(operands, memory.mutableData(prepared.result));
    return Status::ok();
  }
  std::vector<uint8_t> result(denseBytes(layout));
  prepared.kernel(operands, result.data());
  return memory.write(prepared.result, result.data(), result.size());
}
