//===- Shapes.cpp - Result shapes of layers -------------------------------===//
#include "rowlock/Dialect/NN/IR/Shapes.h"

#include <algorithm>

using namespace rowlock;

bool nn::isBounded(llvm::ArrayRef<int64_t> shape) {
  constexpr int64_t most = int64_t(1) << 31;
  int64_t elements = 1;
  for (int64_t size : shape) {
    if (size > most || (size && elements > most / size))
      return false;
    elements *= size;
  }
  return true;
}

static int64_t floorDiv(int64_t a, int64_t b) {
  return a / b - (a % b != 0 && a < 0);
}

int64_t nn::windowedSize(int64_t size, int64_t kernel, int64_t stride,
                         int64_t dilation, int64_t before, int64_t after,
                         bool ceil) {
  int64_t span = size + before + after - (kernel - 1) * dilation - 1;
  if (span < 0)
    return 0;
  if (!ceil)
    return floorDiv(span, stride) + 1;
  int64_t result = (span + stride - 1) / stride + 1;
  if ((result - 1) * stride >= size + before)
    --result;
  return result;
}

std::optional<llvm::SmallVector<int64_t>>
nn::broadcastShapes(llvm::ArrayRef<int64_t> lhs, llvm::ArrayRef<int64_t> rhs) {
  size_t rank = std::max(lhs.size(), rhs.size());
  llvm::SmallVector<int64_t> result(rank, 1);
  for (size_t k = 0; k < rank; ++k) {
    int64_t a = k < lhs.size() ? lhs[lhs.size() - 1 - k] : 1;
    int64_t b = k < rhs.size() ? rhs[rhs.size() - 1 - k] : 1;
    if (a != b && a != 1 && b != 1)
      return std::nullopt;
    result[rank - 1 - k] = a == 1 ? b : a;
  }
  return result;
}
