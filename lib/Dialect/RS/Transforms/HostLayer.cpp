//===- HostLayer.cpp - A layer as one host command ------------------------===//
#include "HostLayer.h"

#include "rowlock/Dialect/NN/Kernels/HostKernel.h"

using namespace mlir;
using namespace rowlock;
using namespace rowlock::rs;

static void writeLayer(Location loc, nn::KernelCall call,
                       ArrayRef<Placed> inputs, Value output, Value token,
                       LayerContext &context) {
  OpBuilder &builder = context.builder;
  SmallVector<Value> tensors, waits;
  SmallVector<Attribute> values;
  for (const Placed &input : inputs) {
    tensors.push_back(input.tensor);
    if (!input.ready.token || llvm::is_contained(waits, input.ready.token))
      continue;
    waits.push_back(input.ready.token);
    values.push_back(AffineMapAttr::get(
        AffineMap::getConstantMap(input.ready.value, builder.getContext())));
  }
  auto layer = LayerOp::create(
      builder, loc, builder.getStringAttr(nn::nameOf(loc)),
      builder.getStringAttr(call.kernel), tensors, ValueRange(output),
      call.attributes, StringAttr(), DictionaryAttr(), StringAttr());
  OpBuilder::InsertionGuard guard(builder);
  builder.createBlock(&layer.getBody());
  HostOp::create(builder, loc, ValueRange(), waits,
                 builder.getArrayAttr(values), ValueRange(token),
                 builder.getDenseI64ArrayAttr({1}));
}

LogicalResult rs::lowerHostLayer(Operation *op, LayerContext &context) {
  nn::KernelCall call = nn::hostKernel(op);
  if (call.kernel.empty())
    return op->emitError() << "no kernel of the host computes '"
                           << op->getName() << "'";
  SmallVector<Placed> inputs;
  for (Value operand : op->getOperands())
    inputs.push_back(context.get(operand));
  Value output = context.makeResult(op->getOpResult(0));
  Value token =
      context.makeToken(op->getLoc(), nn::nameOf(op->getLoc()) + ".done");
  writeLayer(op->getLoc(), call, inputs, output, token, context);
  context.set(op->getResult(0), {output, {token, 1}});
  return success();
}

void rs::copyToOutput(Value value, StringRef name, LayerContext &context) {
  Location loc = value.getLoc();
  Placed source = context.get(value);
  Value output = context.makeTensor(loc, name, "output",
                                    cast<RankedTensorType>(value.getType()));
  Value token = context.makeToken(loc, (name + ".done").str());
  writeLayer(loc, {"Copy", context.builder.getDictionaryAttr({})}, source,
             output, token, context);
}
