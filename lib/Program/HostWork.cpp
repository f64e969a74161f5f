//===- HostWork.cpp - How much the host computes --------------------------===//
#include "rowlock/Program/HostWork.h"

#include "rowlock/Program/Values.h"

#include <algorithm>

using namespace rowlock;

/// The product of an attribute's integers, each at least 1; 1 if it is absent.
static double productOf(const fb::Layer &layer, const char *name) {
  double product = 1;
  for (const fb::Attribute *attribute : items(layer.attributes()))
    if (text(attribute->name()) == name)
      for (int64_t value : items(attribute->ints()))
        product *= double(std::max<int64_t>(1, value));
  return product;
}

/// The product of a tensor's sizes from dimension `first` on.
static double sizesFrom(const fb::Tensor &tensor, size_t first) {
  double product = 1;
  auto shape = items(tensor.shape());
  for (size_t d = first; d < shape.size(); ++d)
    product *= double(shape[d]);
  return product;
}

double rowlock::hostOperations(const fb::Program &program, uint32_t index) {
  const fb::Layer &layer = *items(program.layers())[index];
  auto tensors = items(program.tensors());
  auto operands = items(layer.operands());
  double perElement = double(operands.size()), choices = 0;
  switch (layer.kernel()) {
  case fb::Kernel::Conv:
    if (operands.size() > 1)
      perElement = sizesFrom(*tensors[operands[1]], 1);
    break;
  case fb::Kernel::MatMul:
    if (operands.size() > 0) {
      const fb::Tensor &lhs = *tensors[operands[0]];
      perElement =
          sizesFrom(lhs, std::max<size_t>(1, items(lhs.shape()).size()) - 1);
    }
    break;
  case fb::Kernel::MaxPool:
  case fb::Kernel::MaxPoolIndices:
  case fb::Kernel::AveragePool:
    perElement = productOf(layer, "kernel");
    break;
  case fb::Kernel::Resample:
    if (operands.size() > 1)
      perElement = sizesFrom(*tensors[operands[1]], 1);
    break;
  case fb::Kernel::TopK:
  case fb::Kernel::NonMaxSuppression:
    // Each reads all its operands, however few elements it chooses.
    perElement = 0;
    for (uint32_t operand : operands)
      choices += sizesFrom(*tensors[operand], 0);
    break;
  case fb::Kernel::LRN:
    perElement = productOf(layer, "size");
    break;
  default:
    break;
  }
  double elements = 0;
  if (layer.kernel() == fb::Kernel::Reduce && operands.size() == 1)
    return sizesFrom(*tensors[operands[0]], 0);
  for (uint32_t result : items(layer.results()))
    elements += sizesFrom(*tensors[result], 0);
  return perElement * elements + choices;
}
