//===- rowlock-compile.cpp - Compile a model ------------------------------===//
#include "Dims.h"
#include "Files.h"
#include "Progress.h"
#include "ReduceDivergence.h"
#include "RegisterDialects.h"

#include "rowlock/Frontend/ONNX/LineDiagnostics.h"
#include "rowlock/Pipelines/Calibrate.h"
#include "rowlock/Pipelines/Compile.h"
#include "rowlock/Pipelines/ExplainMappings.h"
#include "rowlock/Pipelines/ImposeMappings.h"
#include "rowlock/Pipelines/ModelCheck.h"
#include "rowlock/Pipelines/PreprocessingYAML.h"
#include "rowlock/Pipelines/Report.h"
#include "rowlock/Pipelines/Verify.h"
#include "rowlock/Program/ProgramWriter.h"
#include "rowlock/Program/Text.h"
#include "rowlock/Target/YAML/TargetYAML.h"

#include "llvm/Support/CommandLine.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/raw_ostream.h"

using namespace mlir;
using namespace rowlock;
namespace cl = llvm::cl;

enum class Runs { Array, CPU };
enum class CheckForm { None, Table, JSON };
enum class Emit { Binary, NN, RS, Commands, Program, Report };

static cl::OptionCategory category("Options");
static cl::opt<std::string> model(cl::Positional, cl::desc("<model.onnx>"),
                                  cl::Required, cl::cat(category));
static cl::opt<std::string> targetName("target",
                                       cl::desc("Shipped target or YAML file"),
                                       cl::value_desc("name|file"),
                                       cl::init("eyeriss-int8"),
                                       cl::cat(category));
static cl::opt<std::string>
    output("o", cl::desc("Output file; - prints what --emit makes"),
           cl::value_desc("file"), cl::cat(category));
static cl::opt<Emit> emit(
    "emit", cl::desc("What to write:"), cl::init(Emit::Binary),
    cl::cat(category),
    cl::values(clEnumValN(Emit::Binary, "rlk", "program file (default)"),
               clEnumValN(Emit::NN, "nn", "quantised layers"),
               clEnumValN(Emit::RS, "rs", "layers with mappings"),
               clEnumValN(Emit::Commands, "commands", "loop nests of commands"),
               clEnumValN(Emit::Program, "program", "program file as text"),
               clEnumValN(Emit::Report, "report", "cost of every layer")));
static cl::opt<CheckForm> checking(
    "check",
    cl::desc("Print what becomes of every node (docs/checking.md), compile "
             "nothing; needs no calibration, exit code 1 if a node is not "
             "supported:"),
    cl::init(CheckForm::None), cl::ValueOptional, cl::cat(category),
    cl::values(clEnumValN(CheckForm::Table, "table", "as a table (default)"),
               clEnumValN(CheckForm::Table, "", ""),
               clEnumValN(CheckForm::JSON, "json", "for programs")));
static cl::opt<Runs> device(
    "device", cl::desc("What runs the layers:"), cl::init(Runs::Array),
    cl::cat(category),
    cl::values(clEnumValN(Runs::Array, "array",
                          "the array, quantised, and the host (default)"),
               clEnumValN(Runs::CPU, "cpu",
                          "the host alone, in float; no calibration")));
static cl::opt<std::string>
    calibration("calibrate",
                cl::desc("Images that calibrate: a directory or a file (PNG, "
                         "JPEG, NPY, IDX)"),
                cl::value_desc("path"), cl::cat(category));
static cl::opt<int64_t>
    calibrationImages("calibration-images",
                      cl::desc("At most so many images (0: all)"),
                      cl::init(1000), cl::cat(category));
static cl::opt<std::string>
    tableFile("calibration-table",
              cl::desc("Ranges from a file instead of images (YAML)"),
              cl::value_desc("file"), cl::cat(category));
static cl::opt<std::string>
    saveTable("save-calibration", cl::desc("Write the ranges to a file (YAML)"),
              cl::value_desc("file"), cl::cat(category));
static cl::opt<std::string> preprocessFile(
    "preprocess",
    cl::desc("How pictures become inputs (YAML); kept in the program"),
    cl::value_desc("file"), cl::cat(category));
static cl::opt<std::string>
    labelsFile("labels", cl::desc("Names of the classes, one a line"),
               cl::value_desc("file"), cl::cat(category));
static cl::opt<int64_t> batch("batch",
                              cl::desc("Images per run of the program"),
                              cl::init(1), cl::cat(category));
