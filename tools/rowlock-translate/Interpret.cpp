//===- Interpret.cpp - Evaluate @main of a module -------------------------===//
#include "Interpret.h"

#include "Check/Check.h"

#include "rowlock/Dialect/NN/IR/NN.h"
#include "rowlock/Frontend/ONNX/TensorFile.h"
#include "rowlock/Input/Array.h"
#include "rowlock/Reference/Evaluator.h"
#include "rowlock/Support/Bytes.h"

#include "llvm/Support/Format.h"

using namespace mlir;
using namespace rowlock;

static Result<Array> readArray(const std::string &path) {
  if (!StringRef(path).ends_with(".pb"))
    return readNPY(path);
  Result<TensorData> tensor = readTensorProto(path);
  if (!tensor)
    return tensor.takeStatus();
  if (tensor->type != DataType::Float32)
    return Status::error(path + ": the tensor is not float32");
  Array array;
  array.shape = tensor->shape;
  array.bytes.assign(tensor->bytes.begin(), tensor->bytes.end());
  return array;
}

static FailureOr<RefTensor> readInput(func::FuncOp main, unsigned index,
                                      const std::string &path) {
  Result<Array> array = readArray(path);
  if (!array)
    return main.emitError() << array.message();
  RefTensor tensor;
  tensor.type = cast<RankedTensorType>(main.getArgumentTypes()[index]);
  if (!tensor.type.getElementType().isF32())
    return main.emitError() << "input " << index << " is not f32";
  if (ArrayRef<int64_t>(array->shape) != tensor.type.getShape()) {
    InFlightDiagnostic error = main.emitError();
    error << path << ": the shape is ";
    llvm::interleave(array->shape, error, "x");
    error << ", expected ";
    llvm::interleave(tensor.type.getShape(), error, "x");
    return error;
  }
  tensor.floats = array->toFloats();
  return tensor;
}

static Status writeOutput(const RefTensor &tensor, const std::string &path) {
  Array array;
  array.shape.assign(tensor.type.getShape().begin(),
                     tensor.type.getShape().end());
  if (tensor.type.getElementType().isF32()) {
    array.bytes.resize(tensor.floats.size() * 4);
    copyBytes(array.bytes.data(), tensor.floats.data(), array.bytes.size());
  } else {
    array.type = fb::ElementType::I64;
    array.bytes.resize(tensor.integers.size() * 8);
    copyBytes(array.bytes.data(), tensor.integers.data(), array.bytes.size());
  }
  return writeNPY(path, array);
}

static void print(const RefTensor &tensor, llvm::raw_ostream &stream) {
  stream << tensor.type << ":";
  for (float value : tensor.floats)
    stream << " " << llvm::format("%.9g", double(value));
  for (int64_t value : tensor.integers)
    stream << " " << value;
  stream << "\n";
}

LogicalResult rowlock::interpret(ModuleOp module,
                                 const std::vector<std::string> &inputs,
                                 const std::vector<std::string> &outputs,
                                 llvm::raw_ostream &stream) {
  auto main = module.lookupSymbol<func::FuncOp>("main");
  if (!main || !main.getBody().hasOneBlock())
    return module.emitError("the module has no function @main of one block");
  if (inputs.size() != main.getNumArguments())
    return main.emitError() << "takes " << main.getNumArguments()
                            << " inputs, got " << inputs.size();
  if (!outputs.empty() && outputs.size() != main.getNumResults())
    return main.emitError() << "has " << main.getNumResults()
                            << " results, got names for " << outputs.size();
  std::vector<RefTensor> tensors;
  for (auto [k, path] : llvm::enumerate(inputs)) {
    FailureOr<RefTensor> tensor = readInput(main, k, path);
    if (failed(tensor))
      return failure();
    tensors.push_back(std::move(*tensor));
  }
  FailureOr<std::vector<RefTensor>> results =
      Evaluator(main).run(tensors, nullptr, check::visit);
  if (failed(results))
    return failure();
  for (auto [k, result] : llvm::enumerate(*results)) {
    if (outputs.empty()) {
      print(result, stream);
      continue;
    }
    if (Status written = writeOutput(result, outputs[k]); !written)
      return main.emitError() << written.message();
  }
  return success();
}
