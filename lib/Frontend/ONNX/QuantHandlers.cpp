//===- QuantHandlers.cpp - QuantizeLinear, DequantizeLinear ---------------===//
#include "BlockQuantization.h"
#include "QuantParameters.h"

using namespace mlir;
using namespace rowlock;

/// How many elements along the axis have one scale (opset 21); 0: all, or one
/// as the scale's shape says.
static FailureOr<int64_t> blockSize(Node &node) {
  return node.integer("block_size", 0, 0, maxElements);
}

/// The element type that attribute output_dtype (opset 21) asks for.
static FailureOr<std::optional<DataType>> outputType(Node &node) {
  auto type = node.integer("output_dtype", 0, 0, 1 << 16);
  if (failed(type))
    return failure();
  switch (*type) {
  case onnx::TensorProto::UNDEFINED:
    return std::optional<DataType>();
  case onnx::TensorProto::INT8:
    return std::optional<DataType>(DataType::Int8);
  case onnx::TensorProto::UINT8:
    return std::optional<DataType>(DataType::UInt8);
  case onnx::TensorProto::INT16:
    return std::optional<DataType>(DataType::Int16);
  case onnx::TensorProto::UINT16:
    return std::optional<DataType>(DataType::UInt16);
  default:
    return node.error() << "output_dtype " << *type
                        << " is no integer of 8 or 16 bits";
  }
}

static LogicalResult importQuantize(Node &node) {
  auto stored = outputType(node);
  auto block = blockSize(node);
  if (failed(stored) || failed(block))
    return failure();
  if (*block)
    return quantizeBlocks(node, *block, *stored);
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

static LogicalResult importDequantize(Node &node) {
  auto axis = node.integer("axis", 1, -8, 7);
  auto block = blockSize(node);
  if (failed(axis) || failed(block))
    return failure();
  if (*block)
    return dequantizeBlocks(node, *block);
  auto real = readDequantized(node, 0, {1, 2}, *axis);
  return failed(real) ? failure() : node.define(*real);
}

llvm::ArrayRef<HandlerEntry> rowlock::quantHandlers() {
  static const HandlerEntry entries[] = {
      {"QuantizeLinear", 10, importQuantize,
       "`nn.quantize`, a part of the layer before where it can be one", "host"},
      {"DequantizeLinear", 10, importDequantize,
       "`nn.dequantize`, a part of the layer behind where it can be one",
       "host"}};
  return entries;
}
