//===- ReduceMain.cpp - The tool, with any dialects -----------------------===//
#include "ReduceMain.h"

#include "Files.h"
#include "Interruption.h"
#include "ReduceProgress.h"

#include "rowlock/Frontend/ONNX/LineDiagnostics.h"
#include "rowlock/Reduce/IRTests.h"
#include "rowlock/Reduce/ReduceIR.h"
#include "rowlock/Reduce/ReduceONNX.h"

#include "mlir/IR/OwningOpRef.h"
#include "mlir/Parser/Parser.h"

#include "llvm/Support/CommandLine.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

using namespace mlir;
using namespace rowlock;
namespace cl = llvm::cl;

static cl::OptionCategory category("Options");
static cl::opt<std::string> file(cl::Positional,
                                 cl::desc("<model.onnx or IR file>"),
                                 cl::Required, cl::cat(category));
static cl::opt<std::string> output("o", cl::desc("The smallest file found"),
                                   cl::value_desc("file"), cl::Required,
                                   cl::cat(category));
static cl::opt<Symptom> symptom(
    "test", cl::desc("What the file must still do:"), cl::Required,
    cl::cat(category),
    cl::values(clEnumValN(Symptom::Crash, "crash",
                          "the same signal, or exit code above 1"),
               clEnumValN(Symptom::Error, "error",
                          "the same error, of a verifier or any other"),
               clEnumValN(Symptom::Divergence, "divergence",
                          "other numbers than the evaluator's"),
               clEnumValN(Symptom::Hang, "hang", "run into --timeout"),
               clEnumValN(Symptom::Script, "script", "end with exit code 0")));
static cl::opt<std::string>
    pattern("match",
            cl::desc("What standard error must have instead of the same words"),
            cl::value_desc("regex"), cl::cat(category));
static cl::opt<std::string>
    pipeline("pipeline",
             cl::desc("Passes to run on IR instead of a command; divergence: "
                      "evaluated before and after"),
             cl::value_desc("passes"), cl::cat(category));
static cl::opt<double>
    tolerance("tolerance",
              cl::desc("How far floats may be apart, relative above 1"),
              cl::init(1e-4), cl::cat(category));
static cl::opt<std::string>
    images("input",
           cl::desc("Images for the model's input (PNG, JPEG, NPY, IDX): "
                    "{npy} in the command is what a candidate's input has then "
                    "(without: random numbers)"),
           cl::value_desc("path"), cl::cat(category));
static cl::opt<double> timeout("timeout",
                               cl::desc("Limit of a test in seconds"),
                               cl::init(60), cl::cat(category));
// AddressSanitizer reserves terabytes of address space.
#if defined(__SANITIZE_ADDRESS__)
constexpr int64_t kMaxMemory = 0;
#else
constexpr int64_t kMaxMemory = 4096;
#endif
static cl::opt<int64_t> maxMemory("max-memory",
                                  cl::desc("Limit of a test in MiB (0: none)"),
                                  cl::init(kMaxMemory), cl::cat(category));
static cl::opt<double>
    maxSeconds("max-seconds",
               cl::desc("Stop after so long with the smallest found"),
               cl::init(0), cl::cat(category));

static int fail(const std::string &message) {
  llvm::errs() << message << "\n";
  return 1;
}

static bool isONNX() { return StringRef(file).ends_with(".onnx"); }

/// In a child: 1 after an error.
static int runOnIR(const std::string &path, MLIRContext &context) {
  LineDiagnostics lines(&context, llvm::errs());
  OwningOpRef<ModuleOp> module = parseSourceFile<ModuleOp>(path, &context);
  if (!module)
    return 1;
  if (symptom != Symptom::Divergence)
    return failed(runPipeline(*module, pipeline));
  return failed(pipeline.empty() ? compareCompiled(*module, path + ".npy")
                                 : comparePasses(*module, pipeline, tolerance));
}

