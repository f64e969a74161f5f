//===- rowlock-translate.cpp - Between the forms of a network -------------===//
#include "Dims.h"
#include "Files.h"
#include "Interpret.h"
#include "RegisterDialects.h"

#include "Check/Check.h"

#include "rowlock/Conversion/RSToProgram.h"
#include "rowlock/Frontend/ONNX/ImportONNX.h"
#include "rowlock/Frontend/ONNX/LineDiagnostics.h"
#include "rowlock/Program/Program.h"
#include "rowlock/Program/ProgramWriter.h"
#include "rowlock/Program/Text.h"

#include "mlir/IR/AsmState.h"
#include "mlir/Parser/Parser.h"

#include "llvm/Support/CommandLine.h"
#include "llvm/Support/MemoryBuffer.h"

using namespace mlir;
using namespace rowlock;
namespace cl = llvm::cl;

enum class Action {
  ImportONNX,
  Interpret,
  ExportProgram,
  Disassemble,
  Assemble
};

static cl::OptionCategory category("Options");
static cl::opt<std::string> inputFile(cl::Positional, cl::desc("<input file>"),
                                      cl::Required, cl::cat(category));
static cl::opt<Action> action(
    cl::desc("What to do:"), cl::Required, cl::cat(category),
    cl::values(clEnumValN(Action::ImportONNX, "import-onnx",
                          "Print an ONNX model as nn IR"),
               clEnumValN(Action::Interpret, "interpret",
                          "Evaluate @main of nn IR on --input files"),
               clEnumValN(Action::ExportProgram, "export-program",
                          "Write rs commands as a program file (.rlk)"),
               clEnumValN(Action::Disassemble, "disassemble",
                          "Print a program file as text"),
               clEnumValN(Action::Assemble, "assemble",
                          "Write the program file that a text stands for")));
static cl::list<std::string>
    inputs("input", cl::desc("Tensor for an argument of @main (.npy or .pb)"),
           cl::value_desc("file"), cl::CommaSeparated, cl::cat(category));
static cl::opt<std::string> output("o", cl::desc("Output file (default: -)"),
                                   cl::value_desc("file"), cl::init("-"),
                                   cl::cat(category));
static cl::list<std::string>
    outputs("output", cl::desc("Write a result of @main (.npy), not print it"),
            cl::value_desc("file"), cl::CommaSeparated, cl::cat(category));
static cl::opt<int64_t> batch("batch", cl::desc("Batch of the imported model"),
                              cl::init(1), cl::cat(category));
static cl::list<std::string>
    dims("dim", cl::desc("Size of an open dimension of the imported model"),
         cl::value_desc("name=size"), cl::cat(category));
static cl::opt<uint64_t> randomWeights(
    "random-weights",
    cl::desc("Fill the weights of ConstantOfShape nodes with random numbers"),
    cl::value_desc("seed"), cl::cat(category));
static cl::opt<bool> locations("locations", cl::desc("Print locations of IR"),
                               cl::cat(category));

static int fail(const std::string &message) {
  llvm::errs() << message << "\n";
  return 1;
}

static int writeBytes(const std::vector<uint8_t> &bytes) {
  if (output == "-") {
    llvm::outs().write(reinterpret_cast<const char *>(bytes.data()),
                       bytes.size());
    return 0;
  }
  if (Status written = writeFileAtomically(output, bytes); !written)
    return fail(written.message());
  return 0;
}

static int writeText(llvm::function_ref<void(llvm::raw_ostream &)> write) {
  std::string text;
  llvm::raw_string_ostream stream(text);
  write(stream);
  return writeBytes({text.begin(), text.end()});
}

static int printModule(ModuleOp module) {
  OpPrintingFlags flags;
  if (locations)
    flags.enableDebugInfo(true, false);
  return writeText([&](llvm::raw_ostream &os) { module.print(os, flags); });
}

static int exportToFile(ModuleOp module) {
  FailureOr<fb::ProgramT> program = exportProgram(module);
  if (failed(program))
    return 1;
  Result<std::vector<uint8_t>> bytes = serialize(*program);
  if (!bytes)
    return fail(inputFile + ": " + bytes.message());
  Result<Program> loaded = Program::fromBytes(*bytes, inputFile);
  return loaded ? writeBytes(*bytes) : fail(loaded.message());
}

static int runAssembler() {
  auto buffer = llvm::MemoryBuffer::getFileOrSTDIN(inputFile);
  if (!buffer)
    return fail(inputFile + ": " + buffer.getError().message());
  auto bytes = assemble((*buffer)->getBuffer().str());
  return bytes ? writeBytes(*bytes) : fail(inputFile + ": " + bytes.message());
}

static Result<Program> openProgram() {
  if (inputFile != "-")
    return Program::open(inputFile);
  auto buffer = llvm::MemoryBuffer::getSTDIN();
  if (!buffer)
    return Status::error("<stdin>: " + buffer.getError().message());
  llvm::StringRef bytes = (*buffer)->getBuffer();
  return Program::fromBytes({bytes.bytes_begin(), bytes.bytes_end()},
                            "<stdin>");
}

static int runDisassembler() {
  Result<Program> program = openProgram();
  if (!program)
    return fail(program.message());
  return writeText([&](llvm::raw_ostream &os) { os << disassemble(*program); });
}

int main(int argc, char **argv) {
  cl::HideUnrelatedOptions(category);
  cl::SetVersionPrinter(
      [](llvm::raw_ostream &os) { os << "rowlock-translate 0.1.0\n"; });
  cl::ParseCommandLineOptions(
      argc, argv,
      "rowlock-translate: between ONNX, IR and program files\n\n"
      "  rowlock-translate --import-onnx model.onnx -o model.mlir\n"
      "  rowlock-translate --interpret model.mlir --input=x.npy\n"
      "  rowlock-translate --disassemble model.rlk -o model.rls\n"
      "  rowlock-translate --assemble model.rls -o model.rlk\n");
  if (Status sound = checkNoPipe(inputFile); !sound)
    return fail(sound.message());
  if (action == Action::Assemble)
    return runAssembler();
  if (action == Action::Disassemble)
    return runDisassembler();
  DialectRegistry registry;
  registerAllDialects(registry);
  registry.insert<check::CheckDialect>();
  MLIRContext context(registry, MLIRContext::Threading::DISABLED);
  LineDiagnostics lines(&context, llvm::errs());
  if (action == Action::ImportONNX) {
    ImportOptions options;
    options.batch = batch;
    if (Status bound = readDims(dims, options.dims); !bound)
      return fail("rowlock-translate: " + bound.message());
    if (randomWeights.getNumOccurrences())
      options.randomWeights = randomWeights;
    OwningOpRef<ModuleOp> module = importONNX(inputFile, &context, options);
    return module ? printModule(*module) : 1;
  }
  OwningOpRef<ModuleOp> module = parseSourceFile<ModuleOp>(inputFile, &context);
  if (!module)
    return 1;
  if (action == Action::ExportProgram)
    return exportToFile(*module);
  return failed(interpret(*module, inputs, outputs, llvm::outs()));
}
