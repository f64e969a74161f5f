//===- Selection.cpp - top_k, non_max_suppression -------------------------===//
#include "Coordinates.h"

#include <algorithm>
#include <array>

using namespace mlir;
using namespace rowlock;
using namespace rowlock::reference;

/// Is element a of a tensor greater than element b? NaN is the greatest.
static bool isGreater(const RefTensor &tensor, int64_t a, int64_t b) {
  auto compare = [](auto x, auto y) {
    if (x != x || y != y)
      return x != x && y == y;
    return x > y;
  };
  if (!tensor.floats.empty())
    return compare(tensor.floats[a], tensor.floats[b]);
  if (!tensor.doubles.empty())
    return compare(tensor.doubles[a], tensor.doubles[b]);
  if (tensor.type.getElementType().isUnsignedInteger())
    return uint64_t(tensor.integers[a]) > uint64_t(tensor.integers[b]);
  return tensor.integers[a] > tensor.integers[b];
}

/// An element's index is its rank among those of its line: how many are before.
void reference::topK(nn::TopKOp op, Operands operands, RefTensor &result) {
  const RefTensor &input = *operands[0];
  ArrayRef<int64_t> in = input.type.getShape();
  int64_t size = in[op.getAxis()];
  for (int64_t e = 0; e < elements(input); ++e) {
    Coordinates at = coordinatesOf(e, in), other = at;
    int64_t index = at[op.getAxis()], before = 0;
    for (int64_t k = 0; k < size; ++k) {
      other[op.getAxis()] = k;
      int64_t o = elementAt(other, in);
      bool isBetter =
          op.getLargest() ? isGreater(input, o, e) : isGreater(input, e, o);
      bool isWorse =
          op.getLargest() ? isGreater(input, e, o) : isGreater(input, o, e);
      before += isBetter || (!isWorse && k < index);
    }
    at[op.getAxis()] = before;
    if (before < result.type.getShape()[op.getAxis()])
      result.integers[elementAt(at, result.type.getShape())] = index;
  }
}

namespace {

/// Top, left, bottom, right.
using Edges = std::array<float, 4>;

} // namespace

static float lesser(float a, float b) { return b < a ? b : a; }
static float greater(float a, float b) { return a < b ? b : a; }

static Edges edgesOf(nn::NonMaxSuppressionOp op, const float *box) {
  if (!op.getCenterPointBox())
    return {lesser(box[0], box[2]), lesser(box[1], box[3]),
            greater(box[0], box[2]), greater(box[1], box[3])};
  return {box[1] - box[3] / 2, box[0] - box[2] / 2, box[1] + box[3] / 2,
          box[0] + box[2] / 2};
}

/// docs/spec/kernels.md, "NonMaxSuppression".
static bool overlaps(nn::NonMaxSuppressionOp op, const Edges &a,
                     const Edges &b) {
  float height = lesser(a[2], b[2]) - greater(a[0], b[0]);
  float width = lesser(a[3], b[3]) - greater(a[1], b[1]);
  if (!(height > 0) || !(width > 0))
    return false;
  float areaA = (a[2] - a[0]) * (a[3] - a[1]);
  float areaB = (b[2] - b[0]) * (b[3] - b[1]);
  float both = height * width;
  float either = areaA + areaB - both;
  if (!(areaA > 0) || !(areaB > 0) || !(either > 0))
    return false;
  return both / either > op.getIouThreshold().convertToFloat();
}

/// Looks for the best box that is left, again and again.
static std::vector<int64_t> chosenBoxes(nn::NonMaxSuppressionOp op,
                                        const float *boxes, const float *scores,
                                        int64_t count) {
  std::vector<bool> isLeft(size_t(count), true);
  for (int64_t k = 0; k < count; ++k)
    isLeft[size_t(k)] =
        op.getScoreThreshold()
            ? scores[k] > op.getScoreThreshold()->convertToFloat()
            : scores[k] == scores[k];
  std::vector<int64_t> chosen;
  while (int64_t(chosen.size()) < int64_t(op.getMost())) {
    int64_t best = -1;
    for (int64_t k = 0; k < count; ++k)
      if (isLeft[size_t(k)] && (best < 0 || scores[k] > scores[best]))
        best = k;
    if (best < 0)
      break;
    isLeft[size_t(best)] = false;
    Edges edges = edgesOf(op, boxes + 4 * best);
    if (llvm::none_of(chosen, [&](int64_t other) {
          return overlaps(op, edges, edgesOf(op, boxes + 4 * other));
        }))
      chosen.push_back(best);
  }
  return chosen;
}

void reference::nonMaxSuppression(nn::NonMaxSuppressionOp op, Operands operands,
                                  RefTensor &result) {
  ArrayRef<int64_t> shape = operands[1]->type.getShape();
  std::fill(result.integers.begin(), result.integers.end(), -1);
  int64_t rows = result.type.getShape()[0], row = 0;
  for (int64_t line = 0; line < shape[0] * shape[1]; ++line) {
    int64_t batch = line / shape[1];
    for (int64_t box :
         chosenBoxes(op, operands[0]->floats.data() + batch * shape[2] * 4,
                     operands[1]->floats.data() + line * shape[2], shape[2])) {
      if (row == rows)
        return;
      result.integers[row * 3] = batch;
      result.integers[row * 3 + 1] = line % shape[1];
      result.integers[row * 3 + 2] = box;
      ++row;
    }
  }
}
