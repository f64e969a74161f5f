//===- Evaluator.cpp - Evaluates one function -----------------------------===//
#include "rowlock/Reference/Evaluator.h"

#include "Operations.h"

#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace rowlock;
using namespace rowlock::reference;

Evaluator::Evaluator(func::FuncOp function) : function(function) {
  function.walk(
      [&](nn::ConstantOp op) { constants[op.getResult()] = readConstant(op); });
}

/// True if the operation is one of nn's.
static bool compute(Operation *op, Operands operands, RefTensor &result) {
  return llvm::TypeSwitch<Operation *, bool>(op)
      .Case([&](nn::Conv2DOp o) { return conv2d(o, operands, result), true; })
      .Case([&](nn::FullyConnectedOp o) {
        return fullyConnected(o, operands, result), true;
      })
      .Case([&](nn::MatMulOp o) { return matmul(o, operands, result), true; })
      .Case(
          [&](nn::MaxPool2DOp o) { return maxPool(o, operands, result), true; })
      .Case([&](nn::MaxPoolIndices2DOp o) {
        return maxPoolIndices(o, operands, result), true;
      })
      .Case([&](nn::AveragePool2DOp o) {
        return averagePool(o, operands, result), true;
      })
      .Case([&](nn::AddOp o) { return add(o, operands, result), true; })
      .Case([&](nn::MulOp o) { return mul(o, operands, result), true; })
      .Case([&](nn::ConcatOp o) { return concat(o, operands, result), true; })
      .Case([&](nn::TransposeOp o) {
        return transpose(o, operands, result), true;
      })
      .Case([&](nn::LRNOp o) { return lrn(o, operands, result), true; })
      .Case([&](nn::ClipOp o) { return clip(o, operands, result), true; })
      .Case([&](nn::ReshapeOp) {
        result.floats = operands[0]->floats;
        result.doubles = operands[0]->doubles;
        result.integers = operands[0]->integers;
        return true;
      })
      .Case([&](nn::BatchNormOp o) {
        return batchNorm(o, operands, result), true;
      })
      .Case([&](nn::CastOp o) { return cast(o, operands, result), true; })
      .Case([&](nn::UnaryOp o) { return unary(o, operands, result), true; })
      .Case([&](nn::BinaryOp o) { return binary(o, operands, result), true; })
      .Case([&](nn::SelectOp o) { return select(o, operands, result), true; })
      .Case([&](nn::ReduceOp o) { return reduce(o, operands, result), true; })
      .Case([&](nn::CumSumOp o) { return cumSum(o, operands, result), true; })
      .Case([&](nn::TableOp o) { return table(o, operands, result), true; })
      .Case([&](nn::SliceOp o) { return slice(o, operands, result), true; })
      .Case([&](nn::PadOp o) { return pad(o, operands, result), true; })
      .Case([&](nn::BroadcastOp o) {
        return broadcast(o, operands, result), true;
      })
      .Case([&](nn::GatherOp o) { return gather(o, operands, result), true; })
      .Case([&](nn::GatherElementsOp o) {
        return gatherElements(o, operands, result), true;
      })
      .Case([&](nn::ScatterNDOp o) {
        return scatterND(o, operands, result), true;
      })
      .Case(
          [&](nn::ResampleOp o) { return resample(o, operands, result), true; })
      .Case([&](nn::TopKOp o) { return topK(o, operands, result), true; })
      .Case([&](nn::NonMaxSuppressionOp o) {
        return nonMaxSuppression(o, operands, result), true;
      })
      .Case([&](nn::SoftmaxOp o) { return softmax(o, operands, result), true; })
      .Case(
          [&](nn::QuantizeOp o) { return quantize(o, operands, result), true; })
      .Case([&](nn::DequantizeOp o) {
        return dequantize(o, operands, result), true;
      })
      .Default([](Operation *) { return false; });
}

FailureOr<std::vector<RefTensor>> Evaluator::run(ArrayRef<RefTensor> inputs,
                                                 Observer observer,
                                                 Visitor visitor) const {
  func::FuncOp function = this->function;
  Block &block = function.getBody().front();
  if (inputs.size() != block.getNumArguments())
    return function.emitError() << "takes " << block.getNumArguments()
                                << " inputs, got " << inputs.size();
  llvm::DenseMap<Value, RefTensor> values;
  for (auto [argument, input] : llvm::zip(block.getArguments(), inputs)) {
    if (input.type != argument.getType())
      return function.emitError()
             << "input " << argument.getArgNumber() << " has type "
             << input.type << ", expected " << argument.getType();
    values[argument] = input;
    if (observer)
      observer(argument, input);
  }
  auto find = [&](Value value) -> const RefTensor * {
    auto constant = constants.find(value);
    return constant != constants.end() ? &constant->second
                                       : &values.find(value)->second;
  };
  for (Operation &op : block.without_terminator()) {
    if (isa<nn::ConstantOp>(op)) {
      const RefTensor &tensor = *find(op.getResult(0));
      if (tensor.floats.empty() && tensor.doubles.empty() &&
          tensor.integers.empty() && elements(tensor) > 0)
        return op.emitError("the elements of the constant are not in memory");
      continue;
    }
    SmallVector<const RefTensor *> operands;
    for (Value operand : op.getOperands())
      operands.push_back(find(operand));
    if (op.getNumResults() == 0 && visitor) {
      if (failed(visitor(&op, operands)))
        return failure();
      continue;
    }
    if (op.getNumResults() != 1 ||
        !isa<RankedTensorType>(op.getResult(0).getType()))
      return op.emitError()
             << "the evaluator does not know '" << op.getName() << "'";
    RefTensor result =
        emptyTensor(mlir::cast<RankedTensorType>(op.getResult(0).getType()));
    if (!compute(&op, operands, result))
      return op.emitError()
             << "the evaluator does not know '" << op.getName() << "'";
    if (observer)
      observer(op.getResult(0), result);
    values[op.getResult(0)] = std::move(result);
  }
  std::vector<RefTensor> results;
  for (Value value : block.getTerminator()->getOperands())
    results.push_back(*find(value));
  return results;
}