static cl::list<std::string> dims(
    "dim",
    cl::desc("Size of a dimension that the model leaves open, by its name or "
             "as input[2]; once for each"),
    cl::value_desc("name=size"), cl::cat(category));
static cl::opt<uint64_t> randomWeights(
    "random-weights",
    cl::desc("Fill the weights of ConstantOfShape nodes (published topologies) "
             "with reproducible random numbers"),
    cl::value_desc("seed"), cl::cat(category));
static cl::opt<bool> wide("int16",
                          cl::desc("Operands of 16 bits (`int` targets)"),
                          cl::cat(category));
static cl::opt<std::string> objective(
    "objective",
    cl::desc("What the mappings make least: energy, latency, edp (their "
             "product, default), dram, or a list of them"),
    cl::value_desc("names"), cl::init("edp"), cl::cat(category));
static cl::opt<std::string>
    mappingsFile("mapping",
                 cl::desc("Mappings by hand for the layers that a file names "
                          "(YAML, docs/mappings.md); others are searched"),
                 cl::value_desc("file"), cl::cat(category));
static cl::opt<std::string>
    saveMappings("save-mappings",
                 cl::desc("Write the mappings of all layers to a file (YAML)"),
                 cl::value_desc("file"), cl::cat(category));
static cl::opt<std::string> explained(
    "explain-mapping",
    cl::desc("Print what bounds the layers, or one, and what a better machine "
             "would change; without -o nothing is written"),
    cl::value_desc("layer"), cl::ValueOptional, cl::cat(category));
static cl::opt<std::string>
    mappingCache("mapping-cache",
                 cl::desc("Keep found mappings in a directory for later runs; "
                          "results stay the same"),
                 cl::value_desc("dir"), cl::cat(category));
static cl::opt<bool>
    verifying("verify",
              cl::desc("Run the program on `sim` with calibration images and "
                       "compare every tensor with the evaluator"),
              cl::cat(category));
static cl::opt<std::string>
    reduced("reduce",
            cl::desc("Where --verify finds a divergence: write the smallest "
                     "part of the model that diverges, and its images (.npy)"),
            cl::value_desc("file"), cl::cat(category));
static cl::opt<bool> quiet("quiet", cl::desc("No summary at the end"),
                           cl::cat(category));
static cl::opt<int64_t> verifyImages("verify-images",
                                     cl::desc("At most so many for --verify"),
                                     cl::init(10), cl::cat(category));

static int fail(const std::string &message) {
  llvm::errs() << message << "\n";
  return 1;
}

static Status write(const std::string &text) {
  if (output == "-") {
    llvm::outs() << text;
    return Status::ok();
  }
  return writeFileAtomically(output, {text.begin(), text.end()});
}

/// With locations: they name the layers.
static std::string print(ModuleOp module) {
  std::string text;
  llvm::raw_string_ostream out(text);
  module.print(out, OpPrintingFlags().enableDebugInfo());
  out << "\n";
  return text;
}

static Result<std::vector<std::string>> readLabels() {
  std::vector<std::string> labels;
  if (labelsFile.empty())
    return labels;
  auto buffer = llvm::MemoryBuffer::getFile(labelsFile, /*IsText=*/true);
  if (!buffer)
    return Status::error(labelsFile + ": " + buffer.getError().message());
  SmallVector<StringRef> lines;
  (*buffer)->getBuffer().split(lines, '\n');
  for (StringRef line : lines)
    labels.push_back(line.trim().str());
  while (!labels.empty() && labels.back().empty())
    labels.pop_back();
  return labels;
}

namespace {

/// One run of the tool, stage by stage.
class Compilation {
public:
  Compilation(MLIRContext &context, std::vector<std::string> verifyCommand)
      : context(context), verifyCommand(std::move(verifyCommand)) {}
  int run();

private:
  Status checkOptions();
  int prepare();
  int checkNodes(const ImportOptions &importing);
  /// The calibration images, as inputs of the module.
  Result<ImageSource> openImages(ModuleOp module, int64_t most);
  int quantise(ModuleOp module);
  /// Gives every layer its mapping.
  int map(ModuleOp module);
  int finish(ModuleOp module);
  int check(const Program &program, ModuleOp quantised);
  /// After a divergence; 1.
  int reduce();

  MLIRContext &context;
  std::vector<std::string> verifyCommand;
  TargetSpec target;
  Objectives objectives;
  std::optional<MappingsFile> imposed;
  fb::PreprocessingT preprocessing;
  std::vector<std::string> labels;
};

} // namespace

