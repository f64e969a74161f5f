//===- LowerLayers.cpp - Layers on tensors to commands on buffers ---------===//
#include "ArrayLayer.h"
#include "HostLayer.h"
#include "LayerContext.h"

#include "rowlock/Dialect/RS/Transforms/Passes.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/SCF/IR/SCF.h"

namespace rowlock::rs {
#define GEN_PASS_DEF_LOWERLAYERS
#include "rowlock/Dialect/RS/Transforms/Passes.h.inc"
} // namespace rowlock::rs

using namespace mlir;
using namespace rowlock;

/// The `nn.name` of an argument or a result, else a name with its number.
static std::string interfaceName(DictionaryAttr attributes, StringRef fallback,
                                 size_t number) {
  if (attributes)
    if (auto name = attributes.getAs<StringAttr>(nn::kNameAttr))
      return name.str();
  return (fallback + Twine(number)).str();
}

namespace {

struct LowerLayers : rs::impl::LowerLayersBase<LowerLayers> {
  void runOnOperation() override {
    ModuleOp module = getOperation();
    rs::TargetAttr target = rs::getTarget(module);
    auto main = module.lookupSymbol<func::FuncOp>("main");
    if (!target || !main) {
      module.emitError(target ? "the module has no function @main"
                              : "the module has no rs.target");
      return signalPassFailure();
    }
    if (!main.getBody().hasOneBlock()) {
      main.emitError("@main must have one block");
      return signalPassFailure();
    }
    TargetSpec spec = target.getSpec();
    OpBuilder builder(main);
    auto commands = func::FuncOp::create(builder, main.getLoc(), "main",
                                         builder.getFunctionType({}, {}));
    builder.setInsertionPointToEnd(commands.addEntryBlock());
    rs::LayerContext context(builder, spec);
    declareInputs(main, context);
    declareOutputs(main, context);
    if (failed(lowerBody(main, context)))
      return signalPassFailure();
    func::ReturnOp::create(builder, main.getLoc());
    main.erase();
  }

  void declareInputs(func::FuncOp main, rs::LayerContext &context) {
    for (BlockArgument argument : main.getArguments()) {
      size_t number = argument.getArgNumber();
      Value tensor = context.makeTensor(
          argument.getLoc(),
          context.reserve(
              interfaceName(main.getArgAttrDict(number), "input", number)),
          "input", cast<RankedTensorType>(argument.getType()));
      context.set(argument, {tensor, rs::Event()});
    }
  }

  /// A layer's result may become an output itself; an argument, a constant or a
  /// value that is returned twice is copied at the end.
  void declareOutputs(func::FuncOp main, rs::LayerContext &context) {
    Operation *terminator = main.getBody().front().getTerminator();
    for (OpOperand &returned : terminator->getOpOperands()) {
      size_t number = returned.getOperandNumber();
      Operation *producer = returned.get().getDefiningOp();
      std::string name = context.reserve(
          interfaceName(main.getResultAttrDict(number), "output", number));
      bool direct = producer && !isa<nn::ConstantOp>(producer) &&
                    context.outputs.try_emplace(returned.get(), name).second;
      if (!direct)
        copied.push_back({&returned, name});
    }
  }

  LogicalResult lowerBody(func::FuncOp main, rs::LayerContext &context) {
    for (Operation &op : main.getBody().front().without_terminator()) {
      if (isa<nn::ConstantOp>(op))
        continue;
      if (auto conv = dyn_cast<rs::Conv2DOp>(op)) {
        if (!conv.getMapping())
          return conv.emitError("has no mapping; run rs-assign-mappings first");
        if (failed(rs::lowerArrayLayer(conv, context)))
          return failure();
        ++arrayLayers;
        continue;
      }
      if (failed(rs::lowerHostLayer(&op, context)))
        return failure();
      ++hostLayers;
    }
    for (auto &[operand, name] : copied)
      rs::copyToOutput(operand->get(), name, context);
    return success();
  }

  SmallVector<std::pair<OpOperand *, std::string>> copied;
};

} // namespace
