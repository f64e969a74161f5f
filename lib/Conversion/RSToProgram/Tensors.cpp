//===- Tensors.cpp - rs.tensor to tensors and constants -------------------===//
#include "Exporter.h"

#include "rowlock/Dialect/NN/IR/ConstantData.h"
#include "rowlock/Program/CodedLayout.h"

#include "llvm/ADT/bit.h"
#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace rowlock;

static Type storageOf(Type element) {
  auto quantized = dyn_cast<quant::QuantizedType>(element);
  return quantized ? quantized.getStorageType() : element;
}

static std::optional<fb::ElementType> elementType(Type element) {
  if (element.isF32())
    return fb::ElementType::F32;
  auto quantized = dyn_cast<quant::QuantizedType>(element);
  bool isSigned = !quantized || quantized.isSigned();
  Type storage = storageOf(element);
  if (storage.isInteger(8))
    return isSigned ? fb::ElementType::I8 : fb::ElementType::U8;
  if (storage.isInteger(16))
    return isSigned ? fb::ElementType::I16 : fb::ElementType::U16;
  if (storage.isInteger(32))
    return fb::ElementType::I32;
  if (storage.isInteger(64))
    return fb::ElementType::I64;
  return std::nullopt;
}

static void setScales(fb::TensorT &tensor, Type element) {
  if (auto type = dyn_cast<quant::UniformQuantizedType>(element)) {
    tensor.scale = float(type.getScale());
    tensor.zero_point = int32_t(type.getZeroPoint());
  } else if (auto type =
                 dyn_cast<quant::UniformQuantizedPerAxisType>(element)) {
    for (double scale : type.getScales())
      tensor.channel_scales.push_back(float(scale));
    tensor.channel_axis = type.getQuantizedDimension();
    tensor.zero_point = int32_t(type.getZeroPoints().front());
  }
}

/// Little-endian bytes of the elements.
static std::optional<std::vector<uint8_t>> bytesOf(ElementsAttr value,
                                                   unsigned width) {
  std::vector<uint8_t> bytes;
  bytes.reserve(size_t(value.getNumElements()) * width);
  auto append = [&](uint64_t bits) {
    for (unsigned k = 0; k < width; ++k)
      bytes.push_back(uint8_t(bits >> (8 * k)));
  };
  if (auto floats = nn::getFloats(value)) {
    for (float element : *floats)
      append(llvm::bit_cast<uint32_t>(element));
    return bytes;
  }
  auto integers = nn::IntegerElements::of(value);
  if (!integers)
    return std::nullopt;
  for (size_t k = 0; k < integers->size(); ++k)
    append(uint64_t((*integers)[k]));
  return bytes;
}

LogicalResult Exporter::exportTensor(rs::TensorOp op) {
  RankedTensorType type = cast<rs::DramType>(op.getType()).getTensor();
  auto tensor = std::make_unique<fb::TensorT>();
  std::optional<fb::ElementType> element = elementType(type.getElementType());
  if (!element)
    return op.emitOpError()
           << "a program has no tensors of " << type.getElementType();
  if (!op.getAddress())
    return op.emitOpError("has no address; run rs-allocate-dram first");
  unsigned width = storageOf(type.getElementType()).getIntOrFloatBitWidth() / 8;
  tensor->name = op.getName().str();
  tensor->type = *element;
  tensor->shape.assign(type.getShape().begin(), type.getShape().end());
  setScales(*tensor, type.getElementType());
  tensor->address = *op.getAddress();
  tensor->size = uint64_t(type.getNumElements()) * width;
  tensor->coded_rows = int32_t(op.getCodedRows().value_or(0));
  tensor->kind = llvm::StringSwitch<fb::TensorKind>(op.getKind())
                     .Case("input", fb::TensorKind::Input)
                     .Case("output", fb::TensorKind::Output)
                     .Case("constant", fb::TensorKind::Constant)
                     .Default(fb::TensorKind::Intermediate);
  if (tensor->coded_rows) {
    if (type.getRank() != 4)
      return op.emitOpError("a coded tensor must have rank 4");
    auto layout = CodedLayout::compute(type.getShape().data(),
                                       tensor->coded_rows, width * 8,
                                       /*isSigned=*/false);
    if (!layout)
      return op.emitOpError() << layout.message();
    tensor->size = uint64_t(layout->byteSize());
  }
  if (tensor->kind == fb::TensorKind::Constant) {
    auto bytes = bytesOf(*op.getValue(), width);
    if (!bytes)
      return op.emitOpError("the elements of the constant cannot be read");
    program.constants.resize(llvm::alignTo(program.constants.size(), 64));
    tensor->constant_offset = program.constants.size();
    program.constants.insert(program.constants.end(), bytes->begin(),
                             bytes->end());
  }
  program.dram_bytes =
      std::max<uint64_t>(program.dram_bytes, tensor->address + tensor->size);
  tensors[op.getResult()] = uint32_t(program.tensors.size());
  program.tensors.push_back(std::move(tensor));
  return success();
}