/// Options about mappings, which come after --emit=nn and not with
/// --device=cpu.
static bool asksForMappings() {
  return !mappingsFile.empty() || !saveMappings.empty() ||
         !mappingCache.empty() || explained.getNumOccurrences();
}

static Status checkFiles() {
  return checkDistinct({{"the model", model},
                        {"--target", targetName},
                        {"--calibrate", calibration},
                        {"--calibration-table", tableFile},
                        {"--preprocess", preprocessFile},
                        {"--labels", labelsFile},
                        {"--mapping", mappingsFile}},
                       {{"-o", output == "-" ? "" : output.getValue()},
                        {"--save-calibration", saveTable},
                        {"--save-mappings", saveMappings},
                        {"--reduce", reduced}});
}

Status Compilation::checkOptions() {
  if (Status distinct = checkFiles(); !distinct)
    return distinct;
  if (batch < 1 || batch > 4096)
    return Status::error("rowlock-compile: --batch is " +
                         std::to_string(batch) + ", expected 1 to 4096");
  if (checking != CheckForm::None)
    return Status::ok();
  if (output.empty() &&
      (!explained.getNumOccurrences() || verifying || emit.getNumOccurrences()))
    return Status::error("rowlock-compile: -o is missing");
  if (emit == Emit::Binary && output == "-")
    return Status::error("rowlock-compile: a program file goes to a file; use "
                         "--emit=program to print it");
  if (device == Runs::CPU &&
      (emit == Emit::RS || verifying || wide || !calibration.empty() ||
       !tableFile.empty() || objective.getNumOccurrences() ||
       asksForMappings()))
    return Status::error(
        "rowlock-compile: --device=cpu runs in float: it takes no calibration, "
        "--verify, --int16, --objective, mappings or --emit=rs");
  if (emit == Emit::NN && asksForMappings())
    return Status::error("rowlock-compile: --emit=nn comes before mappings");
  if (verifying && calibration.empty())
    return Status::error("rowlock-compile: --verify needs images; give "
                         "--calibrate");
  if (!reduced.empty() && !verifying)
    return Status::error("rowlock-compile: --reduce goes with --verify");
  return Status::ok();
}

int Compilation::prepare() {
  if (Status sound = checkOptions(); !sound)
    return fail(sound.message());
  Result<TargetSpec> loaded = loadTarget(targetName);
  if (!loaded)
    return fail(loaded.message());
  target = *loaded;
  if (wide && target.isFixed16())
    return fail("rowlock-compile: --int16 is for `int` targets; '" +
                target.name + "' is fixed16");
  if (!preprocessFile.empty()) {
    auto spec = openPreprocessing(preprocessFile);
    if (!spec)
      return fail(spec.message());
    preprocessing = *spec;
  }
  Result<Objectives> parsed = parseObjectives(objective);
  if (!parsed)
    return fail("rowlock-compile: --objective: " + parsed.message());
  objectives = *parsed;
  if (!mappingsFile.empty()) {
    auto opened = openMappings(mappingsFile);
    if (!opened)
      return fail(opened.message());
    imposed = std::move(*opened);
  }
  auto read = readLabels();
  if (!read)
    return fail(read.message());
  labels = *read;
  return 0;
}

Result<ImageSource> Compilation::openImages(ModuleOp module, int64_t most) {
  auto shape = imageShape(module);
  if (!shape)
    return shape.takeStatus();
  return ImageSource::open(calibration, preprocessing, *shape, most);
}

int Compilation::quantise(ModuleOp module) {
  if (!needsCalibration(module)) {
    warnOfFloatLayers(module);
    return 0;
  }
  if (calibration.empty() && tableFile.empty())
    return fail(model + ": the model is in float; give images with --calibrate "
                        "or ranges with --calibration-table, or run it on the "
                        "host with --device=cpu");
  CalibrationTable table;
  if (!tableFile.empty()) {
    auto opened = CalibrationTable::open(tableFile);
    if (!opened)
      return fail(opened.message());
    table = *opened;
  } else {
    auto images = openImages(module, calibrationImages);
    if (!images)
      return fail(images.message());
    Progress progress("calibrating");
    if (failed(calibrate(module, *images, table, std::ref(progress))))
      return 1;
  }
  if (!saveTable.empty()) {
    std::string text = table.write();
    if (Status saved =
            writeFileAtomically(saveTable, {text.begin(), text.end()});
        !saved)
      return fail(saved.message());
  }
  return failed(quantizeModel(module, table, wide));
}

