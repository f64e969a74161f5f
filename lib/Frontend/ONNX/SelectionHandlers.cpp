//===- SelectionHandlers.cpp - TopK, NonMaxSuppression --------------------===//
#include "Node.h"

using namespace mlir;
using namespace rowlock;

static LogicalResult topK(Node &node, int64_t count) {
  auto input = node.value(0);
  auto given = node.integer("axis", -1, -8, 7);
  auto largest = node.integer("largest", 1, 0, 1);
  if (failed(input) || failed(given) || failed(largest))
    return failure();
  SmallVector<int64_t> shape(shapeOf(*input));
  auto axis = node.axis(*given, int64_t(shape.size()));
  if (failed(axis))
    return failure();
  if (count < 0 || count > shape[*axis])
    return node.error() << "k is " << count << ", but axis " << *axis << " has "
                        << shape[*axis] << " elements";
  shape[*axis] = count;
  OpBuilder &b = node.builder();
  Value indices = nn::TopKOp::create(
      b, node.loc(), RankedTensorType::get(shape, b.getI64Type()), *input,
      b.getI64IntegerAttr(*axis), *largest ? b.getUnitAttr() : UnitAttr());
  Value values;
  if (node.wants(0))
    values = nn::GatherElementsOp::create(
        b, node.loc(), RankedTensorType::get(shape, elementOf(*input)), *input,
        indices, b.getI64IntegerAttr(*axis));
  return node.define({values, indices});
}

static LogicalResult importTopK1(Node &node) {
  auto count = node.integer("k", -1, 0, maxElements);
  return failed(count) ? failure() : topK(node, *count);
}

static LogicalResult importTopK10(Node &node) {
  auto count = node.integers(1, "number of elements");
  if (failed(count))
    return failure();
  if (count->size() != 1)
    return node.error() << "k is no single number";
  return topK(node, count->front());
}

/// A known number that may be left out.
static FailureOr<float> threshold(Node &node, int position, const char *role) {
  if (!node.has(position))
    return 0.0f;
  auto data = node.constant(position, role);
  if (failed(data))
    return failure();
  std::vector<float> values = (*data)->floats();
  if (values.size() != 1)
    return node.error() << "the " << role << " is no float32 scalar";
  return values.front();
}

/// How many boxes are chosen is known when the program runs: the result has
/// as many rows as the model declares, else as there can be.
static LogicalResult importNonMaxSuppression(Node &node) {
  auto boxes = node.real(0, 3), scores = node.real(1, 3);
  auto centered = node.integer("center_point_box", 0, 0, 1);
  std::vector<int64_t> most = {0};
  if (failed(boxes) || failed(scores) || failed(centered))
    return failure();
  if (node.has(2)) {
    auto given = node.integers(2, "number of boxes");
    if (failed(given))
      return failure();
    most = *given;
  }
  auto iou = threshold(node, 3, "IoU threshold");
  auto score = threshold(node, 4, "score threshold");
  if (failed(iou) || failed(score))
    return failure();
  if (most.size() != 1)
    return node.error() << "the number of boxes is no single number";
  ArrayRef<int64_t> shape = shapeOf(*scores);
  int64_t each = std::clamp<int64_t>(most[0], 0, shape[2]);
  int64_t rows = shape[0] * shape[1] * each;
  auto declared = node.declaredShape(0);
  if (declared && declared->size() == 2 && (*declared)[0] < rows)
    rows = (*declared)[0];
  OpBuilder &b = node.builder();
  auto type = node.type({rows, 3}, b.getI64Type());
  if (failed(type))
    return failure();
  return node.define(nn::NonMaxSuppressionOp::create(
      b, node.loc(), *type, *boxes, *scores, b.getI64IntegerAttr(each),
      b.getF32FloatAttr(*iou),
      node.has(4) ? b.getF32FloatAttr(*score) : FloatAttr(),
      *centered ? b.getUnitAttr() : UnitAttr()));
}

llvm::ArrayRef<HandlerEntry> rowlock::selectionHandlers() {
  static const HandlerEntry entries[] = {
      {"TopK", 1, importTopK1, "`nn.top_k` and `nn.gather_elements`", "host"},
      {"TopK", 10, importTopK10, "`nn.top_k` and `nn.gather_elements`", "host"},
      {"NonMaxSuppression", 10, importNonMaxSuppression,
       "`nn.non_max_suppression`, rows that are left hold -1", "host"}};
  return entries;
}
