//===- Gather.cpp - gather, gather_elements, scatter_nd, resample ---------===//
#include "Coordinates.h"

#include "llvm/ADT/APFloat.h"

using namespace mlir;
using namespace rowlock;
using namespace rowlock::reference;

void reference::gather(nn::GatherOp op, Operands operands, RefTensor &result) {
  ArrayRef<int64_t> in = operands[0]->type.getShape();
  ArrayRef<int64_t> indices = operands[1]->type.getShape();
  size_t axis = op.getAxis();
  for (int64_t k = 0; k < elements(result); ++k) {
    Coordinates at = coordinatesOf(k, result.type.getShape());
    auto first = at.begin() + long(axis), last = first + long(indices.size());
    int64_t line = validIndex(
        operands[1]->integers[elementAt(Coordinates(first, last), indices)],
        in[axis]);
    at.insert(at.erase(first, last), line);
    move(*operands[0], elementAt(at, in), result, k);
  }
}

void reference::gatherElements(nn::GatherElementsOp op, Operands operands,
                               RefTensor &result) {
  ArrayRef<int64_t> in = operands[0]->type.getShape();
  for (int64_t k = 0; k < elements(result); ++k) {
    Coordinates at = coordinatesOf(k, result.type.getShape());
    at[op.getAxis()] = validIndex(operands[1]->integers[k], in[op.getAxis()]);
    move(*operands[0], elementAt(at, in), result, k);
  }
}

/// A float as the elements of a type hold it.
static float rounded(float value, Type type) {
  llvm::APFloat number(value);
  bool losesInfo = false;
  number.convert(cast<FloatType>(type).getFloatSemantics(),
                 llvm::APFloat::rmNearestTiesToEven, &losesInfo);
  number.convert(llvm::APFloat::IEEEsingle(),
                 llvm::APFloat::rmNearestTiesToEven, &losesInfo);
  return number.convertToFloat();
}

template <typename T> static T combined(StringRef how, T old, T update) {
  if (how == "add")
    return old + update;
  if (how == "mul")
    return old * update;
  bool updateWins = how == "max" ? old < update : update < old;
  return updateWins || update != update ? update : old;
}

/// Integers wrap at the width of their type.
static int64_t combinedIntegers(StringRef how, IntegerType type, int64_t old,
                                int64_t update) {
  unsigned width = type.getWidth();
  auto value = [&](int64_t bits) {
    return llvm::APInt(64, uint64_t(bits)).trunc(width);
  };
  llvm::APInt a = value(old), b = value(update);
  bool isUnsigned = type.isUnsigned();
  bool isLess = isUnsigned ? a.ult(b) : a.slt(b);
  llvm::APInt result = how == "add"               ? a + b
                       : how == "mul"             ? a * b
                       : (how == "max") == isLess ? b
                                                  : a;
  return isUnsigned ? int64_t(result.getZExtValue()) : result.getSExtValue();
}

void reference::scatterND(nn::ScatterNDOp op, Operands operands,
                          RefTensor &result) {
  ArrayRef<int64_t> in = result.type.getShape();
  const RefTensor &indices = *operands[1], &updates = *operands[2];
  int64_t depth = indices.type.getShape().back();
  size_t vectorRank = indices.type.getShape().size() - 1;
  Type type = result.type.getElementType();
  StringRef how = op.getReduction();
  for (int64_t k = 0; k < elements(result); ++k)
    move(*operands[0], k, result, k);
  for (int64_t k = 0; k < elements(updates); ++k) {
    Coordinates from = coordinatesOf(k, updates.type.getShape());
    int64_t vector = elementAt(ArrayRef<int64_t>(from).take_front(vectorRank),
                               indices.type.getShape().drop_back());
    Coordinates at;
    for (int64_t d = 0; d < depth; ++d)
      at.push_back(validIndex(indices.integers[vector * depth + d], in[d]));
    at.append(from.begin() + long(vectorRank), from.end());
    int64_t to = elementAt(at, in);
    if (how == "none")
      move(updates, k, result, to);
    else if (type.isF64())
      result.doubles[to] =
          combined(how, result.doubles[to], updates.doubles[k]);
    else if (isa<FloatType>(type))
      result.floats[to] =
          rounded(combined(how, result.floats[to], updates.floats[k]), type);
    else
      result.integers[to] =
          combinedIntegers(how, mlir::cast<IntegerType>(type),
                           result.integers[to], updates.integers[k]);
  }
}

void reference::resample(nn::ResampleOp op, Operands operands,
                         RefTensor &result) {
  ArrayRef<int64_t> in = operands[0]->type.getShape();
  int64_t taps = operands[1]->type.getShape()[1];
  for (int64_t e = 0; e < elements(result); ++e) {
    Coordinates at = coordinatesOf(e, result.type.getShape());
    int64_t line = at[op.getAxis()];
    float sum = 0;
    for (int64_t k = line * taps; k < (line + 1) * taps; ++k) {
      at[op.getAxis()] = validIndex(operands[1]->integers[k], in[op.getAxis()]);
      sum += operands[2]->floats[k] * operands[0]->floats[elementAt(at, in)];
    }
    result.floats[e] = sum;
  }
}
