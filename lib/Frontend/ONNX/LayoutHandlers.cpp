//===- LayoutHandlers.cpp - Concat, Transpose -----------------------------===//
#include "Layers.h"

#include "mlir/Dialect/Utils/IndexingUtils.h"

using namespace mlir;
using namespace rowlock;

static LogicalResult importTranspose(Node &node) {
  FailureOr<Value> input = node.movable(0);
  if (failed(input))
    return failure();
  int64_t rank = int64_t(shapeOf(*input).size());
  SmallVector<int64_t> reversed;
  for (int64_t d = rank; d-- > 0;)
    reversed.push_back(d);
  auto order = node.integerList("perm", reversed, size_t(rank), 0, rank - 1);
  if (failed(order))
    return failure();
  SmallVector<bool> seen(rank, false);
  for (int64_t d : *order)
    seen[d] = true;
  if (llvm::is_contained(seen, false))
    return node.error() << "perm is no permutation";
  auto type =
      node.type(applyPermutation(shapeOf(*input), *order), elementOf(*input));
  if (failed(type))
    return failure();
  return node.define(
      nn::TransposeOp::create(node.builder(), node.loc(), *type, *input,
                              node.builder().getDenseI64ArrayAttr(*order)));
}

/// The joined shape, or an error.
static FailureOr<SmallVector<int64_t>>
joinedShape(Node &node, ArrayRef<SmallVector<int64_t>> shapes, int64_t axis) {
  SmallVector<int64_t> result = shapes.front();
  for (auto [k, shape] : llvm::enumerate(shapes.drop_front())) {
    bool agrees = shape.size() == result.size();
    for (int64_t d = 0; agrees && d < int64_t(shape.size()); ++d)
      agrees = d == axis || shape[d] == result[d];
    if (!agrees)
      return node.error() << "operand " << k + 1 << " of shape [" << shape
                          << "] does not join [" << shapes.front()
                          << "] along axis " << axis;
    result[axis] += shape[axis];
  }
  return result;
}

FailureOr<Value> rowlock::makeConcat(Node &node, ArrayRef<Value> values,
                                     int64_t axis) {
  SmallVector<SmallVector<int64_t>> shapes;
  for (Value value : values)
    shapes.emplace_back(shapeOf(value));
  auto normal = node.axis(axis, int64_t(shapes.front().size()));
  if (failed(normal))
    return failure();
  auto shape = joinedShape(node, shapes, *normal);
  if (failed(shape))
    return failure();
  auto type = node.type(*shape, elementOf(values.front()));
  if (failed(type))
    return failure();
  return Value(nn::ConcatOp::create(node.builder(), node.loc(), *type, values,
                                    node.builder().getI64IntegerAttr(*normal),
                                    nn::RescaleAttr()));
}

static LogicalResult importConcat(Node &node) {
  // Opset 1 has a default.
  if (!node.attribute("axis") && node.state().opset >= 4)
    return node.error() << "attribute 'axis' is missing";
  auto given = node.integer("axis", 1, -8, 7);
  int count = node.operands();
  if (failed(given))
    return failure();
  if (!count)
    return node.error() << "has no operands";
  SmallVector<Value> values;
  for (int k = 0; k < count; ++k) {
    auto value = node.value(k);
    if (failed(value))
      return failure();
    values.push_back(*value);
  }
  auto joined = makeConcat(node, values, *given);
  return failed(joined) ? failure() : node.define(*joined);
}

llvm::ArrayRef<HandlerEntry> rowlock::layoutHandlers() {
  static const HandlerEntry entries[] = {
      {"Concat", 1, importConcat, "`nn.concat`", "host"},
      {"Transpose", 1, importTranspose, "`nn.transpose`", "host"}};
  return entries;
}
