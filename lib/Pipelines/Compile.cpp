//===- Compile.cpp - From a model to a program ----------------------------===//
#include "rowlock/Pipelines/Compile.h"

#include "ThreadedScope.h"

#include "rowlock/Conversion/Passes.h"
#include "rowlock/Conversion/RSToProgram.h"
#include "rowlock/Dialect/NN/IR/ConstantData.h"
#include "rowlock/Dialect/NN/IR/Names.h"
#include "rowlock/Dialect/NN/Kernels/ProgramTypes.h"
#include "rowlock/Dialect/NN/Transforms/Passes.h"
#include "rowlock/Dialect/RS/IR/RS.h"
#include "rowlock/Dialect/RS/Transforms/Passes.h"
#include "rowlock/Input/InputElements.h"
#include "rowlock/Pipelines/ImposeMappings.h"
#include "rowlock/Program/ProgramWriter.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Pass/PassManager.h"
#include "mlir/Transforms/Passes.h"

using namespace mlir;
using namespace rowlock;

static LogicalResult runPasses(ModuleOp module,
                               std::vector<std::unique_ptr<Pass>> passes) {
  PassManager manager(module.getContext());
  for (std::unique_ptr<Pass> &pass : passes)
    manager.addPass(std::move(pass));
  return manager.run(module);
}

template <typename... Passes>
static LogicalResult run(ModuleOp module, Passes... passes) {
  std::vector<std::unique_ptr<Pass>> list;
  (list.push_back(std::move(passes)), ...);
  return runPasses(module, std::move(list));
}

/// Folds and fuses what was imported; null stays null.
static OwningOpRef<ModuleOp> simplify(OwningOpRef<ModuleOp> module,
                                      const TargetSpec &target) {
  if (!module)
    return nullptr;
  MLIRContext *context = module->getContext();
  context->loadDialect<rs::RSDialect>();
  (*module)->setAttr(rs::kTargetAttrName, rs::TargetAttr::get(context, target));
  if (failed(run(*module, nn::createFuseQuantization(),
                 createCanonicalizerPass(), nn::createFuseBias(),
                 nn::createFoldBatchNorm(), nn::createFoldScale(),
                 nn::createFuseBias(), nn::createFuseActivation(),
                 createCanonicalizerPass())))
    return nullptr;
  nn::makeNamesUnique(*module);
  return module;
}

OwningOpRef<ModuleOp> rowlock::importModel(StringRef path, MLIRContext *context,
                                           const TargetSpec &target,
                                           const ImportOptions &options) {
  return simplify(importONNX(path, context, options), target);
}

OwningOpRef<ModuleOp> rowlock::importModel(const ModelBytes &model,
                                           MLIRContext *context,
                                           const TargetSpec &target,
                                           const ImportOptions &options) {
  return simplify(importONNX(model, context, options), target);
}

Result<std::vector<int64_t>> rowlock::imageShape(ModuleOp module) {
  auto main = module.lookupSymbol<func::FuncOp>("main");
  std::string file;
  if (auto loc = dyn_cast<FileLineColLoc>(module.getLoc()))
    file = loc.getFilename().str() + ": ";
  if (main.getNumArguments() != 1)
    return Status::error(file + "the network has " +
                         std::to_string(main.getNumArguments()) +
                         " inputs; images serve networks with one");
  auto type = cast<RankedTensorType>(main.getArgumentTypes()[0]);
  ArrayRef<int64_t> shape = type.getShape();
  if (shape.empty())
    return Status::error(file + "the input has rank 0");
  if (shape[0] == 0)
    return Status::error(file + "the input takes no images");
  auto element = nn::programType(type.getElementType());
  if (!element || !takesNumbers(*element))
    return Status::error(file + "the input is neither float32 nor integers; "
                                "images serve only those that are");
  return std::vector<int64_t>(shape.begin() + 1, shape.end());
}

bool rowlock::needsCalibration(ModuleOp module) {
  WalkResult found = module.walk([](Operation *op) {
    bool quantized = llvm::any_of(op->getResultTypes(), [](Type type) {
      auto tensor = dyn_cast<RankedTensorType>(type);
      return tensor && isa<quant::QuantizedType>(tensor.getElementType());
    });
    return quantized ? WalkResult::interrupt() : WalkResult::advance();
  });
  return !found.wasInterrupted();
}

void rowlock::warnOfFloatLayers(ModuleOp module) {
  module.walk([](Operation *op) {
    if (isa<nn::Conv2DOp, nn::FullyConnectedOp>(op) &&
        getElementTypeOrSelf(op->getResult(0)).isF32())
      op->emitWarning() << "the layer is in float in a model that comes "
                           "quantised: the host runs it";
  });
}

LogicalResult rowlock::quantizeModel(ModuleOp module,
                                     const CalibrationTable &table, bool wide) {
  TargetSpec target = rs::getTarget(module).getSpec();
  QuantizationOptions options;
  options.psumBits = target.psum_bits;
  if (target.isFixed16())
    options.arithmetic = QuantizedArithmetic::Fixed16;
  else if (wide)
    options.arithmetic = QuantizedArithmetic::Int16;
  if (failed(quantize(module, table, options)) ||
      failed(run(module, createCanonicalizerPass())))
    return failure();
  nn::makeNamesUnique(module);
  return success();
}

LogicalResult rowlock::mapLayers(ModuleOp module, const Objectives &objectives,
                                 const MappingsFile *imposed,
                                 const std::string &cache) {
  if (failed(run(module, createNNToRS(), createCanonicalizerPass())))
    return failure();
  if (imposed)
    if (Status taken = imposeMappings(module, *imposed); !taken)
      return emitError(UnknownLoc::get(module.getContext())) << taken.message();
  ThreadedScope threads(module.getContext());
  return run(module,
             rs::createAssignMappings({printObjectives(objectives), cache}));
}

LogicalResult rowlock::lowerToCommands(ModuleOp module) {
  return run(module, rs::createLowerLayers(), rs::createAllocateGLB(),
             rs::createAllocateDRAM());
}

FailureOr<Program>
rowlock::makeProgram(ModuleOp module, const std::string &name,
                     const fb::PreprocessingT *preprocessing,
                     const std::vector<std::string> &labels) {
  FailureOr<fb::ProgramT> table = exportProgram(module);
  if (failed(table))
    return failure();
  bool takesImages = llvm::any_of(table->tensors, [](const auto &tensor) {
    return tensor->kind == fb::TensorKind::Input;
  });
  if (preprocessing && takesImages)
    table->preprocessing.push_back(
        std::make_unique<fb::PreprocessingT>(*preprocessing));
  table->labels = labels;
  Result<std::vector<uint8_t>> bytes = serialize(*table);
  if (!bytes)
    return module.emitError() << bytes.message();
  Result<Program> program = Program::fromBytes(std::move(*bytes), name);
  if (!program)
    return module.emitError() << program.message();
  return *program;
}
