//===- LayerChecks.cpp - Layers, debug information, preprocessing ---------===//

#include "Checks.h"
#include "rowlock/Program/Values.h"

#include <cmath>

using namespace rowlock;

static constexpr int64_t maxPicture = 1 << 16;

static Status checkAttributes(
    const flatbuffers::Vector<flatbuffers::Offset<fb::Attribute>> *list,
    Budget &budget) {
  if (Status status = budget.take(items(list).size()); !status)
    return status;
  for (const fb::Attribute *attribute : items(list)) {
    if (Status status = budget.take({attribute->name()}); !status)
      return status;
    if (text(attribute->name()).empty())
      return Status::error("attribute without a name");
    if (!isAligned(attribute->ints()))
      return Status::error("attribute " + quoted(text(attribute->name())) +
                           " is misaligned");
    if (Status status = budget.take(items(attribute->ints()).size() +
                                    items(attribute->reals()).size());
        !status)
      return status;
  }
  return Status::ok();
}

static Status checkTensorIndices(const char *what, const fb::Program &program,
                                 const flatbuffers::Vector<uint32_t> *list,
                                 Budget &budget) {
  if (Status status = budget.take(items(list).size()); !status)
    return status;
  for (uint32_t index : items(list))
    if (index >= items(program.tensors()).size())
      return Status::error(std::string(what) + " " + std::to_string(index) +
                           " is not below the number of tensors, " +
                           std::to_string(items(program.tensors()).size()));
  return Status::ok();
}

/// An array layer has ifmap and filters, and a result.
static Status checkArrayLayer(const fb::Layer &layer) {
  size_t operands = items(layer.operands()).size();
  size_t results = items(layer.results()).size();
  if (layer.kernel() == fb::Kernel::ArrayConv && (operands < 2 || results < 1))
    return Status::error(
        "an array layer needs 2 operands and a result, it has " +
        std::to_string(operands) + " and " + std::to_string(results));
  return Status::ok();
}

/// A result is no constant and shares no byte of DRAM with an operand or with
/// another result.
static Status checkResults(const fb::Program &program, const fb::Layer &layer,
                           Budget &budget) {
  auto tensors = items(program.tensors());
  std::vector<uint32_t> others;
  for (uint32_t operand : items(layer.operands()))
    others.push_back(operand);
  for (uint32_t index : items(layer.results())) {
    const fb::Tensor &result = *tensors[index];
    if (result.kind() == fb::TensorKind::Constant)
      return Status::error("result " + quoted(text(result.name())) +
                           " is a constant");
    if (Status status = budget.take(others.size()); !status)
      return status;
    for (uint32_t other : others) {
      const fb::Tensor &tensor = *tensors[other];
      if (result.address() < tensor.address() + tensor.size() &&
          tensor.address() < result.address() + result.size())
        return Status::error(
            "result " + quoted(text(result.name())) + " overlaps " +
            quoted(text(tensor.name())) + " at address " +
            std::to_string(std::max(result.address(), tensor.address())));
    }
    others.push_back(index);
  }
  return Status::ok();
}

/// A layer's commands follow those of the layers before and hold whole loops.
static Status checkRange(const fb::Layer &layer, const std::vector<int> &depth,
                         uint32_t previous) {
  uint32_t first = layer.first_command(), last = layer.last_command();
  if (first > last || last >= depth.size())
    return Status::error("commands " + std::to_string(first) + " to " +
                         std::to_string(last) + " are no range of the " +
                         std::to_string(depth.size() - 1));
  if (first == last)
    return Status::ok();
  if (first < previous)
    return Status::error("first_command " + std::to_string(first) +
                         " is below the end of the layers before, " +
                         std::to_string(previous));
  bool whole = depth[first] == depth[last];
  for (uint32_t i = first; whole && i <= last; ++i)
    whole = depth[i] >= depth[first];
  if (!whole)
    return Status::error("commands " + std::to_string(first) + " to " +
                         std::to_string(last) + " cut a loop");
  return Status::ok();
}

static Status checkLayerTable(const fb::Program &program, Budget &budget) {
  // Loops open before each command.
  std::vector<int> depth = {0};
  for (const fb::Command *command : items(program.commands()))
    depth.push_back(depth.back() +
                    (command->operation_type() == fb::Operation::Loop) -
                    (command->operation_type() == fb::Operation::End));
  uint32_t previous = 0;
  auto layers = items(program.layers());
  for (size_t i = 0; i < layers.size(); ++i) {
    const fb::Layer &layer = *layers[i];
    Status status = budget.take({layer.name()});
    if (status && layer.kernel() > fb::Kernel::MAX)
      status = Status::error("kernel " + std::to_string(int(layer.kernel())) +
                             " is unknown");
    if (status)
      status = checkTensorIndices("operand", program, layer.operands(), budget);
    if (status)
      status = checkTensorIndices("result", program, layer.results(), budget);
    if (status)
      status = checkArrayLayer(layer);
    if (status)
      status = checkResults(program, layer, budget);
    if (status)
      status = checkAttributes(layer.attributes(), budget);
    if (status)
      status = checkRange(layer, depth, previous);
    if (!status)
      return Status::error("layer " + std::to_string(i) + " " +
                           quoted(text(layer.name())) + ": " +
                           status.message());
    if (layer.first_command() < layer.last_command())
      previous = layer.last_command();
  }
  return Status::ok();
}

static Status checkPreprocessing(const fb::Preprocessing &how, size_t inputs,
                                 Budget &budget) {
  if (how.input() >= inputs)
    return Status::error("input " + std::to_string(how.input()) +
                         " is not below the number of inputs, " +
                         std::to_string(inputs));
  for (int32_t size :
       {how.resize_short_side(), how.resize_width(), how.resize_height(),
        how.crop_width(), how.crop_height()})
    if (size < 0 || size > maxPicture)
      return Status::error("size " + std::to_string(size) +
                           " is not in 0 to 65536");
  if (Status status = budget.take({how.layout(), how.channel_order()}); !status)
    return status;
  for (const auto *list : {how.scale(), how.mean()}) {
    if (Status status = budget.take(items(list).size()); !status)
      return status;
    for (float value : items(list))
      if (!std::isfinite(value))
        return Status::error("scale or mean is not finite");
  }
  return Status::ok();
}

Status rowlock::checkLayers(const fb::Program &program, Budget &budget) {
  if (Status status = checkLayerTable(program, budget); !status)
    return status;
  for (const fb::LayerDebug *debug : items(program.debug())) {
    if (debug->layer() >= items(program.layers()).size())
      return Status::error("debug information of layer " +
                           std::to_string(debug->layer()) + ", which is not");
    Status status =
        budget.take({debug->location(), debug->mapping(), debug->split()});
    if (status)
      status = checkAttributes(debug->predicted(), budget);
    if (!status)
      return Status::error("debug information: " + status.message());
  }
  size_t inputs = 0;
  for (const fb::Tensor *tensor : items(program.tensors()))
    inputs += tensor->kind() == fb::TensorKind::Input;
  for (const fb::Preprocessing *how : items(program.preprocessing()))
    if (Status status = checkPreprocessing(*how, inputs, budget); !status)
      return Status::error("preprocessing: " + status.message());
  return Status::ok();
}
