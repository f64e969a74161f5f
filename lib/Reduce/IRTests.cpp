//===- IRTests.cpp - Runs of IR that may go wrong -------------------------===//
#include "rowlock/Reduce/IRTests.h"

#include "RandomValues.h"

#include "rowlock/Dialect/NN/IR/NN.h"
#include "rowlock/Dialect/NN/IR/Names.h"
#include "rowlock/Dialect/RS/IR/RS.h"
#include "rowlock/Input/Array.h"
#include "rowlock/Pipelines/Compile.h"
#include "rowlock/Pipelines/Verify.h"
#include "rowlock/Reference/Evaluator.h"
#include "rowlock/Support/Bytes.h"
#include "rowlock/Target/YAML/TargetYAML.h"

#include "mlir/Dialect/Quant/IR/QuantTypes.h"
#include "mlir/Pass/PassManager.h"
#include "mlir/Pass/PassRegistry.h"

#include "llvm/Support/Format.h"

#include <cmath>
#include <cstring>

using namespace mlir;
using namespace rowlock;

constexpr int64_t kImages = 2; // that a compiled program runs on

static FailureOr<func::FuncOp> findMain(ModuleOp module) {
  auto main = module.lookupSymbol<func::FuncOp>("main");
  if (!main || !main.getBody().hasOneBlock())
    return module.emitError("the module has no function @main of one block");
  return main;
}

LogicalResult rowlock::runPipeline(ModuleOp module, StringRef passes) {
  std::string reason;
  llvm::raw_string_ostream stream(reason);
  PassManager manager(module.getContext());
  StringRef inside = passes;
  if (inside.consume_front("builtin.module("))
    inside = inside.drop_back();
  if (failed(parsePassPipeline(inside, manager, stream)))
    return module.emitError() << "pipeline '" << passes << "': " << reason;
  return manager.run(module);
}

static FailureOr<RefTensor> drawInput(func::FuncOp main, Type type,
                                      RandomValues &random) {
  RefTensor tensor;
  tensor.type = dyn_cast<RankedTensorType>(type);
  if (!tensor.type || !tensor.type.hasStaticShape())
    return main.emitError() << "no value of type " << type << " can be drawn";
  int64_t count = tensor.type.getNumElements();
  Type element = tensor.type.getElementType();
  if (element.isF32()) {
    tensor.floats = random.numbers(count);
    return tensor;
  }
  int64_t low = 0, high = 1;
  if (auto quantised = dyn_cast<quant::QuantizedType>(element)) {
    low = quantised.getStorageTypeMin();
    high = quantised.getStorageTypeMax();
  } else if (element.isInteger() && !element.isInteger(1)) {
    low = -100;
    high = 100;
  } else if (!element.isInteger(1)) {
    return main.emitError() << "no value of type " << type << " can be drawn";
  }
  for (int64_t k = 0; k < count; ++k)
    tensor.integers.push_back(random.integer(low, high));
  return tensor;
}

static FailureOr<std::vector<RefTensor>>
evaluateMain(ModuleOp module, const std::vector<RefTensor> &inputs) {
  FailureOr<func::FuncOp> main = findMain(module);
  if (failed(main))
    return failure();
  return Evaluator(*main).run(inputs);
}

static LogicalResult compareResults(func::FuncOp main, size_t index,
                                    const RefTensor &expected,
                                    const RefTensor &actual, double tolerance) {
  if (expected.type != actual.type)
    return main.emitError()
           << "result " << index << ": expected " << expected.type
           << ", the passes make " << actual.type;
  auto report = [&](size_t element, auto wanted, auto made) {
    std::string words;
    llvm::raw_string_ostream(words)
        << "expected " << llvm::format("%.9g", double(wanted))
        << ", the passes make " << llvm::format("%.9g", double(made));
    return main.emitError()
           << "result " << index << ", element " << element << ": " << words;
  };
  for (size_t k = 0; k < expected.integers.size(); ++k)
    if (expected.integers[k] != actual.integers[k])
      return report(k, expected.integers[k], actual.integers[k]);
  for (size_t k = 0; k < expected.floats.size(); ++k) {
    float a = expected.floats[k], b = actual.floats[k];
    bool same = a == b || (std::isnan(a) && std::isnan(b)) ||
                std::abs(double(a) - double(b)) <=
                    tolerance * std::max(1.0, std::abs(double(a)));
    if (!same)
      return report(k, a, b);
  }
  return success();
}

