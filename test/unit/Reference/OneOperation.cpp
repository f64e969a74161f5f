//===- OneOperation.cpp - Evaluates a single operation --------------------===//
#include "OneOperation.h"

#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/OwningOpRef.h"
#include "mlir/IR/Verifier.h"

#include <gtest/gtest.h>

using namespace mlir;
using namespace rowlock;

OneOperation::OneOperation() : build(&context) {
  context.loadDialect<nn::NNDialect, quant::QuantDialect, func::FuncDialect>();
}

RankedTensorType OneOperation::floats(ArrayRef<int64_t> shape) {
  return RankedTensorType::get(shape, build.getF32Type());
}

RankedTensorType OneOperation::quantised(ArrayRef<int64_t> shape, int bits,
                                         bool isSigned, double scale,
                                         int64_t zeroPoint) {
  Type storage = IntegerType::get(&context, bits);
  auto type = quant::UniformQuantizedType::get(
      isSigned ? quant::QuantizationFlags::Signed : 0, storage,
      build.getF32Type(), scale, zeroPoint,
      quant::QuantizedType::getDefaultMinimumForInteger(isSigned, bits),
      quant::QuantizedType::getDefaultMaximumForInteger(isSigned, bits));
  return RankedTensorType::get(shape, type);
}

RankedTensorType OneOperation::integers(ArrayRef<int64_t> shape, int bits) {
  return RankedTensorType::get(shape, IntegerType::get(&context, bits));
}

RefTensor OneOperation::run(ArrayRef<RefTensor> inputs, Make make) {
  Location loc = build.getUnknownLoc();
  OwningOpRef<ModuleOp> module = ModuleOp::create(loc);
  SmallVector<Type> types;
  for (const RefTensor &input : inputs)
    types.push_back(input.type);
  build.setInsertionPointToEnd(module->getBody());
  auto function = func::FuncOp::create(build, loc, "main",
                                       build.getFunctionType(types, {}));
  build.setInsertionPointToEnd(function.addEntryBlock());
  Value result = make(function.getArguments());
  func::ReturnOp::create(build, loc, result);
  function.setType(build.getFunctionType(types, result.getType()));
  EXPECT_TRUE(succeeded(verify(*module)));
  auto results = Evaluator(function).run(inputs);
  if (failed(results) || results->size() != 1) {
    ADD_FAILURE() << "the evaluator failed";
    return {};
  }
  return results->front();
}
