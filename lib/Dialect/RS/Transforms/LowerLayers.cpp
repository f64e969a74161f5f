//===- LowerLayers.cpp - Layers on tensors to commands on buffers ---------===//
#include "ArrayLayer.h"
#include "HostLayer.h"
#include "LayerContext.h"

#include "rowlock/Dialect/RS/Transforms/Passes.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/SCF/IR/SCF.h"

#include "llvm/ADT/StringMap.h"

namespace rowlock::rs {
#define GEN_PASS_DEF_LOWERLAYERS
#include "rowlock/Dialect/RS/Transforms/Passes.h.inc"
} // namespace rowlock::rs

using namespace mlir;
using namespace rowlock;

/// Gives every argument and result without an `nn.name`, or with one that is
/// taken, a name of its own.
static void completeInterfaceNames(func::FuncOp main) {
  llvm::StringSet<> taken;
  auto unique = [&](StringAttr given, StringRef fallback, unsigned number) {
    std::string base = given ? given.str() : (fallback + Twine(number)).str();
    std::string name = base;
    for (int64_t k = 1; !taken.insert(name).second; ++k)
      name = base + "." + std::to_string(k);
    return StringAttr::get(main.getContext(), name);
  };
  for (unsigned k = 0; k < main.getNumArguments(); ++k)
    main.setArgAttr(k, nn::kNameAttr,
                    unique(main.getArgAttrOfType<StringAttr>(k, nn::kNameAttr),
                           "input", k));
  for (unsigned k = 0; k < main.getNumResults(); ++k)
    main.setResultAttr(
        k, nn::kNameAttr,
        unique(main.getResultAttrOfType<StringAttr>(k, nn::kNameAttr), "output",
               k));
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
    completeInterfaceNames(main);
    nn::makeNamesUnique(main);
    rs::LayerContext context(builder, spec, main);
    declareInputs(main, context);
    declareOutputs(main, context);
    if (failed(lowerBody(main, context)))
      return signalPassFailure();
    func::ReturnOp::create(builder, main.getLoc());
    orderOutputs(main, commands);
    main.erase();
  }

  void declareInputs(func::FuncOp main, rs::LayerContext &context) {
    for (BlockArgument argument : main.getArguments()) {
      size_t number = argument.getArgNumber();
      auto name = main.getArgAttrOfType<StringAttr>(number, nn::kNameAttr);
      Value tensor =
          context.makeTensor(argument.getLoc(), name, "input",
                             cast<RankedTensorType>(argument.getType()));
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
      auto name = main.getResultAttrOfType<StringAttr>(number, nn::kNameAttr);
      bool direct =
          producer && !isa<nn::ConstantOp>(producer) &&
          context.outputs.try_emplace(returned.get(), name.str()).second;
      if (!direct)
        copied.push_back({&returned, name.str()});
    }
  }

  LogicalResult lowerBody(func::FuncOp main, rs::LayerContext &context) {
    for (Operation &op : main.getBody().front().without_terminator()) {
      if (isa<nn::ConstantOp>(op))
        continue;
      if (auto conv = dyn_cast<rs::Conv2DOp>(op)) {
        if (rs::getMappings(conv).empty())
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

  /// Outputs are declared in the order of @main's results, whichever layer
  /// comes first.
  void orderOutputs(func::FuncOp main, func::FuncOp commands) {
    llvm::StringMap<Operation *> outputs;
    commands.walk([&](rs::TensorOp tensor) {
      if (tensor.getKind() == "output")
        outputs[tensor.getName()] = tensor;
    });
    Operation *next = nullptr;
    for (unsigned k = main.getNumResults(); k-- > 0;) {
      Operation *output =
          outputs[main.getResultAttrOfType<StringAttr>(k, nn::kNameAttr)];
      if (next && !output->isBeforeInBlock(next))
        output->moveBefore(next);
      next = output;
    }
  }

  SmallVector<std::pair<OpOperand *, std::string>> copied;
};

} // namespace
