//===- QuantHandlers.cpp - QuantizeLinear, DequantizeLinear ---------------===//
#include "FloatQuantization.h"
#include "QuantParameters.h"
#include "Types.h"

using namespace mlir;
using namespace rowlock;

/// How many elements along the axis have one scale (opset 21); 0: all, or one
/// as the scale's shape says.
static FailureOr<int64_t> blockSize(Node &node) {
  return node.integer("block_size", 0, 0, maxElements);
}

/// The element type that attribute output_dtype asks for (QuantizeLinear from
/// opset 21 on, DequantizeLinear from 23 on).
static FailureOr<std::optional<DataType>> outputType(Node &node) {
  auto type = node.integer("output_dtype", 0, 0, 1 << 16);
  if (failed(type))
    return failure();
  if (*type == onnx::TensorProto::UNDEFINED)
    return std::optional<DataType>();
  std::optional<DataType> known = dataType(int(*type));
  if (!known)
    return node.error() << "output_dtype " << *type << " is not supported";
  if (isHalf(*known) && node.state().halfAsFloat)
    return std::optional<DataType>(DataType::Float32);
  return known;
}

/// Do no quantised types say what the node does? `stored` is the element type
/// of the integers.
static bool needsFloat(Node &node, std::optional<DataType> stored) {
  return (stored && isNarrow(*stored)) || !node.known(1) ||
         (node.has(2) && !node.known(2));
}

static LogicalResult importQuantize(Node &node) {
  auto stored = outputType(node);
  auto block = blockSize(node);
  if (failed(stored) || failed(block))
    return failure();
  auto zero = node.known(2);
  if (*block || needsFloat(node, zero ? zero->type : *stored)) {
    auto result = quantizeInFloat(node, *block, *stored);
    return failed(result) ? failure() : node.define(*result);
  }
  auto input = node.real(0);
  auto axis = node.integer("axis", 1, -8, 7);
  if (failed(input) || failed(axis))
    return failure();
  auto type = readQuantizedType(node, {1, 2}, shapeOf(*input), *axis, *stored);
  if (failed(type))
    return failure();
  return node.define(nn::QuantizeOp::create(
      node.builder(), node.loc(), RankedTensorType::get(shapeOf(*input), *type),
      *input));
}

/// The type of the integers that are dequantised, if they have no scale yet.
static FailureOr<std::optional<DataType>> storedType(Node &node) {
  if (auto data = node.known(0))
    return std::optional<DataType>(data->type);
  auto value = node.bound(0);
  if (failed(value))
    return failure();
  return dataType(elementOf(*value));
}

/// That of the scale, where the node asks for no other.
static FailureOr<Type> realType(Node &node) {
  auto asked = outputType(node);
  if (failed(asked))
    return failure();
  if (auto scale = node.known(1); scale && !*asked)
    *asked = scale->type;
  if (*asked)
    return elementType(node.builder().getContext(), **asked);
  auto scale = node.value(1);
  return failed(scale) ? FailureOr<Type>() : elementOf(*scale);
}

static LogicalResult importDequantize(Node &node) {
  auto axis = node.integer("axis", 1, -8, 7);
  auto block = blockSize(node);
  auto stored = storedType(node);
  auto element = realType(node);
  if (failed(axis) || failed(block) || failed(stored) || failed(element))
    return failure();
  auto real = *block || needsFloat(node, *stored)
                  ? dequantizeInFloat(node, *block)
                  : readDequantized(node, 0, {1, 2}, *axis);
  return failed(real) ? failure() : node.define(node.cast(*real, *element));
}

llvm::ArrayRef<HandlerEntry> rowlock::quantHandlers() {
  static const char microsoft[] = "com.microsoft";
  static const char before[] =
      "`nn.quantize`, a part of the layer before where it can be one";
  static const char behind[] =
      "`nn.dequantize`, a part of the layer behind where it can be one";
  static const HandlerEntry entries[] = {
      {"QuantizeLinear", 10, importQuantize, before, "host"},
      {"DequantizeLinear", 10, importDequantize, behind, "host"},
      {"QuantizeLinear", 1, importQuantize, before, "host", microsoft},
      {"DequantizeLinear", 1, importDequantize, behind, "host", microsoft}};
  return entries;
}
