//===- PoolHandlers.cpp - MaxPool, AveragePool, GlobalAveragePool ---------===//
#include "Layers.h"
#include "Windows.h"

#include "rowlock/Dialect/NN/IR/Shapes.h"

using namespace mlir;
using namespace rowlock;

namespace {

struct Pool {
  Value input;
  SmallVector<int64_t> kernel;
  WindowAttributes window;
  RankedTensorType type;
  bool ceil;
};

} // namespace

static FailureOr<Pool> readPool(Node &node, Value input) {
  if (!node.attribute("kernel_shape"))
    return node.error() << "attribute 'kernel_shape' is missing";
  auto kernel = node.integerList("kernel_shape", {}, 2, 1, 1 << 16);
  auto ceil = node.integer("ceil_mode", 0, 0, 1);
  if (failed(kernel) || failed(ceil))
    return failure();
  ArrayRef<int64_t> in = shapeOf(input);
  if (in.size() != 4)
    return node.error() << "the operand has rank " << in.size()
                        << ", expected 4";
  auto window = readWindow(node, in[2], in[3], *kernel);
  if (failed(window))
    return failure();
  auto size = [&](int d) {
    return nn::windowedSize(in[d + 2], (*kernel)[d], window->strides[d],
                            window->dilations[d], window->pads[d],
                            window->pads[d + 2], *ceil);
  };
  auto type = node.type({in[0], in[1], size(0), size(1)});
  if (failed(type))
    return failure();
  return Pool{input, *kernel, *window, *type, *ceil != 0};
}

static LogicalResult importMaxPool(Node &node) {
  auto order = node.integer("storage_order", 0, 0, 1);
  if (failed(order))
    return failure();
  auto input = node.real(0, 4);
  if (failed(input))
    return failure();
  auto pool = readPool(node, *input);
  if (failed(pool))
    return failure();
  OpBuilder &b = node.builder();
  return node.define(
      nn::MaxPool2DOp::create(b, node.loc(), pool->type, pool->input,
                              b.getDenseI64ArrayAttr(pool->kernel),
                              b.getDenseI64ArrayAttr(pool->window.strides),
                              b.getDenseI64ArrayAttr(pool->window.pads),
                              b.getDenseI64ArrayAttr(pool->window.dilations),
                              pool->ceil ? b.getUnitAttr() : UnitAttr()));
}

static Value createAverage(Node &node, const Pool &pool, bool countPadding) {
  OpBuilder &b = node.builder();
  return nn::AveragePool2DOp::create(
      b, node.loc(), pool.type, pool.input, b.getDenseI64ArrayAttr(pool.kernel),
      b.getDenseI64ArrayAttr(pool.window.strides),
      b.getDenseI64ArrayAttr(pool.window.pads),
      pool.ceil ? b.getUnitAttr() : UnitAttr(),
      countPadding ? b.getUnitAttr() : UnitAttr(), nn::RescaleAttr());
}

FailureOr<Value> rowlock::makeAveragePool(Node &node, Value input) {
  auto padding = node.integer("count_include_pad", 0, 0, 1);
  if (failed(padding))
    return failure();
  auto pool = readPool(node, input);
  if (failed(pool))
    return failure();
  for (int64_t dilation : pool->window.dilations)
    if (dilation != 1)
      return node.error() << "dilations of an average are not supported";
  return createAverage(node, *pool, *padding);
}

FailureOr<Value> rowlock::makeGlobalAveragePool(Node &node, Value input) {
  ArrayRef<int64_t> in = shapeOf(input);
  if (in.size() != 4)
    return node.error() << "the operand has rank " << in.size()
                        << ", expected 4";
  auto type = node.type({in[0], in[1], 1, 1});
  if (failed(type))
    return failure();
  Pool pool = {
      input, {in[2], in[3]}, {{1, 1}, {1, 1}, {0, 0, 0, 0}}, *type, false};
  return createAverage(node, pool, false);
}

template <FailureOr<Value> (*make)(Node &, Value)>
static LogicalResult importAverage(Node &node) {
  auto input = node.real(0);
  if (failed(input))
    return failure();
  auto pool = make(node, *input);
  return failed(pool) ? failure() : node.define(*pool);
}

llvm::ArrayRef<HandlerEntry> rowlock::poolHandlers() {
  static const HandlerEntry entries[] = {
      {"MaxPool", 1, importMaxPool, "`nn.max_pool2d`", "host"},
      {"AveragePool", 1, importAverage<makeAveragePool>, "`nn.average_pool2d`",
       "host"},
      {"GlobalAveragePool", 1, importAverage<makeGlobalAveragePool>,
       "`nn.average_pool2d`", "host"}};
  return entries;
}
