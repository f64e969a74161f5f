//===- Broadcast.cpp - Operands that broadcast to a result ----------------===//
#include "Broadcast.h"

using namespace rowlock;

/// Elements from one index of each dimension to the next in the operand.
static Result<std::vector<int64_t>>
stridesOf(const std::vector<int64_t> &operand,
          const std::vector<int64_t> &shape) {
  size_t rank = shape.size();
  if (operand.size() > rank)
    return Status::error("an operand has a higher rank than the result");
  size_t lead = rank - operand.size();
  std::vector<int64_t> strides(rank, 0);
  int64_t stride = 1;
  for (size_t d = rank; d-- > lead;) {
    int64_t size = operand[d - lead];
    if (size != 1 && size != shape[d])
      return Status::error("an operand does not broadcast to the result");
    strides[d] = size == 1 ? 0 : stride;
    stride *= size;
  }
  return strides;
}

Result<Broadcast> Broadcast::of(const std::vector<int64_t> &shape,
                                const std::vector<TensorView> &operands) {
  Broadcast broadcast;
  broadcast.shape = shape;
  broadcast.elements = 1;
  for (int64_t size : shape)
    broadcast.elements *= size;
  for (const TensorView &operand : operands) {
    auto strides = stridesOf(operand.shape, shape);
    if (!strides)
      return strides.takeStatus();
    broadcast.strides.push_back(std::move(*strides));
  }
  return broadcast;
}