LogicalResult rowlock::comparePasses(ModuleOp module, StringRef passes,
                                     double tolerance) {
  FailureOr<func::FuncOp> main = findMain(module);
  if (failed(main))
    return failure();
  RandomValues random;
  std::vector<RefTensor> inputs;
  for (Type type : main->getArgumentTypes()) {
    FailureOr<RefTensor> input = drawInput(*main, type, random);
    if (failed(input))
      return failure();
    inputs.push_back(std::move(*input));
  }
  FailureOr<std::vector<RefTensor>> expected = evaluateMain(module, inputs);
  if (failed(expected) || failed(runPipeline(module, passes)))
    return failure();
  FailureOr<std::vector<RefTensor>> actual = evaluateMain(module, inputs);
  if (failed(actual))
    return failure();
  main = findMain(module);
  if (expected->size() != actual->size())
    return main->emitError() << "expected " << expected->size()
                             << " results, the passes make " << actual->size();
  for (size_t k = 0; k < expected->size(); ++k)
    if (failed(
            compareResults(*main, k, (*expected)[k], (*actual)[k], tolerance)))
      return failure();
  return success();
}

/// Quantises the one input of a function where it has to be quantised, so that
/// it takes f32 as programs do; the factor for random numbers to fill its
/// range. Leaves functions of other numbers of inputs alone.
static float quantizeInput(func::FuncOp main) {
  if (main.getNumArguments() != 1)
    return 1;
  BlockArgument input = main.getArgument(0);
  auto type = cast<RankedTensorType>(input.getType());
  auto element = dyn_cast<quant::UniformQuantizedType>(type.getElementType());
  if (!element)
    return 1;
  auto floats = RankedTensorType::get(type.getShape(),
                                      Float32Type::get(main.getContext()));
  OpBuilder builder = OpBuilder::atBlockBegin(&main.getBody().front());
  input.setType(floats);
  auto quantized = nn::QuantizeOp::create(builder, main.getLoc(), type, input);
  input.replaceAllUsesExcept(quantized.getResult(), quantized);
  main.setType(builder.getFunctionType(floats, main.getResultTypes()));
  return float(element.getScale()) *
         float(element.getStorageTypeMax() - element.getStorageTypeMin()) / 4;
}

/// Random images in a file, for an input of the shape without batch; of whole
/// numbers for one of integers.
static Result<ImageSource> drawImages(const std::vector<int64_t> &shape,
                                      int64_t batch, float factor, bool whole,
                                      const std::string &path) {
  Array array;
  array.shape = shape;
  array.shape.insert(array.shape.begin(), kImages * batch);
  std::vector<float> values = RandomValues().numbers(array.elements());
  for (float &value : values)
    value = whole ? std::floor(std::min(std::fabs(value) * 32, 100.0f))
                  : value * factor;
  array.bytes.resize(values.size() * 4);
  copyBytes(array.bytes.data(), values.data(), array.bytes.size());
  if (Status written = writeNPY(path, array); !written)
    return written;
  return ImageSource::open(path, {}, shape);
}

LogicalResult rowlock::compareCompiled(ModuleOp module,
                                       const std::string &arrays) {
  MLIRContext *context = module.getContext();
  FailureOr<func::FuncOp> main = findMain(module);
  if (failed(main))
    return failure();
  context->loadDialect<rs::RSDialect>();
  if (!module->hasAttr(rs::kTargetAttrName)) {
    Result<TargetSpec> target = loadTarget("eyeriss-int8");
    if (!target)
      return module.emitError() << target.message();
    module->setAttr(rs::kTargetAttrName, rs::TargetAttr::get(context, *target));
  }
  float factor = quantizeInput(*main);
  Result<std::vector<int64_t>> shape = imageShape(module);
  if (!shape)
    return module.emitError() << shape.message();
  auto input = cast<RankedTensorType>(main->getArgumentTypes()[0]);
  Result<ImageSource> images =
      drawImages(*shape, input.getDimSize(0), factor,
                 !input.getElementType().isF32(), arrays);
  if (!images)
    return module.emitError() << images.message();
  nn::makeNamesUnique(module);
  OwningOpRef<ModuleOp> compiled = module.clone();
  if (failed(mapLayers(*compiled)) || failed(lowerToCommands(*compiled)))
    return failure();
  FailureOr<Program> program = makeProgram(*compiled, "reduced", nullptr, {});
  if (failed(program))
    return failure();
  return success(succeeded(verifyProgram(*program, module, *images)));
}
