//===- SizeHandlers.cpp - Shape, Size -------------------------------------===//
#include "Node.h"

using namespace mlir;
using namespace rowlock;

/// Attributes `start` and `end` (opset 15) count from the end if negative and
/// are cut to the rank.
static LogicalResult importShape(Node &node) {
  auto shape = node.shape(0);
  if (failed(shape))
    return failure();
  int64_t rank = int64_t(shape->size());
  auto start = node.integer("start", 0, INT64_MIN, INT64_MAX);
  auto end = node.integer("end", rank, INT64_MIN, INT64_MAX);
  if (failed(start) || failed(end))
    return failure();
  auto cut = [&](int64_t at) {
    return std::clamp<int64_t>(at < 0 ? at + rank : at, 0, rank);
  };
  int64_t first = cut(*start), last = std::max(first, cut(*end));
  ArrayRef<int64_t> sizes = *shape;
  return node.define(
      node.constantOf({last - first}, sizes.slice(first, last - first)));
}

static LogicalResult importSize(Node &node) {
  auto shape = node.shape(0);
  if (failed(shape))
    return failure();
  int64_t count = 1;
  for (int64_t size : *shape)
    count *= size;
  return node.define(node.constantOf({}, ArrayRef<int64_t>(count)));
}

llvm::ArrayRef<HandlerEntry> rowlock::sizeHandlers() {
  static const HandlerEntry entries[] = {
      {"Shape", 1, importShape, "a constant", "nothing"},
      {"Size", 1, importSize, "a constant", "nothing"}};
  return entries;
}
