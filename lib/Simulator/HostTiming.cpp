//===- HostTiming.cpp - How long the host takes ---------------------------===//
#include "HostTiming.h"

#include "rowlock/Program/TensorLayout.h"
#include "rowlock/Program/Values.h"

#include <algorithm>

using namespace rowlock;

/// The product of an attribute's integers; 1 if it is absent.
static double productOf(const fb::Layer &layer, const char *name) {
  double product = 1;
  for (const fb::Attribute *attribute : items(layer.attributes()))
    if (text(attribute->name()) == name)
      for (int64_t value : items(attribute->ints()))
        product *= double(value);
  return product;
}

double rowlock::hostCycles(const Program &program, uint32_t index) {
  const fb::Layer &layer = *items(program.table().layers())[index];
  auto tensors = items(program.table().tensors());
  auto operands = items(layer.operands());
  double bytes = 0;
  auto elements = [&](uint32_t tensor) {
    TensorLayout layout(*tensors[tensor]);
    bytes += double(layout.elements() * layout.bytesPerElement());
    return double(layout.elements());
  };
  for (uint32_t operand : operands)
    elements(operand);
  double perElement = double(operands.size());
  auto size = [&](uint32_t tensor, size_t dimension) {
    return double(items(tensors[tensor]->shape())[dimension]);
  };
  switch (layer.kernel()) {
  case fb::Kernel::Conv:
    perElement =
        size(operands[1], 1) * size(operands[1], 2) * size(operands[1], 3);
    break;
  case fb::Kernel::MatMul:
    perElement =
        size(operands[0], items(tensors[operands[0]]->shape()).size() - 1);
    break;
  case fb::Kernel::MaxPool:
  case fb::Kernel::AveragePool:
    perElement = productOf(layer, "kernel");
    break;
  case fb::Kernel::LRN:
    perElement = productOf(layer, "size");
    break;
  default:
    break;
  }
  double operations = perElement * elements(items(layer.results())[0]);
  const TargetSpec &target = program.target();
  return std::max(operations / target.host_ops_per_cycle,
                  bytes / target.host_bytes_per_cycle);
}
