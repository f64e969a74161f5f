//===- ConvVerifiers.cpp - Convolutions, fully connected, products --------===//
#include "VerifierUtils.h"

#include "rowlock/Dialect/NN/IR/Shapes.h"

using namespace mlir;
using namespace rowlock;
using namespace rowlock::nn;

LogicalResult nn::checkList(Operation *op, StringRef label, StringRef name,
                            ArrayRef<int64_t> values, size_t count,
                            int64_t least) {
  if (values.size() != count)
    return op->emitOpError() << label << ": " << name << " has "
                             << values.size() << " entries, expected " << count;
  for (int64_t value : values) {
    if (value < least)
      return op->emitOpError() << label << ": " << name << " has an entry "
                               << value << ", below " << least;
    if (value > kMostEntry)
      return op->emitOpError() << label << ": " << name << " has an entry "
                               << value << ", above " << kMostEntry;
  }
  return success();
}

LogicalResult nn::checkAxis(Operation *op, StringRef label, uint64_t axis,
                            int64_t rank) {
  if (int64_t(axis) < 0 || int64_t(axis) >= rank)
    return op->emitOpError() << label << ": axis " << int64_t(axis)
                             << " is not between 0 and " << rank - 1;
  return success();
}

LogicalResult nn::checkShape(Operation *op, StringRef label, StringRef name,
                             Value value, ArrayRef<int64_t> expected) {
  auto type = cast<RankedTensorType>(value.getType());
  // Sizes of windows that do not fit are below 1; nothing else makes them so,
  // but other results may have no elements.
  bool windowed =
      isa<Conv2DOp, MaxPool2DOp, AveragePool2DOp, MaxPoolIndices2DOp>(op);
  for (int64_t size : expected)
    if (size < (windowed ? 1 : 0))
      return op->emitOpError() << label << ": the window does not fit: " << name
                               << " would have shape [" << expected << "]";
  if (type.getShape() != expected)
    return op->emitOpError()
           << label << ": " << name << " has shape [" << type.getShape()
           << "], expected [" << expected << "]";
  return success();
}

LogicalResult nn::checkElements(Operation *op, StringRef label) {
  bool quantized = isQuantized(op->getOperand(0));
  auto wrong = [&](Value value) {
    return quantized ? !isQuantized(value) : !isFloat(value);
  };
  if (llvm::any_of(op->getOperands(), wrong) ||
      llvm::any_of(op->getResults(), wrong))
    return op->emitOpError()
           << label << ": operands and result are not all f32 or all quantised";
  return success();
}

LogicalResult nn::checkRequantisation(Operation *op, Value input, Value result,
                                      RescaleAttr rescale,
                                      std::optional<uint64_t> productShift,
                                      ClipAttr activation, int64_t filters) {
  bool quantized = isQuantized(input);
  if (quantized != isQuantized(result))
    return op->emitOpError("C6: input and result are not both quantised");
  if (quantized != (bool(rescale) || productShift.has_value()) ||
      (rescale && productShift))
    return op->emitOpError(
        "C6: a quantised layer has rescale or product_shift, a float one none");
  if (rescale && rescale.getMultipliers().size() != 1 &&
      int64_t(rescale.getMultipliers().size()) != filters)
    return op->emitOpError()
           << "C6: rescale has " << rescale.getMultipliers().size()
           << " entries, expected 1 or " << filters;
  if (productShift && *productShift > 16)
    return op->emitOpError()
           << "C6: product_shift " << *productShift << " exceeds 16";
  if (activation && quantized)
    return op->emitOpError("C7: activation on a quantised layer");
  Value filter = op->getOperand(1);
  if (quantized ? !isQuantized(filter) : !isFloat(input) || !isFloat(filter))
    return op->emitOpError(
        "C8: input, filter and result are not all f32 or all quantised");
  if (op->getNumOperands() < 3)
    return success();
  Value bias = op->getOperand(2);
  bool integer =
      isQuantized(bias) ||
      cast<RankedTensorType>(bias.getType()).getElementType().isInteger();
  if (quantized ? !integer : !isFloat(bias))
    return op->emitOpError() << "C8: bias of " << bias.getType() << " in a "
                             << (quantized ? "quantised" : "float") << " layer";
  return success();
}

