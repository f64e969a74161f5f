//===- ScatterHandlers.cpp - ScatterND, ScatterElements -------------------===//
#include "Movement.h"

using namespace mlir;
using namespace rowlock;

static LogicalResult scatter(Node &node, Value input, Value indices,
                             Value updates) {
  auto reduction = node.string("reduction", "none");
  if (failed(reduction))
    return failure();
  Type element = elementOf(input);
  if (element.isInteger(1) && *reduction != "none") {
    // Or and and, as the greatest and the least of 0 and 1.
    input = node.cast(input, node.builder().getI8Type());
    updates = node.cast(updates, node.builder().getI8Type());
    if (*reduction == "add")
      *reduction = "max";
    else if (*reduction == "mul")
      *reduction = "min";
  }
  Value result =
      nn::ScatterNDOp::create(node.builder(), node.loc(), input.getType(),
                              input, indices, updates, *reduction);
  return node.define(node.cast(result, element));
}

static LogicalResult importScatterND(Node &node) {
  auto input = node.value(0), indices = node.value(1), updates = node.value(2);
  if (failed(input) || failed(indices) || failed(updates))
    return failure();
  return scatter(node, *input, *indices, *updates);
}

/// Element (i, j, k) of the indices names element (i, index, k), for axis 1:
/// index vectors are coordinates with the axis replaced.
static LogicalResult importScatterElements(Node &node) {
  auto input = node.value(0), indices = node.value(1), updates = node.value(2);
  auto given = node.integer("axis", 0, -8, 7);
  if (failed(input) || failed(indices) || failed(updates) || failed(given))
    return failure();
  ArrayRef<int64_t> in = shapeOf(*input), shape = shapeOf(*indices);
  int64_t rank = int64_t(in.size());
  auto axis = node.axis(*given, rank);
  if (failed(axis))
    return failure();
  if (shapeOf(*updates) != shape || shape.size() != in.size())
    return node.error() << "indices of shape [" << shape << "] and updates of ["
                        << shapeOf(*updates) << "] for an operand of [" << in
                        << "]";
  for (int64_t d = 0; d < rank; ++d)
    if (d != *axis && shape[d] > in[d])
      return node.error() << "indices of shape [" << shape
                          << "] exceed the operand's [" << in << "]";
  int64_t count = cast<RankedTensorType>((*indices).getType()).getNumElements();
  if (failed(node.type({count, rank}, elementOf(*indices))))
    return failure();
  OpBuilder &b = node.builder();
  SmallVector<Value> columns;
  int64_t inner = count;
  for (int64_t d = 0; d < rank; ++d) {
    inner /= std::max<int64_t>(1, shape[d]);
    SmallVector<int64_t> coordinates;
    for (int64_t k = 0; k < count && d != *axis; ++k)
      coordinates.push_back(k / inner % shape[d]);
    columns.push_back(
        d == *axis
            ? node.reshape(node.cast(*indices, b.getI64Type()), {count, 1})
            : node.constantOf({count, 1}, ArrayRef<int64_t>(coordinates)));
  }
  Value vectors = nn::ConcatOp::create(
      b, node.loc(), RankedTensorType::get({count, rank}, b.getI64Type()),
      columns, b.getI64IntegerAttr(1), nn::RescaleAttr());
  return scatter(node, *input, vectors, node.reshape(*updates, {count}));
}

llvm::ArrayRef<HandlerEntry> rowlock::scatterHandlers() {
  static const HandlerEntry entries[] = {
      {"ScatterND", 11, importScatterND, "`nn.scatter_nd`", "host"},
      {"ScatterElements", 11, importScatterElements,
       "`nn.scatter_nd` with coordinates", "host"},
      {"Scatter", 9, importScatterElements, "`nn.scatter_nd` with coordinates",
       "host"}};
  return entries;
}