int Compilation::map(ModuleOp module) {
  if (failed(mapLayers(module, objectives, imposed ? &*imposed : nullptr,
                       mappingCache)))
    return 1;
  if (!saveMappings.empty()) {
    std::string text = writeMappings(mappingsOf(module));
    if (Status saved =
            writeFileAtomically(saveMappings, {text.begin(), text.end()});
        !saved)
      return fail(saved.message());
  }
  if (!explained.getNumOccurrences())
    return 0;
  auto explanation = explainMappings(module, objectives, explained);
  if (!explanation)
    return fail("rowlock-compile: --explain-mapping: " + explanation.message());
  llvm::outs() << *explanation;
  return 0;
}

int Compilation::check(const Program &program, ModuleOp quantised) {
  auto images = openImages(quantised, verifyImages);
  if (!images)
    return fail(images.message());
  Progress progress("verifying");
  auto counts = verifyProgram(program, quantised, *images, std::ref(progress));
  if (failed(counts))
    return reduce();
  llvm::errs() << "verified: " << counts->images << " images, "
               << counts->tensors << " tensors, " << counts->elements
               << " elements equal\n";
  if (counts->wraps)
    llvm::errs() << "warning: " << counts->wraps
                 << " psums in 16-bit fixed point wrapped\n";
  return 0;
}

int Compilation::reduce() {
  if (!reduced.empty())
    reduceDivergence(model, verifyCommand, reduced,
                     {calibration, preprocessing, verifyImages, batch},
                     context);
  return 1;
}

int Compilation::finish(ModuleOp module) {
  OwningOpRef<ModuleOp> quantised;
  if (verifying)
    quantised = module.clone();
  if (device == Runs::Array && map(module))
    return 1;
  if (output.empty())
    return 0;
  if (emit == Emit::RS) {
    Status written = write(print(module));
    return written ? 0 : fail(written.message());
  }
  if (failed(lowerToCommands(module)))
    return 1;
  if (emit == Emit::Commands) {
    Status written = write(print(module));
    return written ? 0 : fail(written.message());
  }
  auto program = makeProgram(module, model, &preprocessing, labels);
  if (failed(program))
    return 1;
  if (verifying && check(*program, *quantised))
    return 1;
  ByteSpan bytes = program->bytes();
  Status written =
      emit == Emit::Report ? write(layerReport(*program))
      : emit == Emit::Program
          ? write(disassemble(*program))
          : writeFileAtomically(output, {bytes.begin(), bytes.end()});
  if (!written)
    return fail(written.message());
  if (emit == Emit::Binary && !quiet)
    llvm::outs() << output << ": " << summarize(*program);
  return 0;
}

int Compilation::checkNodes(const ImportOptions &importing) {
  auto check = checkModel(model, &context, target, importing, wide);
  if (failed(check))
    return 1;
  std::string text =
      checking == CheckForm::JSON ? checkJSON(*check) : checkTable(*check);
  if (output.empty())
    llvm::outs() << text;
  else if (Status written = write(text); !written)
    return fail(written.message());
  return check->compiles() ? 0 : 1;
}

int Compilation::run() {
  if (prepare())
    return 1;
  ImportOptions importing;
  importing.batch = batch;
  if (Status bound = readDims(dims, importing.dims); !bound)
    return fail("rowlock-compile: " + bound.message());
  if (randomWeights.getNumOccurrences())
    importing.randomWeights = randomWeights;
  if (checking != CheckForm::None)
    return checkNodes(importing);
  OwningOpRef<ModuleOp> module =
      importModel(model, &context, target, importing);
  if (!module || (device == Runs::Array && quantise(*module)))
    return 1;
  if (emit != Emit::NN)
    return finish(*module);
  Status written = write(print(*module));
  return written ? 0 : fail(written.message());
}

int main(int argc, char **argv) {
  cl::HideUnrelatedOptions(category);
  cl::SetVersionPrinter(
      [](llvm::raw_ostream &os) { os << "rowlock-compile 0.1.0\n"; });
  cl::ParseCommandLineOptions(
      argc, argv,
      "rowlock-compile: an ONNX model to a program for a row-stationary "
      "accelerator\n\n"
      "  rowlock-compile mnist-8.onnx --target=eyeriss-int8 --calibrate=DIR -o "
      "mnist.rlk\n"
      "  rowlock-compile mnist-8.onnx --calibration-table=mnist.yaml "
      "--emit=report -o -\n");
  DialectRegistry registry;
  registerAllDialects(registry);
  MLIRContext context(registry, MLIRContext::Threading::DISABLED);
  LineDiagnostics lines(&context, llvm::errs());
  return Compilation(context, verifyCommand(argc, argv, model)).run();
}
