//===- Movement.cpp - slice, pad, broadcast -------------------------------===//
#include "Coordinates.h"

using namespace mlir;
using namespace rowlock;
using namespace rowlock::reference;

void reference::slice(nn::SliceOp op, Operands operands, RefTensor &result) {
  ArrayRef<int64_t> in = operands[0]->type.getShape();
  for (int64_t k = 0; k < elements(result); ++k) {
    Coordinates at = coordinatesOf(k, result.type.getShape());
    for (size_t d = 0; d < in.size(); ++d)
      at[d] = op.getStarts()[d] + at[d] * op.getStrides()[d];
    move(*operands[0], elementAt(at, in), result, k);
  }
}

/// Moves a coordinate of a padded tensor into the input; false where a new
/// element stands.
static bool intoInput(nn::PadOp op, size_t d, int64_t size, int64_t &at) {
  at -= op.getLow()[d];
  if (op.getMode() == "constant") {
    int64_t gap = op.getInterior()[d] + 1;
    if (at < 0 || at % gap != 0 || at / gap >= size)
      return false;
    at /= gap;
    return true;
  }
  // Step by step, until it is inside.
  while (at < 0 || at >= size) {
    if (op.getMode() == "edge")
      at = at < 0 ? 0 : size - 1;
    else if (op.getMode() == "wrap")
      at += at < 0 ? size : -size;
    else
      at = at < 0 ? -at : 2 * (size - 1) - at;
  }
  return true;
}

void reference::pad(nn::PadOp op, Operands operands, RefTensor &result) {
  ArrayRef<int64_t> in = operands[0]->type.getShape();
  for (int64_t k = 0; k < elements(result); ++k) {
    Coordinates at = coordinatesOf(k, result.type.getShape());
    bool isOld = true;
    for (size_t d = 0; d < in.size(); ++d)
      isOld = intoInput(op, d, in[d], at[d]) && isOld;
    if (isOld)
      move(*operands[0], elementAt(at, in), result, k);
    else if (op.getValue())
      move(*operands[1], 0, result, k);
    else if (quantizedType(result))
      result.integers[k] = zeroPoint(result);
  }
}

void reference::broadcast(nn::BroadcastOp, Operands operands,
                          RefTensor &result) {
  ArrayRef<int64_t> in = operands[0]->type.getShape();
  for (int64_t k = 0; k < elements(result); ++k) {
    Coordinates at = coordinatesOf(k, result.type.getShape());
    at.erase(at.begin(), at.end() - long(in.size()));
    for (size_t d = 0; d < in.size(); ++d)
      at[d] = in[d] == 1 ? 0 : at[d];
    move(*operands[0], elementAt(at, in), result, k);
  }
}
