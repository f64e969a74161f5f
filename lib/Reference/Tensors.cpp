//===- Tensors.cpp - Elements of tensors ----------------------------------===//
#include "Operations.h"

#include "rowlock/Dialect/NN/IR/ConstantData.h"

using namespace mlir;
using namespace rowlock;
using namespace rowlock::reference;

RefTensor reference::emptyTensor(RankedTensorType type) {
  RefTensor tensor;
  tensor.type = type;
  Type element = type.getElementType();
  if (element.isF64())
    tensor.doubles.resize(type.getNumElements());
  else if (isa<FloatType>(element))
    tensor.floats.resize(type.getNumElements());
  else
    tensor.integers.resize(type.getNumElements());
  return tensor;
}

float reference::toFloat(const APFloat &value) {
  const llvm::fltSemantics &semantics = value.getSemantics();
  if (!value.isNaN() || APFloat::getSizeInBits(semantics) > 8)
    return value.convertToFloat();
  bool hasSign = APFloat::getZero(semantics, /*Negative=*/true).isNegative();
  return APFloat::getQNaN(APFloat::IEEEsingle(), hasSign && value.isNegative())
      .convertToFloat();
}

RefTensor reference::readConstant(nn::ConstantOp op) {
  RefTensor tensor;
  tensor.type = op.getType();
  Type element = op.getType().getElementType();
  if (element.isF32()) {
    if (auto values = nn::getFloats(op.getValue()))
      tensor.floats = std::move(*values);
    return tensor;
  }
  if (isa<FloatType>(element)) {
    if (auto values = op.getValue().tryGetValues<APFloat>())
      for (const APFloat &value : *values)
        element.isF64() ? tensor.doubles.push_back(value.convertToDouble())
                        : tensor.floats.push_back(toFloat(value));
    return tensor;
  }
  if (element.isInteger(1)) {
    if (auto values = op.getValue().tryGetValues<bool>())
      for (bool value : *values)
        tensor.integers.push_back(value);
    return tensor;
  }
  if (auto values = nn::getIntegers(op.getValue()))
    tensor.integers = std::move(*values);
  // Attributes of i8 may hold what a quantised type reads as u8.
  auto quantized = quantizedType(tensor);
  if (quantized && !quantized.isSigned())
    for (int64_t &value : tensor.integers)
      value &= (int64_t(1) << quantized.getStorageTypeIntegralWidth()) - 1;
  return tensor;
}

void reference::move(const RefTensor &from, int64_t at, RefTensor &to,
                     int64_t k) {
  if (!to.floats.empty())
    to.floats[k] = from.floats[at];
  else if (!to.doubles.empty())
    to.doubles[k] = from.doubles[at];
  else
    to.integers[k] = from.integers[at];
}

void reference::storeFloat(RefTensor &tensor, int64_t k, float value) {
  APFloat real(value);
  bool losesInfo = false;
  real.convert(
      mlir::cast<FloatType>(tensor.type.getElementType()).getFloatSemantics(),
      APFloat::rmNearestTiesToEven, &losesInfo);
  tensor.floats[k] = real.convertToFloat();
}

llvm::APSInt reference::integerAt(const RefTensor &tensor, int64_t k) {
  auto type = mlir::cast<IntegerType>(tensor.type.getElementType());
  return llvm::APSInt(APInt(type.getWidth(), uint64_t(tensor.integers[k]),
                            /*isSigned=*/false, /*implicitTrunc=*/true),
                      type.isUnsigned() || type.getWidth() == 1);
}

void reference::storeInteger(RefTensor &tensor, int64_t k, const APInt &bits) {
  auto type = mlir::cast<IntegerType>(tensor.type.getElementType());
  bool isUnsigned = type.isUnsigned() || type.getWidth() == 1;
  tensor.integers[k] =
      isUnsigned ? int64_t(bits.getZExtValue()) : bits.getSExtValue();
}

int64_t reference::broadcastIndex(const RefTensor &operand,
                                  ArrayRef<int64_t> shape, int64_t index) {
  ArrayRef<int64_t> in = operand.type.getShape();
  int64_t at = 0, stride = 1;
  for (int64_t d = int64_t(shape.size()) - 1, k = int64_t(in.size()) - 1;
       k >= 0; --d, --k) {
    if (in[k] != 1)
      at += index % shape[d] * stride;
    stride *= in[k];
    index /= shape[d];
  }
  return at;
}
