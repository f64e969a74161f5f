//===- Types.cpp - Element types of ONNX and of nn ------------------------===//
#include "Types.h"

#include "rowlock/Dialect/NN/IR/NN.h"
#include "rowlock/Dialect/NN/Kernels/ProgramTypes.h"

using namespace mlir;
using namespace rowlock;

namespace {

struct TypePair {
  DataType data;
  fb::ElementType program;
};

} // namespace

static constexpr TypePair pairs[] = {
    {DataType::Float32, fb::ElementType::F32},
    {DataType::Float64, fb::ElementType::F64},
    {DataType::Float16, fb::ElementType::F16},
    {DataType::BFloat16, fb::ElementType::BF16},
    {DataType::Int8, fb::ElementType::I8},
    {DataType::UInt8, fb::ElementType::U8},
    {DataType::Int16, fb::ElementType::I16},
    {DataType::UInt16, fb::ElementType::U16},
    {DataType::Int32, fb::ElementType::I32},
    {DataType::UInt32, fb::ElementType::U32},
    {DataType::Int64, fb::ElementType::I64},
    {DataType::UInt64, fb::ElementType::U64},
    {DataType::Bool, fb::ElementType::I1},
    {DataType::Float8E4M3FN, fb::ElementType::F8E4M3FN},
    {DataType::Float8E4M3FNUZ, fb::ElementType::F8E4M3FNUZ},
    {DataType::Float8E5M2, fb::ElementType::F8E5M2},
    {DataType::Float8E5M2FNUZ, fb::ElementType::F8E5M2FNUZ},
    {DataType::Int4, fb::ElementType::I4},
    {DataType::UInt4, fb::ElementType::U4}};

Type rowlock::elementType(MLIRContext *context, DataType type) {
  for (const TypePair &pair : pairs)
    if (pair.data == type)
      return nn::elementType(context, pair.program);
  return {};
}

std::optional<DataType> rowlock::dataType(Type element) {
  if (isa<quant::QuantizedType>(element))
    return std::nullopt;
  auto type = nn::programType(element);
  for (const TypePair &pair : pairs)
    if (type && pair.program == *type)
      return pair.data;
  return std::nullopt;
}

Type rowlock::plainType(Type element) {
  auto stored = nn::programType(element);
  return isa<quant::QuantizedType>(element) && stored
             ? nn::elementType(element.getContext(), *stored)
             : element;
}

ElementsAttr rowlock::makeElements(MLIRContext *context,
                                   const TensorData &data) {
  auto *first = reinterpret_cast<const uint8_t *>(data.bytes.data());
  return nn::makeElements(
      RankedTensorType::get(data.shape, elementType(context, data.type)),
      ArrayRef<uint8_t>(first, data.bytes.size()));
}

std::optional<TensorData> rowlock::makeTensorData(ElementsAttr value) {
  auto type = dataType(value.getElementType());
  auto bytes = nn::programBytes(value);
  if (!type || !bytes)
    return std::nullopt;
  TensorData data;
  ArrayRef<int64_t> shape = cast<ShapedType>(value.getType()).getShape();
  data.shape.assign(shape.begin(), shape.end());
  data.type = *type;
  data.bytes.assign(bytes->begin(), bytes->end());
  return data;
}
