//===- LayerContext.cpp - What lowered layers share -----------------------===//
#include "LayerContext.h"

#include "rowlock/Dialect/NN/IR/ConstantData.h"

using namespace mlir;
using namespace rowlock;
using namespace rowlock::rs;

LayerContext::LayerContext(OpBuilder &builder, const TargetSpec &target,
                           func::FuncOp main)
    : builder(builder), target(target) {
  for (unsigned k = 0; k < main.getNumArguments(); ++k)
    names.insert(main.getArgAttrOfType<StringAttr>(k, nn::kNameAttr));
  for (unsigned k = 0; k < main.getNumResults(); ++k)
    names.insert(main.getResultAttrOfType<StringAttr>(k, nn::kNameAttr));
  main.walk([&](Operation *op) { names.insert(nn::nameOf(op->getLoc())); });
}

std::string LayerContext::derive(StringRef name) {
  std::string candidate = name.str();
  for (int64_t k = 1; !names.insert(candidate).second; ++k)
    candidate = (name + "." + Twine(k)).str();
  return candidate;
}

Value LayerContext::makeTensor(Location loc, StringRef name, StringRef kind,
                               RankedTensorType type, ElementsAttr value) {
  return TensorOp::create(
      builder, loc, DramType::get(builder.getContext(), type),
      builder.getStringAttr(name), builder.getStringAttr(kind), value,
      IntegerAttr(), IntegerAttr());
}

Value LayerContext::makeResult(OpResult result) {
  auto output = outputs.find(result);
  auto type = cast<RankedTensorType>(result.getType());
  if (output != outputs.end())
    return makeTensor(result.getLoc(), output->second, "output", type);
  return makeTensor(result.getLoc(), nn::nameOf(result.getLoc()),
                    "intermediate", type);
}

Value LayerContext::makeToken(Location loc, StringRef name) {
  return TokenOp::create(builder, loc, TokenType::get(builder.getContext()),
                         builder.getStringAttr(name));
}

Placed LayerContext::get(Value value) {
  auto placed = placedValues.find(value);
  if (placed != placedValues.end())
    return placed->second;
  ElementsAttr constant = nn::getConstant(value);
  assert(constant && "operands are lowered before their users");
  Placed made = {makeTensor(value.getLoc(), nn::nameOf(value.getLoc()),
                            "constant", cast<RankedTensorType>(value.getType()),
                            constant),
                 Event()};
  set(value, made);
  return made;
}
