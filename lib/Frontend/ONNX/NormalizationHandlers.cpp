//===- NormalizationHandlers.cpp - BatchNormalization, LRN, Softmax -------===//
#include "Node.h"

using namespace mlir;
using namespace rowlock;

static LogicalResult importBatchNorm(Node &node) {
  auto epsilon = node.number("epsilon", 1e-5f);
  auto training = node.integer("training_mode", 0, 0, 1);
  if (failed(epsilon) || failed(training))
    return failure();
  if (*training)
    return node.error() << "training_mode is not supported";
  SmallVector<Value> operands;
  for (int k = 0; k < 5; ++k) {
    auto operand = k ? node.real(k, 1) : node.real(k);
    if (failed(operand))
      return failure();
    operands.push_back(*operand);
  }
  return node.define(nn::BatchNormOp::create(
      node.builder(), node.loc(), operands[0].getType(), operands[0],
      operands[1], operands[2], operands[3], operands[4],
      node.builder().getF32FloatAttr(*epsilon)));
}

static LogicalResult makeSoftmax(Node &node, Value input, int64_t axis) {
  return node.define(
      nn::SoftmaxOp::create(node.builder(), node.loc(), input.getType(), input,
                            node.builder().getI64IntegerAttr(axis)));
}

static LogicalResult importSoftmax13(Node &node) {
  auto input = node.real(0);
  auto axis = node.integer("axis", -1, -8, 7);
  if (failed(input) || failed(axis))
    return failure();
  auto normal = node.axis(*axis, int64_t(shapeOf(*input).size()));
  if (failed(normal))
    return failure();
  return makeSoftmax(node, *input, *normal);
}

/// Up to opset 12 all dimensions from `axis` on are one.
static LogicalResult importSoftmax1(Node &node) {
  auto input = node.real(0);
  auto axis = node.integer("axis", 1, -8, 7);
  if (failed(input) || failed(axis))
    return failure();
  SmallVector<int64_t> shape(shapeOf(*input));
  auto first = node.axis(*axis, int64_t(shape.size()));
  if (failed(first))
    return failure();
  bool single = true;
  int64_t outer = 1, inner = 1;
  for (int64_t d = 0; d < int64_t(shape.size()); ++d) {
    (d < *first ? outer : inner) *= shape[d];
    single &= d <= *first || shape[d] == 1;
  }
  if (single)
    return makeSoftmax(node, *input, *first);
  Value flat = node.reshape(*input, {outer, inner});
  Value softmax =
      nn::SoftmaxOp::create(node.builder(), node.loc(), flat.getType(), flat,
                            node.builder().getI64IntegerAttr(1));
  return node.define(node.reshape(softmax, shape));
}

static LogicalResult importLRN(Node &node) {
  auto input = node.real(0);
  auto alpha = node.number("alpha", 1e-4f), beta = node.number("beta", 0.75f);
  auto bias = node.number("bias", 1.0f);
  auto size = node.integer("size", 0, 0, INT32_MAX);
  if (failed(input) || failed(alpha) || failed(beta) || failed(bias) ||
      failed(size))
    return failure();
  if (*size < 1)
    return node.error() << "attribute 'size' is missing or 0";
  OpBuilder &b = node.builder();
  return node.define(
      nn::LRNOp::create(b, node.loc(), (*input).getType(), *input,
                        b.getI64IntegerAttr(*size), b.getF32FloatAttr(*alpha),
                        b.getF32FloatAttr(*beta), b.getF32FloatAttr(*bias)));
}

llvm::ArrayRef<HandlerEntry> rowlock::normalizationHandlers() {
  static const HandlerEntry entries[] = {
      {"BatchNormalization", 7, importBatchNorm,
       "`nn.batch_norm`, a part of the convolution before, else a depthwise "
       "one",
       "array"},
      {"LRN", 1, importLRN, "`nn.lrn`", "host, in float"},
      {"Softmax", 1, importSoftmax1, "`nn.softmax`", "host, in float"},
      {"Softmax", 13, importSoftmax13, "`nn.softmax`", "host, in float"}};
  return entries;
}
