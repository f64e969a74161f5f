//===- IRTarget.cpp - Any text as IR --------------------------------------===//
//
// Parses and verifies text with all dialects. What is taken must print and
// parse again to the same text, and go through the passes that come before
// mappings, to a result that verifies or an error.
//
//===----------------------------------------------------------------------===//
#include "Target.h"

#include "RegisterAll.h"

#include "mlir/IR/Verifier.h"
#include "mlir/Parser/Parser.h"
#include "mlir/Pass/PassManager.h"

using namespace mlir;
using namespace rowlock;

static std::string print(ModuleOp module) {
  std::string text;
  llvm::raw_string_ostream out(text);
  module.print(out);
  return text;
}

/// No tensor is so large that folding it takes long.
static bool isSmall(ModuleOp module) {
  bool small = true;
  auto look = [&](Type type) {
    if (auto shaped = dyn_cast<ShapedType>(type)) {
      double elements = 1;
      if (shaped.hasRank())
        for (int64_t size : shaped.getShape())
          elements *= double(std::max<int64_t>(size, 1));
      small &= elements < double(1 << 18);
    }
  };
  module.walk([&](Operation *op) {
    for (Type type : op->getOperandTypes())
      look(type);
    for (Type type : op->getResultTypes())
      look(type);
  });
  return small;
}

static void runPasses(ModuleOp module) {
  PassManager manager(module.getContext());
  manager.addPass(createCanonicalizerPass());
  manager.addPass(nn::createFuseBias());
  manager.addPass(nn::createFoldBatchNorm());
  manager.addPass(nn::createFoldScale());
  manager.addPass(nn::createFuseActivation());
  manager.addPass(createCanonicalizerPass());
  manager.addPass(createNNToRS());
  (void)manager.run(module);
}

Fate rowlock::runInput(const uint8_t *data, size_t size, Depth) {
  DialectRegistry registry;
  registerAllDialects(registry);
  MLIRContext context(registry, MLIRContext::Threading::DISABLED);
  ScopedDiagnosticHandler silent(&context,
                                 [](Diagnostic &) { return success(); });
  // The parser reads up to a NUL, as files have.
  std::string text(reinterpret_cast<const char *>(data), size);
  // Bytecode is another language.
  if (StringRef(text).starts_with("ML\xefR"))
    return {"refused", false};
  OwningOpRef<ModuleOp> module = parseSourceString<ModuleOp>(text, &context);
  if (!module)
    return {"refused", false};
  std::string printed = print(*module);
  OwningOpRef<ModuleOp> again = parseSourceString<ModuleOp>(printed, &context);
  check(bool(again), "what prints does not parse", printed);
  check(print(*again) == printed, "text of the text", printed);
  if (!isSmall(*module))
    return {"parsed", true};
  runPasses(*module);
  return {"ran", true};
}
