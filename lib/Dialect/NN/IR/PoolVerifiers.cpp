//===- PoolVerifiers.cpp - Pools ------------------------------------------===//
#include "VerifierUtils.h"

#include "rowlock/Dialect/NN/IR/Shapes.h"

using namespace mlir;
using namespace rowlock;
using namespace rowlock::nn;

static LogicalResult checkPool(Operation *op, Value input, Value result,
                               ArrayRef<int64_t> kernel,
                               ArrayRef<int64_t> strides,
                               ArrayRef<int64_t> pads,
                               ArrayRef<int64_t> dilations, bool ceil) {
  auto type = cast<RankedTensorType>(input.getType());
  if (type.getRank() != 4)
    return op->emitOpError()
           << "C1: input has rank " << type.getRank() << ", expected 4";
  if (failed(checkList(op, "C1", "kernel", kernel, 2, 1)) ||
      failed(checkList(op, "C1", "strides", strides, 2, 1)) ||
      failed(checkList(op, "C1", "dilations", dilations, 2, 1)) ||
      failed(checkList(op, "C1", "pads", pads, 4, 0)))
    return failure();
  SmallVector<int64_t> expected = {type.getDimSize(0), type.getDimSize(1)};
  for (int d = 0; d < 2; ++d) {
    int64_t span = (kernel[d] - 1) * dilations[d] + 1;
    if (pads[d] >= span || pads[2 + d] >= span)
      return op->emitOpError() << "C1: pad " << std::max(pads[d], pads[2 + d])
                               << " is not below the kernel's span of " << span;
    expected.push_back(windowedSize(type.getDimSize(2 + d), kernel[d],
                                    strides[d], dilations[d], pads[d],
                                    pads[2 + d], ceil));
  }
  return checkShape(op, "C2", "result", result, expected);
}

LogicalResult MaxPool2DOp::verify() {
  if (failed(checkPool(*this, getInput(), getResult(), getKernel(),
                       getStrides(), getPads(), getDilations(), getCeilMode())))
    return failure();
  auto input = dyn_cast<quant::UniformQuantizedType>(
      getInput().getType().getElementType());
  auto result = dyn_cast<quant::UniformQuantizedType>(
      getResult().getType().getElementType());
  if (input && result ? input.getScale() != result.getScale() ||
                            input.getZeroPoint() != result.getZeroPoint()
                      : getInput().getType().getElementType() !=
                            getResult().getType().getElementType())
    return emitOpError("C3: input and result differ in scale, zero point or "
                       "element type");
  return checkElements(*this, "C3");
}

LogicalResult AveragePool2DOp::verify() {
  if (failed(checkPool(*this, getInput(), getResult(), getKernel(),
                       getStrides(), getPads(), {1, 1}, getCeilMode())))
    return failure();
  bool quantized = isQuantized(getInput());
  size_t window = getKernel()[0] * getKernel()[1];
  if (quantized != isQuantized(getResult()) ||
      quantized != bool(getRescaleAttr()) ||
      (quantized && getRescaleAttr().getMultipliers().size() != window))
    return emitOpError() << "C3: a quantised pool has a rescale of " << window
                         << " entries, a float one none";
  return checkElements(*this, "C3");
}

LogicalResult MaxPoolIndices2DOp::verify() {
  if (!isFloat(getInput()) ||
      !getResult().getType().getElementType().isSignlessInteger(64))
    return emitOpError("C3: input must be f32 and result i64");
  return checkPool(*this, getInput(), getResult(), getKernel(), getStrides(),
                   getPads(), getDilations(), getCeilMode());
}
