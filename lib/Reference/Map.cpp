//===- Map.cpp - unary, binary, select, table -----------------------------===//
#include "Functions.h"
#include "Operations.h"

#include <cmath>

using namespace mlir;
using namespace rowlock;
using namespace rowlock::reference;
using llvm::APSInt;

static bool isInteger(const RefTensor &tensor) {
  return isa<IntegerType>(tensor.type.getElementType());
}

static APInt unaryInteger(StringRef name, const APSInt &x) {
  if (name == "not")
    return ~x;
  if (name == "neg")
    return -x;
  if (name == "abs")
    return x.isNegative() ? -x : x;
  assert(name == "sign" && "the verifier knows the function");
  return APInt(x.getBitWidth(), x.isNegative() ? -1 : !x.isZero(),
               /*isSigned=*/true);
}

void reference::unary(nn::UnaryOp op, Operands operands, RefTensor &result) {
  const RefTensor &input = *operands[0];
  StringRef name = op.getFunction();
  float alpha = op.getAlpha() ? op.getAlpha()->convertToFloat() : 1;
  float beta = op.getBeta() ? op.getBeta()->convertToFloat() : 0;
  for (int64_t k = 0; k < elements(result); ++k)
    if (isInteger(input))
      storeInteger(result, k, unaryInteger(name, integerAt(input, k)));
    else if (input.type.getElementType().isF64())
      result.doubles[k] =
          unaryFunction(name, input.doubles[k], double(alpha), double(beta));
    else
      storeFloat(result, k, unaryFunction(name, input.floats[k], alpha, beta));
}

/// Truth values of comparisons; nothing for other functions.
template <typename T>
static std::optional<bool> compare(StringRef name, const T &a, const T &b) {
  if (name == "equal")
    return a == b;
  if (name == "greater")
    return a > b;
  if (name == "greater_equal")
    return a >= b;
  if (name == "less")
    return a < b;
  if (name == "less_equal")
    return a <= b;
  return std::nullopt;
}

static APSInt integerPower(APSInt x, APSInt y) {
  APSInt one = x, zero = x;
  one = 1;
  zero = 0;
  if (y.isNegative()) {
    // 1 / x^|y|, truncated.
    bool unit = x == one || (x.isSigned() && x.isAllOnes());
    return !unit ? zero : y[0] ? x : one;
  }
  APSInt result = one;
  for (unsigned bit = y.getBitWidth(); bit-- > 0;) {
    result = result * result;
    if (y[bit])
      result = result * x;
  }
  return result;
}

static APInt binaryInteger(StringRef name, const APSInt &a, const APSInt &b) {
  APSInt zero(APInt(a.getBitWidth(), 0), a.isUnsigned());
  if (name == "add")
    return a + b;
  if (name == "sub")
    return a - b;
  if (name == "mul")
    return a * b;
  if (name == "div")
    return b.isZero() ? zero : a / b;
  if (name == "fmod")
    return b.isZero() ? zero : a % b;
  if (name == "mod") {
    APSInt rest = b.isZero() ? zero : a % b;
    return !rest.isZero() && rest.isNegative() != b.isNegative() ? rest + b
                                                                 : rest;
  }
  if (name == "pow")
    return integerPower(a, b);
  if (name == "min")
    return b < a ? b : a;
  if (name == "max")
    return b > a ? b : a;
  if (name == "prelu")
    return a.isNegative() ? a * b : a;
  if (name == "and")
    return a & b;
  if (name == "or")
    return a | b;
  assert(name == "xor" && "the verifier knows the function");
  return a ^ b;
}

/// The remainder with the sign of the dividend: exact.
template <typename T> static T truncatedRest(T a, T b) {
  APFloat rest(a);
  rest.mod(APFloat(b));
  if constexpr (std::is_same_v<T, float>)
    return rest.convertToFloat();
  else
    return rest.convertToDouble();
}

template <typename T> static T binaryReal(StringRef name, T a, T b) {
  if (name == "add")
    return a + b;
  if (name == "sub")
    return a - b;
  if (name == "mul")
    return a * b;
  if (name == "div")
    return a / b;
  if (name == "pow")
    return power(a, b);
  if (name == "fmod")
    return truncatedRest(a, b);
  if (name == "mod") {
    T rest = truncatedRest(a, b);
    return rest != 0 && (rest < 0) != (b < 0) ? rest + b : rest;
  }
  if (name == "prelu")
    return a >= 0 ? a : a * b;
  if (std::isnan(a) || std::isnan(b))
    return std::isnan(a) ? a : b;
  if (name == "min")
    return b < a ? b : a;
  assert(name == "max" && "the verifier knows the function");
  return b > a ? b : a;
}

void reference::binary(nn::BinaryOp op, Operands operands, RefTensor &result) {
  const RefTensor &a = *operands[0], &b = *operands[1];
  StringRef name = op.getFunction();
  for (int64_t k = 0; k < elements(result); ++k) {
    int64_t i = broadcastIndex(a, result.type.getShape(), k);
    int64_t j = broadcastIndex(b, result.type.getShape(), k);
    std::optional<bool> truth;
    if (isInteger(a))
      truth = compare(name, integerAt(a, i), integerAt(b, j));
    else if (a.doubles.empty())
      truth = compare(name, a.floats[i], b.floats[j]);
    else
      truth = compare(name, a.doubles[i], b.doubles[j]);
    if (truth)
      result.integers[k] = *truth;
    else if (isInteger(a))
      storeInteger(result, k,
                   binaryInteger(name, integerAt(a, i), integerAt(b, j)));
    else if (a.doubles.empty())
      storeFloat(result, k, binaryReal(name, a.floats[i], b.floats[j]));
    else
      result.doubles[k] = binaryReal(name, a.doubles[i], b.doubles[j]);
  }
}

void reference::select(nn::SelectOp op, Operands operands, RefTensor &result) {
  const RefTensor &condition = *operands[0];
  ArrayRef<int64_t> shape = result.type.getShape();
  for (int64_t k = 0; k < elements(result); ++k) {
    bool truth = condition.integers[broadcastIndex(condition, shape, k)];
    const RefTensor &from = *operands[truth ? 1 : 2];
    move(from, broadcastIndex(from, shape, k), result, k);
  }
}

void reference::table(nn::TableOp op, Operands operands, RefTensor &result) {
  bool isSigned = quantizedType(*operands[0]).isSigned();
  for (int64_t k = 0; k < elements(result); ++k)
    result.integers[k] =
        op.getValues()[operands[0]->integers[k] + (isSigned ? 128 : 0)];
}
