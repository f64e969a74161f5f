//===- Layout.cpp - concat, transpose -------------------------------------===//
#include "Operations.h"

using namespace mlir;
using namespace rowlock;
using namespace rowlock::reference;

void reference::concat(nn::ConcatOp op, Operands operands, RefTensor &result) {
  quant::QuantizedType quantized = quantizedType(result);
  ArrayRef<int64_t> shape = result.type.getShape();
  int64_t axis = op.getAxis(), inner = 1;
  for (int64_t size : shape.drop_front(axis + 1))
    inner *= size;
  for (int64_t k = 0; k < elements(result); ++k) {
    int64_t outer = k / inner / shape[axis];
    int64_t along = k / inner % shape[axis];
    size_t input = 0;
    while (along >= operands[input]->type.getDimSize(axis))
      along -= operands[input++]->type.getDimSize(axis);
    const RefTensor &from = *operands[input];
    int64_t at =
        (outer * from.type.getDimSize(axis) + along) * inner + k % inner;
    if (quantized)
      result.integers[k] =
          stored(quantized, rescaled(op.getRescaleAttr(), input,
                                     from.integers[at] - zeroPoint(from)) +
                                zeroPoint(result));
    else
      move(from, at, result, k);
  }
}

void reference::transpose(nn::TransposeOp op, Operands operands,
                          RefTensor &result) {
  ArrayRef<int64_t> in = operands[0]->type.getShape();
  ArrayRef<int64_t> out = result.type.getShape();
  std::vector<int64_t> strides(in.size(), 1);
  for (size_t d = in.size(); d-- > 1;)
    strides[d - 1] = strides[d] * in[d];
  for (int64_t k = 0; k < elements(result); ++k) {
    int64_t at = 0, rest = k;
    for (size_t d = out.size(); d-- > 0; rest /= out[d])
      at += rest % out[d] * strides[op.getPermutation()[d]];
    move(*operands[0], at, result, k);
  }
}