LogicalResult Conv2DOp::verify() {
  RankedTensorType input = getInput().getType(), filter = getFilter().getType();
  if (input.getRank() != 4 || filter.getRank() != 4)
    return emitOpError() << "C1: input has rank " << input.getRank()
                         << " and filter rank " << filter.getRank()
                         << ", expected 4";
  Operation *op = *this;
  if (failed(checkList(op, "C2", "strides", getStrides(), 2, 1)) ||
      failed(checkList(op, "C2", "dilations", getDilations(), 2, 1)) ||
      failed(checkList(op, "C2", "pads", getPads(), 4, 0)))
    return failure();
  int64_t groups = getGroups(), channels = input.getDimSize(1);
  int64_t filters = filter.getDimSize(0);
  if (groups < 1 || channels % groups || filters % groups ||
      filter.getDimSize(1) != channels / groups)
    return emitOpError() << "C3: " << groups << " groups do not fit "
                         << channels << " channels and a filter of shape ["
                         << filter.getShape() << "]";
  if (getBias() && failed(checkShape(op, "C4", "bias", getBias(), {filters})))
    return failure();
  ArrayRef<int64_t> pads = getPads(), strides = getStrides(),
                    dilations = getDilations();
  SmallVector<int64_t> expected = {input.getDimSize(0), filters};
  for (int d = 0; d < 2; ++d)
    expected.push_back(windowedSize(input.getDimSize(2 + d),
                                    filter.getDimSize(2 + d), strides[d],
                                    dilations[d], pads[d], pads[2 + d]));
  if (failed(checkShape(op, "C5", "result", getResult(), expected)))
    return failure();
  return checkRequantisation(op, getInput(), getResult(), getRescaleAttr(),
                             getProductShift(), getActivationAttr(), filters);
}

LogicalResult FullyConnectedOp::verify() {
  RankedTensorType input = getInput().getType(), filter = getFilter().getType();
  if (input.getRank() != 2 || filter.getRank() != 2 ||
      input.getDimSize(1) != filter.getDimSize(1))
    return emitOpError() << "C1: input of shape [" << input.getShape()
                         << "] and filter of shape [" << filter.getShape()
                         << "] have no common second size of rank 2";
  Operation *op = *this;
  int64_t filters = filter.getDimSize(0);
  if ((getBias() &&
       failed(checkShape(op, "C2", "bias", getBias(), {filters}))) ||
      failed(checkShape(op, "C2", "result", getResult(),
                        {input.getDimSize(0), filters})))
    return failure();
  return checkRequantisation(op, getInput(), getResult(), getRescaleAttr(),
                             getProductShift(), getActivationAttr(), filters);
}

LogicalResult MatMulOp::verify() {
  ArrayRef<int64_t> lhs = getLhs().getType().getShape();
  ArrayRef<int64_t> rhs = getRhs().getType().getShape();
  if (lhs.size() < 2 || rhs.size() < 2 || lhs.back() != rhs.drop_back().back())
    return emitOpError() << "C1: shapes [" << lhs << "] and [" << rhs
                         << "] have no matrix product";
  if (!isFloat(getLhs()) || !isFloat(getRhs()) || !isFloat(getResult()))
    return emitOpError("C1: operands and result must be f32");
  auto shape = broadcastShapes(lhs.drop_back(2), rhs.drop_back(2));
  if (!shape)
    return emitOpError() << "C1: the leading dimensions of [" << lhs
                         << "] and [" << rhs << "] do not broadcast";
  shape->push_back(lhs.drop_back().back());
  shape->push_back(rhs.back());
  return checkShape(*this, "C1", "result", getResult(), *shape);
}
