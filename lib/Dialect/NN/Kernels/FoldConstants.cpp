//===- FoldConstants.cpp - Operations on constants ------------------------===//
#include "rowlock/Dialect/NN/Kernels/FoldConstants.h"

#include "rowlock/Dialect/NN/IR/ConstantData.h"
#include "rowlock/Dialect/NN/Kernels/HostKernel.h"
#include "rowlock/Dialect/NN/Kernels/ProgramTypes.h"
#include "rowlock/Runtime/RunKernel.h"

using namespace mlir;
using namespace rowlock;

/// Without elements; nothing for quantised types and those no program has.
static std::optional<KernelTensor> describe(Value value) {
  auto type = cast<RankedTensorType>(value.getType());
  auto element = nn::programType(type.getElementType());
  if (!element || isa<quant::QuantizedType>(type.getElementType()))
    return std::nullopt;
  KernelTensor tensor;
  tensor.type = *element;
  tensor.shape.assign(type.getShape().begin(), type.getShape().end());
  return tensor;
}

static std::optional<fb::LayerT> layerOf(Operation *op) {
  nn::KernelCall call = nn::hostKernel(op);
  std::optional<fb::Kernel> kernel = nn::kernelNamed(call.kernel);
  if (!kernel)
    return std::nullopt;
  fb::LayerT layer;
  layer.kernel = *kernel;
  for (NamedAttribute named : call.attributes)
    layer.attributes.push_back(nn::programAttribute(named));
  return layer;
}

/// A tensor of one element that stands for all keeps it, wherever it moves.
static ElementsAttr foldSplat(Operation *op) {
  if (!isa<nn::ReshapeOp, nn::TransposeOp, nn::SliceOp, nn::BroadcastOp>(op))
    return {};
  auto splat =
      dyn_cast_or_null<SplatElementsAttr>(nn::getConstant(op->getOperand(0)));
  auto type = cast<RankedTensorType>(op->getResult(0).getType());
  if (!splat || splat.getElementType() != type.getElementType())
    return {};
  return DenseElementsAttr::get(type, splat.getSplatValue<Attribute>());
}

/// Is the result worth its memory and time: no larger than what it is made of,
/// or small, and sums of products of weights but smaller still? What is not is
/// computed when the program runs.
static bool isWorthFolding(Operation *op) {
  auto count = [](Value value) {
    return cast<RankedTensorType>(value.getType()).getNumElements();
  };
  int64_t made = count(op->getResult(0)), given = 0;
  for (Value operand : op->getOperands())
    given += isa<SplatElementsAttr>(nn::getConstant(operand)) ? 1
                                                              : count(operand);
  if (isa<nn::Conv2DOp, nn::FullyConnectedOp, nn::MatMulOp>(op))
    return made <= 1 << 16;
  return made <= std::max<int64_t>(given, 1 << 24);
}

ElementsAttr nn::foldOperation(Operation *op) {
  if (op->getNumResults() != 1 || op->getNumOperands() == 0)
    return {};
  auto type = dyn_cast<RankedTensorType>(op->getResult(0).getType());
  if (type && type.getNumElements() == 0 && describe(op->getResult(0)))
    return nn::makeElements(type, {});
  for (Value operand : op->getOperands())
    if (!nn::getConstant(operand))
      return {};
  if (ElementsAttr splat = foldSplat(op))
    return splat;
  auto result = describe(op->getResult(0));
  auto layer = layerOf(op);
  if (!result || !layer || !isWorthFolding(op))
    return {};
  std::vector<KernelTensor> operands;
  for (Value operand : op->getOperands()) {
    auto tensor = describe(operand);
    auto bytes = nn::programBytes(nn::getConstant(operand));
    if (!tensor || !bytes)
      return {};
    tensor->bytes = std::move(*bytes);
    operands.push_back(std::move(*tensor));
  }
  if (!runKernel(*layer, operands, *result))
    return {};
  return nn::makeElements(cast<RankedTensorType>(op->getResult(0).getType()),
                          result->bytes);
}