static Status checkOptions(const std::vector<std::string> &command) {
  if (Status distinct = checkDistinct({{"the file", file}, {"--input", images}},
                                      {{"-o", output}});
      !distinct)
    return distinct;
  bool byPasses =
      !pipeline.empty() || (symptom == Symptom::Divergence && command.empty());
  if (!pipeline.empty() && (isONNX() || !command.empty()))
    return Status::error("rowlock-reduce: --pipeline is for IR, instead of a "
                         "command");
  if (symptom == Symptom::Script && !pipeline.empty())
    return Status::error("rowlock-reduce: --test=script needs a command");
  if (command.empty() && !byPasses)
    return Status::error("rowlock-reduce: give a command behind --" +
                         std::string(isONNX() ? "" : ", or --pipeline"));
  if (timeout <= 0 || maxMemory < 0 || maxSeconds < 0)
    return Status::error("rowlock-reduce: a limit is below 0, or --timeout 0");
  return Status::ok();
}

/// The tool of that name beside this one.
static std::string sibling(const char *argv0, StringRef name) {
  static char here;
  std::string self = llvm::sys::fs::getMainExecutable(argv0, &here);
  llvm::SmallString<128> path(llvm::sys::path::parent_path(self));
  llvm::sys::path::append(path, name);
  return path.str().str();
}

/// Takes what stands behind "--" away from the arguments.
static std::vector<std::string> takeCommand(int &argc, char **argv) {
  std::vector<std::string> command;
  for (int k = 1; k < argc; ++k)
    if (StringRef(argv[k]) == "--") {
      command.assign(argv + k + 1, argv + argc);
      argc = k;
    }
  return command;
}

int rowlock::reduceMain(int argc, char **argv, DialectRegistry &registry) {
  std::vector<std::string> command = takeCommand(argc, argv);
  cl::HideUnrelatedOptions(category);
  cl::SetVersionPrinter(
      [](llvm::raw_ostream &os) { os << "rowlock-reduce 0.1.0\n"; });
  cl::ParseCommandLineOptions(
      argc, argv,
      "rowlock-reduce: the smallest part of a model or of IR that still fails"
      "\n\n"
      "  rowlock-reduce m.onnx --test=crash -o small.onnx -- rowlock-compile "
      "{} "
      "--calibrate={npy} -o /dev/null\n"
      "  rowlock-reduce m.mlir --test=error -o small.mlir --pipeline=nn-fuse-"
      "bias\n"
      "  rowlock-reduce m.onnx --test=divergence -o small.onnx\n"
      "  rowlock-reduce m.mlir --test=script -o small.mlir -- ./shows-it {}\n");
  if (Status sound = checkOptions(command); !sound)
    return fail(sound.message());
  Interest interest(symptom, pattern);
  if (Status sound = interest.check(); !sound)
    return fail("rowlock-reduce: --match: " + sound.message());
  MLIRContext context(registry, MLIRContext::Threading::DISABLED);
  ReduceProgress progress;
  OracleOptions options;
  options.limits = {timeout, maxMemory};
  options.maxSeconds = maxSeconds;
  options.extension = isONNX() ? ".onnx" : ".mlir";
  options.output = output;
  options.interrupted = isInterrupted;
  options.progress = std::ref(progress);
  options.command = command;
  if (command.empty() && isONNX())
    options.command = {sibling(argv[0], "rowlock-compile"),
                       "{}",
                       "--calibrate={npy}",
                       "--verify",
                       "-o",
                       "/dev/null"};
  else if (command.empty())
    options.body = [&](const std::string &path) {
      return runOnIR(path, context);
    };
  catchInterruption();
  Oracle oracle(interest, options);
  Status reduced = isONNX() ? reduceONNX(file, context, {images}, oracle)
                            : reduceIR(file, context, oracle);
  progress.end();
  if (!reduced)
    return fail(reduced.message());
  llvm::outs() << output << ": " << oracle.smallest << " after "
               << oracle.tested << " tests\n";
  return isInterrupted() ? 130 : 0;
}
