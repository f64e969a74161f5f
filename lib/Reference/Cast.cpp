//===- Cast.cpp - cast ----------------------------------------------------===//
#include "Operations.h"

#include "llvm/ADT/APSInt.h"

using namespace mlir;
using namespace rowlock;
using namespace rowlock::reference;

/// The element as a float of binary64, which holds each exactly.
static APFloat realAt(const RefTensor &tensor, int64_t k) {
  return APFloat(tensor.doubles.empty() ? double(tensor.floats[k])
                                        : tensor.doubles[k]);
}

/// Integers of i1 and `ui` types count as unsigned.
static bool isUnsigned(IntegerType type) {
  return type.isUnsigned() || type.getWidth() == 1;
}

/// The bits of an integer element.
static APInt bitsAt(const RefTensor &tensor, int64_t k) {
  auto type = mlir::cast<IntegerType>(tensor.type.getElementType());
  return APInt(type.getWidth(), uint64_t(tensor.integers[k]),
               /*isSigned=*/false, /*implicitTrunc=*/true);
}

static int64_t valueOf(const APInt &bits, IntegerType type) {
  return isUnsigned(type) ? int64_t(bits.getZExtValue()) : bits.getSExtValue();
}

static void storeReal(RefTensor &tensor, int64_t k, APFloat value,
                      bool saturate) {
  auto type = mlir::cast<FloatType>(tensor.type.getElementType());
  bool losesInfo = false;
  // Sixteen bits and eight come from binary32.
  if (type.getWidth() <= 16)
    value.convert(APFloat::IEEEsingle(), APFloat::rmNearestTiesToEven,
                  &losesInfo);
  bool isNumber = !value.isNaN(), isNegative = value.isNegative();
  value.convert(type.getFloatSemantics(), APFloat::rmNearestTiesToEven,
                &losesInfo);
  if (saturate && isNumber && !value.isFinite())
    value = APFloat::getLargest(type.getFloatSemantics(), isNegative);
  if (type.isF64())
    tensor.doubles[k] = value.convertToDouble();
  else
    tensor.floats[k] = toFloat(value);
}

void reference::cast(nn::CastOp op, Operands operands, RefTensor &result) {
  const RefTensor &input = *operands[0];
  if (quantizedType(input) || quantizedType(result)) {
    result.integers = input.integers;
    return;
  }
  auto fromInteger = dyn_cast<IntegerType>(input.type.getElementType());
  auto toInteger = dyn_cast<IntegerType>(result.type.getElementType());
  for (int64_t k = 0; k < elements(result); ++k) {
    if (!toInteger && !fromInteger) {
      storeReal(result, k, realAt(input, k), op.getSaturate());
      continue;
    }
    if (!toInteger) {
      APFloat value(result.type.getElementType().isF64()
                        ? APFloat::IEEEdouble()
                        : APFloat::IEEEsingle());
      value.convertFromAPInt(bitsAt(input, k), !isUnsigned(fromInteger),
                             APFloat::rmNearestTiesToEven);
      storeReal(result, k, value, op.getSaturate());
      continue;
    }
    unsigned width = toInteger.getWidth();
    if (width == 1) {
      result.integers[k] =
          fromInteger ? input.integers[k] != 0 : !realAt(input, k).isZero();
    } else if (fromInteger) {
      APInt bits = isUnsigned(fromInteger)
                       ? bitsAt(input, k).zextOrTrunc(width)
                       : bitsAt(input, k).sextOrTrunc(width);
      result.integers[k] = valueOf(bits, toInteger);
    } else {
      // Saturates, and makes 0 of NaN.
      llvm::APSInt bits(width, isUnsigned(toInteger));
      bool exact = false;
      realAt(input, k).convertToInteger(bits, APFloat::rmTowardZero, &exact);
      result.integers[k] = valueOf(bits, toInteger);
    }
  }
}
