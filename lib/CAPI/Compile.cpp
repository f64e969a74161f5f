//===- Compile.cpp - From models to programs ------------------------------===//
#include "Handles.h"

#include "rowlock/Frontend/ONNX/LineDiagnostics.h"
#include "rowlock/Pipelines/Calibrate.h"
#include "rowlock/Pipelines/Compile.h"
#include "rowlock/Target/YAML/TargetYAML.h"

#include "llvm/ADT/STLFunctionalExtras.h"

using namespace mlir;
using namespace rowlock;

namespace {

/// One call: a context of its own, whose diagnostics become the error.
class Compilation {
public:
  explicit Compilation(const RowlockCompileOptions &options)
      : options(options), context(MLIRContext::Threading::DISABLED),
        stream(said), lines(&context, stream) {}

  using Import = llvm::function_ref<OwningOpRef<ModuleOp>(
      MLIRContext *, const TargetSpec &, const ImportOptions &)>;
  RowlockError *run(Import import, const std::string &name,
                    RowlockProgram **program);

private:
  Status checkOptions(const TargetSpec &target) const;
  LogicalResult quantise(ModuleOp module);
  /// The error of what was said.
  RowlockError *fail() {
    RowlockError *error = capi::error(said);
    error->unknownInputs = unknownInputs;
    return error;
  }

  const RowlockCompileOptions &options;
  MLIRContext context;
  std::string said;
  llvm::raw_string_ostream stream;
  LineDiagnostics lines;
  std::vector<std::string> unknownInputs;
};

} // namespace

Status Compilation::checkOptions(const TargetSpec &target) const {
  bool onCPU = options.runsOn == ROWLOCK_RUNS_ON_CPU;
  if (onCPU && (options.table || options.images || options.wide))
    return Status::error("the CPU runs in float: it takes no calibration and "
                         "no 16-bit operands");
  if (options.wide && target.isFixed16())
    return Status::error("16-bit operands are for `int` targets; '" +
                         target.name + "' is fixed16");
  return Status::ok();
}

LogicalResult Compilation::quantise(ModuleOp module) {
  if (!needsCalibration(module))
    return success();
  if (!options.images && !options.table)
    return module.emitError() << "the model is in float: a calibration table "
                                 "or images are needed";
  if (!options.images)
    return quantizeModel(module, *options.table, options.wide);
  auto fail = [&](const Status &status) {
    return emitError(UnknownLoc::get(&context)) << status.message();
  };
  auto shape = imageShape(module);
  if (!shape)
    return fail(shape.takeStatus());
  auto images = ImageSource::open(*options.images, {}, *shape);
  if (!images)
    return fail(images.takeStatus());
  CalibrationTable table;
  if (failed(calibrate(module, *images, table)))
    return failure();
  return quantizeModel(module, table, options.wide);
}

RowlockError *Compilation::run(Import import, const std::string &name,
                               RowlockProgram **program) {
  Result<TargetSpec> target =
      options.target ? *options.target : loadTarget("eyeriss-int8");
  if (!target)
    return capi::error(target.takeStatus());
  if (Status sound = checkOptions(*target); !sound)
    return capi::error(sound);
  ImportOptions importing = options.importing;
  importing.unknownInputs = &unknownInputs;
  // In float, tensors keep the types that the model gives them.
  importing.halfAsFloat = options.runsOn == ROWLOCK_RUNS_ON_ARRAY;
  OwningOpRef<ModuleOp> module = import(&context, *target, importing);
  bool onArray = options.runsOn == ROWLOCK_RUNS_ON_ARRAY;
  if (!module ||
      (onArray && (failed(quantise(*module)) || failed(mapLayers(*module)))) ||
      failed(lowerToCommands(*module)))
    return fail();
  FailureOr<Program> made = makeProgram(*module, name, nullptr, {});
  if (failed(made))
    return fail();
  *program = capi::wrap(std::move(*made));
  return nullptr;
}

RowlockError *rowlockCompileFile(const char *path,
                                 const RowlockCompileOptions *options,
                                 RowlockProgram **program) {
  ROWLOCK_REQUIRE(program);
  *program = nullptr;
  ROWLOCK_REQUIRE(path);
  auto import = [&](MLIRContext *context, const TargetSpec &target,
                    const ImportOptions &importing) {
    return importModel(path, context, target, importing);
  };
  RowlockCompileOptions defaults;
  return Compilation(options ? *options : defaults).run(import, path, program);
}

RowlockError *rowlockCompileBytes(const void *bytes, size_t size,
                                  const char *name, const char *folder,
                                  const RowlockCompileOptions *options,
                                  RowlockProgram **program) {
  ROWLOCK_REQUIRE(program);
  *program = nullptr;
  ROWLOCK_REQUIRE(bytes);
  ModelBytes model{{static_cast<const char *>(bytes), size},
                   name ? name : "model",
                   folder ? folder : ""};
  auto import = [&](MLIRContext *context, const TargetSpec &target,
                    const ImportOptions &importing) {
    return importModel(model, context, target, importing);
  };
  RowlockCompileOptions defaults;
  return Compilation(options ? *options : defaults)
      .run(import, model.name, program);
}
