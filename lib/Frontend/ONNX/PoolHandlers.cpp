//===- PoolHandlers.cpp - MaxPool, AveragePool, their global forms --------===//
#include "Layers.h"
#include "Pools.h"

#include <cmath>

using namespace mlir;
using namespace rowlock;

/// N x C x ... as N x C x H x W of the same elements.
static FailureOr<Value> asMaps(Node &node, Value value) {
  ArrayRef<int64_t> shape = shapeOf(value);
  if (shape.size() < 2)
    return node.error() << "the operand has rank " << shape.size()
                        << ", expected at least 2";
  SmallVector<int64_t> maps = {shape[0], shape[1], 1, 1};
  for (auto [d, size] : llvm::enumerate(shape.drop_front(2)))
    maps[d ? 3 : 2] *= size;
  return node.reshape(value, maps);
}

/// `pool(maps, window)` over whole maps, as N x C x 1 x ....
template <typename Pool>
static FailureOr<Value> poolMaps(Node &node, Value value, Pool pool) {
  auto maps = asMaps(node, value);
  if (failed(maps))
    return failure();
  ArrayRef<int64_t> shape = shapeOf(*maps);
  FailureOr<Value> result = pool(*maps, WindowAttributes(shape.drop_front(2)));
  if (failed(result))
    return failure();
  SmallVector<int64_t> ones(shapeOf(value).size(), 1);
  ones[0] = shape[0];
  ones[1] = shape[1];
  return node.reshape(*result, ones);
}

/// The operand as floats in the same order.
static FailureOr<Value> readOrdered(Node &node) {
  auto operand = node.movable(0);
  if (failed(operand))
    return failure();
  Type element = elementOf(*operand), real = node.builder().getF32Type();
  if (llvm::isa<quant::QuantizedType>(element))
    return Value(nn::DequantizeOp::create(
        node.builder(), node.loc(),
        RankedTensorType::get(shapeOf(*operand), real), *operand));
  if (!llvm::isa<IntegerType>(element))
    return node.real(0);
  if (element.getIntOrFloatBitWidth() > 16)
    return node.error() << "elements of type " << element
                        << " are not supported";
  return node.cast(*operand, real);
}

/// Maxima of floats that `readOrdered` made of elements of the type, as such.
static Value restoreElements(Node &node, Value maxima, Type element) {
  if (llvm::isa<quant::QuantizedType>(element))
    return nn::QuantizeOp::create(
        node.builder(), node.loc(),
        RankedTensorType::get(shapeOf(maxima), element), maxima);
  return llvm::isa<IntegerType>(element) ? node.cast(maxima, element) : maxima;
}

static LogicalResult importMaxPool(Node &node) {
  auto order = node.integer("storage_order", 0, 0, 1);
  auto input = readOrdered(node);
  if (failed(order) || failed(input))
    return failure();
  auto sizes = spatialSizes(node, *input);
  if (failed(sizes))
    return failure();
  auto window = readPoolWindow(node, *sizes);
  if (failed(window))
    return failure();
  auto result = makeMaxPool(node, *input, *window);
  if (failed(result))
    return failure();
  Value maxima = restoreElements(node, *result, elementOf(*node.movable(0)));
  if (!node.wants(1))
    return node.define(maxima);
  auto indices = makeMaxPoolIndices(node, *input, *window, *order != 0);
  return failed(indices) ? failure() : node.define({maxima, *indices});
}

FailureOr<Value> rowlock::makeAveragePool(Node &node, Value input) {
  auto padding = node.integer("count_include_pad", 0, 0, 1);
  auto sizes = spatialSizes(node, input);
  if (failed(padding) || failed(sizes))
    return failure();
  auto window = readPoolWindow(node, *sizes);
  if (failed(window))
    return failure();
  return makeMean(node, input, *window, *padding != 0);
}

FailureOr<Value> rowlock::makeGlobalAveragePool(Node &node, Value input) {
  return poolMaps(node, input, [&](Value maps, const WindowAttributes &all) {
    return makeMean(node, maps, all, false);
  });
}

template <FailureOr<Value> (*make)(Node &, Value)>
static LogicalResult importPool(Node &node) {
  auto input = node.real(0);
  if (failed(input))
    return failure();
  auto pool = make(node, *input);
  return failed(pool) ? failure() : node.define(*pool);
}

static FailureOr<Value> makeGlobalMaxPool(Node &node, Value input) {
  return poolMaps(node, input, [&](Value maps, const WindowAttributes &all) {
    return makeMaxPool(node, maps, all);
  });
}

/// `p`, an integer since opset 2.
static FailureOr<float> readPower(Node &node) {
  const onnx::AttributeProto *found = node.attribute("p");
  if (found && found->type() == onnx::AttributeProto::FLOAT)
    return node.number("p", 2);
  auto power = node.integer("p", 2, 1, 1 << 16);
  return failed(power) ? FailureOr<float>() : FailureOr<float>(float(*power));
}

static FailureOr<Value> makeLpPool(Node &node, Value input) {
  auto power = readPower(node);
  auto sizes = spatialSizes(node, input);
  if (failed(power) || failed(sizes))
    return failure();
  auto window = readPoolWindow(node, *sizes);
  if (failed(window))
    return failure();
  return makeNorm(node, input, *window, *power);
}

static FailureOr<Value> makeGlobalLpPool(Node &node, Value input) {
  auto power = readPower(node);
  if (failed(power))
    return failure();
  return poolMaps(node, input, [&](Value maps, const WindowAttributes &all) {
    return makeNorm(node, maps, all, *power);
  });
}

llvm::ArrayRef<HandlerEntry> rowlock::poolHandlers() {
  static const HandlerEntry entries[] = {
      {"MaxPool", 1, importMaxPool, "`nn.max_pool2d`", "host"},
      {"AveragePool", 1, importPool<makeAveragePool>,
       "`nn.average_pool2d`, with dilations `nn.conv2d`", "host"},
      {"LpPool", 1, importPool<makeLpPool>,
       "elementwise operations and `nn.conv2d`", "host, sums on the array"},
      {"GlobalAveragePool", 1, importPool<makeGlobalAveragePool>,
       "`nn.average_pool2d`", "host"},
      {"GlobalMaxPool", 1, importPool<makeGlobalMaxPool>, "`nn.max_pool2d`",
       "host"},
      {"GlobalLpPool", 1, importPool<makeGlobalLpPool>,
       "elementwise operations and `nn.conv2d`", "host, sums on the array"}};
  return entries;
}
