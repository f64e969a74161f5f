//===- ModelTarget.cpp - Any bytes as an ONNX model -----------------------===//
//
// Imports bytes as a model and compiles it with nominal ranges; what comes out
// runs on the simulator and must be what the evaluator makes of the quantised
// network. The check of the model must agree on whether it imports. Whatever is
// wrong is one error of one line.
//
//===----------------------------------------------------------------------===//
#include "ModelValues.h"
#include "Target.h"

#include "RegisterDialects.h"

#include "rowlock/Dialect/NN/IR/Names.h"
#include "rowlock/Frontend/ONNX/LineDiagnostics.h"
#include "rowlock/Pipelines/Compile.h"
#include "rowlock/Pipelines/ModelCheck.h"
#include "rowlock/Pipelines/NetworkLayers.h"
#include "rowlock/Program/TensorLayout.h"
#include "rowlock/Program/Values.h"
#include "rowlock/Reference/Evaluator.h"
#include "rowlock/Simulator/Simulator.h"
#include "rowlock/Target/YAML/TargetYAML.h"

using namespace mlir;
using namespace rowlock;

namespace {

/// What a context says.
struct Errors {
  explicit Errors(MLIRContext &context)
      : handler(&context, [this](Diagnostic &diagnostic) {
          if (diagnostic.getSeverity() == DiagnosticSeverity::Error) {
            ++count;
            checkError(formatLine(diagnostic));
          }
          return success();
        }) {}
  int count = 0;
  ScopedDiagnosticHandler handler;
};

} // namespace

static int64_t elementsOf(Type type) {
  auto tensor = dyn_cast<RankedTensorType>(type);
  return tensor && tensor.hasStaticShape() ? tensor.getNumElements() : 0;
}

/// Products that each element of the result is the sum of.
static double productsOf(Operation *op) {
  if (!isa<nn::Conv2DOp, nn::FullyConnectedOp, nn::MatMulOp>(op))
    return 1;
  auto weights = cast<RankedTensorType>(op->getOperand(1).getType());
  if (!weights.hasStaticShape() || weights.getRank() == 0)
    return 1;
  auto sizes = weights.getShape();
  int64_t filters = isa<nn::MatMulOp>(op) ? sizes.back() : sizes.front();
  return double(elementsOf(weights)) / double(std::max<int64_t>(filters, 1));
}

/// Elements of all values, and products.
static bool isSmall(ModuleOp module, int64_t most) {
  double work = 0;
  module.walk([&](Operation *op) {
    for (Value result : op->getResults())
      work += productsOf(op) * double(elementsOf(result.getType()));
    for (Region &region : op->getRegions())
      for (Block &block : region)
        for (Value argument : block.getArguments())
          work += double(elementsOf(argument.getType()));
  });
  return work < double(most);
}

static void compare(const Program &program, Simulator &simulator,
                    func::FuncOp main) {
  std::vector<RefTensor> inputs;
  auto tensors = items(program.table().tensors());
  llvm::StringMap<uint32_t> byName;
  for (uint32_t k = 0; k < tensors.size(); ++k)
    byName[text(tensors[k]->name())] = k;
  for (auto [k, type] : llvm::enumerate(main.getArgumentTypes())) {
    inputs.push_back(patternOf(cast<RankedTensorType>(type)));
    std::vector<uint8_t> bytes = bytesOf(inputs.back());
    auto name = main.getArgAttrOfType<StringAttr>(k, nn::kNameAttr);
    Status written =
        simulator.write(byName.lookup(name), bytes.data(), bytes.size());
    check(bool(written), "input", written ? "" : written.message());
  }
  Status ran = simulator.run();
  check(bool(ran), "the program does not run", ran ? "" : ran.message());
  auto expected = Evaluator(main).run(inputs);
  check(succeeded(expected), "the evaluator fails", "");
  for (auto [k, result] : llvm::enumerate(*expected)) {
    auto name = main.getResultAttrOfType<StringAttr>(k, nn::kNameAttr);
    std::vector<uint8_t> made(byteSize(result.type));
    Status read = simulator.read(byName.lookup(name), made.data(), made.size());
    check(bool(read), "output", read ? "" : read.message());
    check(bytesOf(tensorOf(result.type, made)) == bytesOf(result),
          "the simulator differs from the evaluator", name.str());
  }
}

/// Whether every node imports, in the eyes of the check.
static std::optional<bool> checks(const ModelBytes &model,
                                  const TargetSpec &target) {
  DialectRegistry registry;
  registerAllDialects(registry);
  MLIRContext context(registry, MLIRContext::Threading::DISABLED);
  Errors errors(context);
  auto found = checkModel(model, &context, target, {}, false);
  check(succeeded(found) == (errors.count == 0), "errors of the check",
        std::to_string(errors.count));
  if (failed(found))
    return std::nullopt;
  checkTable(*found);
  checkJSON(*found);
  return found->compiles();
}

Fate rowlock::runInput(const uint8_t *data, size_t size, Depth depth) {
  static const TargetSpec target = *loadTarget("eyeriss-int8");
  const int64_t most = depth == Depth::Fuzz ? 1 << 18 : 1 << 24;
  // No model that is made up names a file in that folder.
  ModelBytes model{
      {reinterpret_cast<const char *>(data), size}, "fuzz", "/nonexistent"};
  std::optional<bool> judged = checks(model, target);
  DialectRegistry registry;
  registerAllDialects(registry);
  MLIRContext context(registry, MLIRContext::Threading::DISABLED);
  Errors errors(context);
  OwningOpRef<ModuleOp> module = importModel(model, &context, target, {});
  if (!module) {
    check(errors.count == 1, "errors of the importer",
          std::to_string(errors.count));
    return {"refused", false};
  }
  check(!judged || *judged, "the check refuses what imports", "");
  if (!isSmall(*module, most))
    return {"too large", false};
  auto compiled = [&] {
    return (!needsCalibration(*module) ||
            succeeded(quantizeModel(*module, nominalRanges(*module), false)));
  };
  Fate failed = {"not compiled", false};
  if (!compiled()) {
    check(errors.count > 0, "no error", "of the quantiser");
    return failed;
  }
  OwningOpRef<ModuleOp> judge = module->clone();
  FailureOr<Program> program = failure();
  if (succeeded(mapLayers(*module)) && succeeded(lowerToCommands(*module)))
    program = makeProgram(*module, "fuzz", nullptr, {});
  if (mlir::failed(program)) {
    check(errors.count > 0, "no error", "of the compiler");
    return failed;
  }
  auto simulator = Simulator::create(*program, {});
  check(bool(simulator), "no simulator", simulator ? "" : simulator.message());
  compare(*program, **simulator, judge->lookupSymbol<func::FuncOp>("main"));
  return {"ran", true};
}
