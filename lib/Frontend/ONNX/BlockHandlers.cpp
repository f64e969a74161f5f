//===- BlockHandlers.cpp - DepthToSpace, SpaceToDepth ---------------------===//
#include "Movement.h"

using namespace mlir;
using namespace rowlock;

static FailureOr<Value> images(Node &node) {
  auto input = node.movable(0);
  if (failed(input))
    return failure();
  if (shapeOf(*input).size() != 4)
    return node.error() << "the operand has rank " << shapeOf(*input).size()
                        << ", expected 4";
  return input;
}

static LogicalResult importDepthToSpace(Node &node) {
  auto input = images(node);
  auto given = node.integer("blocksize", 0, 1, 1 << 15);
  auto mode = node.string("mode", "DCR");
  if (failed(input) || failed(given) || failed(mode))
    return failure();
  ArrayRef<int64_t> shape = shapeOf(*input);
  int64_t block = *given, n = shape[0], h = shape[2], w = shape[3];
  int64_t channels = shape[1] / (block * block);
  if (shape[1] % (block * block))
    return node.error() << shape[1] << " channels do not divide into blocks of "
                        << block << " x " << block;
  bool depthFirst = *mode == "DCR";
  if (!depthFirst && *mode != "CRD")
    return node.error() << "mode '" << *mode << "' is neither DCR nor CRD";
  Value apart = depthFirst
                    ? node.reshape(*input, {n, block, block, channels, h, w})
                    : node.reshape(*input, {n, channels, block, block, h, w});
  Value moved = depthFirst ? makeTranspose(node, apart, {0, 3, 4, 1, 5, 2})
                           : makeTranspose(node, apart, {0, 1, 4, 2, 5, 3});
  return node.define(node.reshape(moved, {n, channels, h * block, w * block}));
}

static LogicalResult importSpaceToDepth(Node &node) {
  auto input = images(node);
  auto given = node.integer("blocksize", 0, 1, 1 << 15);
  if (failed(input) || failed(given))
    return failure();
  ArrayRef<int64_t> shape = shapeOf(*input);
  int64_t block = *given, n = shape[0], c = shape[1];
  int64_t h = shape[2] / block, w = shape[3] / block;
  if (shape[2] % block || shape[3] % block)
    return node.error() << "feature maps of " << shape[2] << " x " << shape[3]
                        << " do not divide into blocks of " << block << " x "
                        << block;
  Value apart = node.reshape(*input, {n, c, h, block, w, block});
  return node.define(
      node.reshape(makeTranspose(node, apart, {0, 3, 5, 1, 2, 4}),
                   {n, c * block * block, h, w}));
}

llvm::ArrayRef<HandlerEntry> rowlock::blockHandlers() {
  static const HandlerEntry entries[] = {
      {"DepthToSpace", 1, importDepthToSpace, "`nn.transpose` between reshapes",
       "host"},
      {"SpaceToDepth", 1, importSpaceToDepth, "`nn.transpose` between reshapes",
       "host"}};
  return entries;
}
