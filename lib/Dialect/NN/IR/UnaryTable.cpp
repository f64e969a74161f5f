//===- UnaryTable.cpp - Functions of 8-bit integers -----------------------===//
#include "rowlock/Dialect/NN/IR/UnaryTable.h"

#include "rowlock/Numerics/Elementary.h"
#include "rowlock/Numerics/Float.h"

using namespace mlir;
using namespace rowlock;

static UnaryFunction functionOf(nn::UnaryOp op) {
  return *unaryFunction(std::string_view(op.getFunction()));
}

bool nn::hasTable(nn::UnaryOp op) {
  UnaryFunction function = functionOf(op);
  return op.getType().getElementType().isF32() &&
         (function >= UnaryFunction::Erf || function == UnaryFunction::Abs ||
          function == UnaryFunction::Neg);
}

SmallVector<int64_t> nn::tableOf(nn::UnaryOp op,
                                 quant::UniformQuantizedType input,
                                 quant::UniformQuantizedType result) {
  float alpha = op.getAlpha() ? op.getAlpha()->convertToFloat() : 1;
  float beta = op.getBeta() ? op.getBeta()->convertToFloat() : 0;
  int64_t least = input.isSigned() ? -128 : 0;
  SmallVector<int64_t> values;
  for (int64_t q = least; q < least + 256; ++q) {
    float x =
        dequantizeToFloat(q, float(input.getScale()), input.getZeroPoint());
    values.push_back(
        quantizeFloat(applyUnary(functionOf(op), x, alpha, beta),
                      float(result.getScale()), result.getZeroPoint(),
                      result.getStorageTypeMin(), result.getStorageTypeMax()));
  }
  return values;
}
