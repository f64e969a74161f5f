//===- Tensors.cpp - rs.tensor to tensors and constants -------------------===//
#include "Exporter.h"

#include "rowlock/Dialect/NN/Kernels/ProgramTypes.h"
#include "rowlock/Program/CodedLayout.h"
#include "rowlock/Program/TensorLayout.h"

#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace rowlock;

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

LogicalResult Exporter::exportTensor(rs::TensorOp op) {
  RankedTensorType type = cast<rs::DramType>(op.getType()).getTensor();
  auto tensor = std::make_unique<fb::TensorT>();
  std::optional<fb::ElementType> element =
      nn::programType(type.getElementType());
  if (!element)
    return op.emitOpError()
           << "a program has no tensors of " << type.getElementType();
  if (!op.getAddress())
    return op.emitOpError("has no address; run rs-allocate-dram first");
  unsigned width = elementBytes(*element);
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
    // Before they are expanded: one element may stand for all.
    constexpr uint64_t most = uint64_t(1) << 31;
    if (tensor->size >= most || program.constants.size() + tensor->size >= most)
      return op.emitOpError("constants exceed the 2 GiB of a program");
    auto bytes = nn::programBytes(*op.getValue());
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
