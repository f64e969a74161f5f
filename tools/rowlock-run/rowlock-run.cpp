//===- rowlock-run.cpp - Run a program ------------------------------------===//
#include "Display.h"
#include "Files.h"
#include "Inputs.h"
#include "Machine.h"
#include "Progress.h"

#include "rowlock/Input/Array.h"
#include "rowlock/Input/InputElements.h"
#include "rowlock/Pipelines/ArrayPicture.h"
#include "rowlock/Pipelines/Profile.h"
#include "rowlock/Pipelines/Trace.h"
#include "rowlock/Program/ProgramWriter.h"
#include "rowlock/Program/Values.h"
#include "rowlock/Runtime/Session.h"
#include "rowlock/Support/Bytes.h"

#include "llvm/Support/CommandLine.h"
#include "llvm/Support/raw_ostream.h"

#include <cstring>

using namespace rowlock;
namespace cl = llvm::cl;

static cl::OptionCategory category("Options");
static cl::opt<std::string> programFile(cl::Positional,
                                        cl::desc("<program.rlk>"), cl::Required,
                                        cl::cat(category));
static cl::list<std::string>
    inputs("input",
           cl::desc("Images for the program's input: .npy, .pb, PNG, JPEG, IDX "
                    "or a directory; once for each input"),
           cl::value_desc("file"), cl::cat(category));
static cl::opt<int64_t> most("images", cl::desc("At most so many (0: all)"),
                             cl::init(0), cl::cat(category));
static cl::list<std::string>
    outputs("output",
            cl::desc("Write an output (.npy) instead of showing it; once for "
                     "each output"),
            cl::value_desc("file"), cl::cat(category));
static cl::opt<bool> quiet("quiet", cl::desc("Do not draw pictures"),
                           cl::cat(category));

static cl::opt<bool> profiling(
    "profile",
    cl::desc("Print what each layer on the array moved, its energy and time"),
    cl::cat(category));
static cl::opt<bool> profilingPasses(
    "profile-passes",
    cl::desc("Print the same of each distinct pass: equal frame and sizes"),
    cl::cat(category));
static cl::opt<std::string>
    profileFile("profile-json", cl::desc("Write all of it to a file (JSON)"),
                cl::value_desc("file"), cl::cat(category));
static cl::opt<std::string>
    traceFile("trace",
              cl::desc("Write what engines and link did over time to a file "
                       "(JSON) that ui.perfetto.dev shows"),
              cl::value_desc("file"), cl::cat(category));
static cl::opt<std::string> shownPass(
    "show-array",
    cl::desc("Draw which PE works on which rows in pass PASS (0) of a layer: "
             "its name, or #N for layer N; needs no input"),
    cl::value_desc("layer[:pass]"), cl::cat(category));
static cl::opt<std::string>
    pictureFile("show-array-svg", cl::desc("Draw it into a file (SVG) instead"),
                cl::value_desc("file"), cl::cat(category));

static cl::opt<bool> everyCycle(
    "every-cycle",
    cl::desc("Step through every cycle instead of computing event times: slow, "
             "for small programs; of the cycles the profile has totals only, "
             "and no passes"),
    cl::cat(category));

static cl::opt<bool> noData(
    "no-data",
    cl::desc("Count and time one run without inputs and results: fast. Nothing "
             "is known of zeros; coded tensors count as raw ones"),
    cl::cat(category));

static cl::opt<bool> layersApart(
    "layers-apart",
    cl::desc("Begin no layer before those before it have ended, so that each "
             "takes the time that it takes alone"),
    cl::cat(category));
static cl::list<std::string> timingRules(
    "timing-rule",
    cl::desc("Depart from an assumption of docs/spec/timing.md to see what "
             "depends on it; docs/rationale/simulator.md lists the names"),
    cl::value_desc("name"), cl::cat(category));

static int fail(const std::string &message) {
  llvm::errs() << message << "\n";
  return 1;
}

static std::vector<float> imageFloats(const std::vector<uint8_t> &bytes,
                                      size_t unit, int64_t image) {
  std::vector<float> values(unit / 4);
  copyBytes(values.data(), bytes.data() + size_t(image) * unit, unit);
  return values;
}

static int show(const Program &program, const Session &session,
                const Images &images,
                const std::vector<std::vector<uint8_t>> &results) {
  std::vector<std::string> labels;
  for (const flatbuffers::String *label : items(program.table().labels()))
    labels.push_back(label->str());
  const PortInfo &in = session.inputs().front();
  std::vector<int64_t> shape(in.shape.begin() + 1, in.shape.end());
  size_t unit = images.values.size() / size_t(images.count);
  for (int64_t k = 0; k < images.count; ++k) {
    llvm::outs() << images.names[size_t(k)] << "\n";
    std::vector<float> picture(images.values.begin() + size_t(k) * unit,
                               images.values.begin() + size_t(k + 1) * unit);
    if (!quiet)
      llvm::outs() << drawPicture(picture, shape);
    for (size_t o = 0; o < results.size(); ++o) {
      const PortInfo &out = session.outputs()[o];
      if (out.type != fb::ElementType::F32)
        continue;
      int64_t place = out.isWhole ? k / session.batch() : k;
      std::vector<float> values =
          imageFloats(results[o], out.imageBytes(), place);
      std::vector<int64_t> sizes = out.imageShape();
      llvm::outs() << (areScores(sizes) ? listScores(values, labels)
                                        : summarize(out.name, values, sizes));
    }
  }
  return 0;
}

static int writeResults(const Session &session, int64_t images,
                        const std::vector<std::vector<uint8_t>> &results) {
  for (size_t k = 0; k < results.size(); ++k) {
    const PortInfo &port = session.outputs()[k];
    Array array;
    array.type = port.type;
    array.shape = port.imageShape();
    int64_t count = port.isWhole
                        ? (images + session.batch() - 1) / session.batch()
                        : images;
    if (count > 1 || (!port.isWhole && !port.shape.empty()))
      array.shape.insert(array.shape.begin(), count);
    array.bytes = results[k];
    if (Status written = writeNPY(outputs[k], array); !written)
      return fail(written.message());
  }
  return 0;
}

static Status writeText(const std::string &path, const std::string &text) {
  return writeFileAtomically(path, {text.begin(), text.end()});
}

static int showArray(const Program &program) {
  Result<PassName> name = parsePassName(program, shownPass);
  if (!name)
    return fail(name.message());
  Result<ArrayView> view = viewPass(program, name->layer, name->pass);
  if (!view)
    return fail(view.message());
  if (pictureFile.empty()) {
    llvm::outs() << arrayText(program, name->layer, *view);
    return 0;
  }
  Status written =
      writeText(pictureFile, arraySVG(program, name->layer, *view));
  return written ? 0 : fail(written.message());
}

static bool wantsCounts() {
  return profiling || profilingPasses || !profileFile.empty();
}

static int writeProfile(const Program &program, const Machine &machine) {
  if (profiling)
    llvm::outs() << profileTable(program, machine.counts());
  if (profilingPasses)
    llvm::outs() << (profiling ? "\n" : "")
                 << passTable(program, *machine.passes());
  if (profileFile.empty())
    return 0;
  Status written = writeText(
      profileFile, profileJSON(program, machine.counts(), machine.passes()));
  return written ? 0 : fail(written.message());
}

static int writeTrace(const Trace &trace) {
  if (trace.keptCount() < size_t(trace.sliceCount()))
    llvm::errs() << traceFile << ": " << trace.sliceCount() << " slices are "
                 << trace.keptCount()
                 << ": neighbours of a layer are drawn as one\n";
  Status written = writeText(traceFile, trace.json());
  return written ? 0 : fail(written.message());
}

static bool wantsRun() {
  return wantsCounts() || noData || !traceFile.empty() || !inputs.empty() ||
         !outputs.empty();
}

static Status checkFiles() {
  std::vector<NamedFile> read = {{"the program", programFile}}, written;
  for (const std::string &input : inputs)
    read.push_back({"--input", input});
  for (const std::string &output : outputs)
    written.push_back({"--output", output});
  written.push_back({"--profile-json", profileFile});
  written.push_back({"--trace", traceFile});
  written.push_back({"--show-array-svg", pictureFile});
  return checkDistinct(read, written);
}

/// What options ask for together, and of a program without an array.
static Status checkOptions(const Program &program) {
  if (Status distinct = checkFiles(); !distinct)
    return distinct;
  if (most < 0)
    return Status::error("--images: " + std::to_string(most) + " is below 0");
  if (!pictureFile.empty() && shownPass.empty())
    return Status::error("--show-array-svg: --show-array does not say of which "
                         "layer and pass");
  if (everyCycle && (profilingPasses || !traceFile.empty()))
    return Status::error(
        std::string(profilingPasses ? "--profile-passes" : "--trace") +
        " needs event times, which --every-cycle does without");
  if (noData && (!inputs.empty() || !outputs.empty()))
    return Status::error("--no-data goes without --input and --output");
  if (noData && !wantsCounts() && traceFile.empty())
    return Status::error(
        "--no-data asks for --profile, --profile-json or --trace");
  if (program.frameCount() == 0 && (wantsCounts() || !traceFile.empty()))
    return Status::error(programFile +
                         ": no layer runs on the array, so there "
                         "is no " +
                         (wantsCounts() ? "profile" : "trace"));
  return Status::ok();
}

static Result<std::vector<Images>> readInputs(const Program &program,
                                              const Session &session) {
  if (inputs.size() != session.inputs().size())
    return Status::error(programFile + ": the program has " +
                         std::to_string(session.inputs().size()) +
                         " inputs, got " + std::to_string(inputs.size()));
  if (inputs.empty())
    return Status::error(programFile + ": the program has no inputs");
  std::vector<Images> images;
  for (size_t k = 0; k < inputs.size(); ++k) {
    Result<Images> read =
        readInput(program, k, session.inputs()[k], inputs[k], most);
    if (!read)
      return read.takeStatus();
    if (read->count < 1)
      return Status::error(inputs[k] + ": no images");
    if (k && read->count != images[0].count)
      return Status::error(inputs[k] + ": " + std::to_string(read->count) +
                           " images, the first input has " +
                           std::to_string(images[0].count));
    images.push_back(std::move(*read));
  }
  return images;
}

/// Runs images and shows or writes the results.
static int runImages(const Program &program, Machine &machine) {
  Session session(machine.device());
  if (!outputs.empty() && outputs.size() != session.outputs().size())
    return fail(programFile + ": the program has " +
                std::to_string(session.outputs().size()) +
                " outputs, got names for " + std::to_string(outputs.size()));
  Result<std::vector<Images>> images = readInputs(program, session);
  if (!images)
    return fail(images.message());
  std::vector<std::vector<uint8_t>> data;
  for (auto [k, input] : llvm::enumerate(*images)) {
    auto elements = inputElements(input.values, session.inputs()[k].type);
    if (!elements)
      return fail(inputs[k] + ": " + elements.message());
    data.push_back(std::move(*elements));
  }
  int64_t count = images->front().count;
  Progress progress("running");
  auto results = session.run(data, count, [&](int64_t first, int64_t now) {
    machine.count();
    progress(first + now, count);
    return Status::ok();
  });
  if (!results)
    return fail(results.message());
  return outputs.empty() ? show(program, session, images->front(), *results)
                         : writeResults(session, count, *results);
}

/// Counts and times alone.
static int runWithoutData(Machine &machine) {
  if (Status ran = machine.device().run(); !ran)
    return fail(ran.message());
  machine.count();
  return 0;
}

static int runProgram(const Program &program) {
  SimulatorOptions options;
  options.everyCycle = everyCycle;
  options.data = !noData;
  options.layersApart = layersApart;
  for (const std::string &rule : timingRules)
    if (Status known = options.rules.depart(rule); !known)
      return fail("--timing-rule: " + known.message());
  Machine machine;
  if (Status created = machine.create(program, options); !created)
    return fail(created.message());
  if (wantsCounts() && !everyCycle)
    machine.watchPasses();
  Trace trace(program);
  if (!traceFile.empty())
    machine.simulator()->observe(trace);
  int failed = noData ? runWithoutData(machine) : runImages(program, machine);
  if (!failed && wantsCounts())
    failed = writeProfile(program, machine);
  if (!failed && !traceFile.empty())
    failed = writeTrace(trace);
  return failed;
}

int main(int argc, char **argv) {
  cl::HideUnrelatedOptions(category);
  cl::SetVersionPrinter(
      [](llvm::raw_ostream &os) { os << "rowlock-run 0.1.0\n"; });
  cl::ParseCommandLineOptions(
      argc, argv,
      "rowlock-run: runs a program on the accelerator model\n\n"
      "  rowlock-run mnist.rlk --input=digit.png\n"
      "  rowlock-run mnist.rlk --input=x.npy --output=y.npy\n"
      "  rowlock-run mnist.rlk --input=x.npy --profile --trace=trace.json\n"
      "  rowlock-run mnist.rlk --no-data --profile-passes\n"
      "  rowlock-run mnist.rlk --show-array=conv1:3\n");
  Result<Program> program = Program::open(programFile);
  if (!program)
    return fail(program.message());
  if (Status possible = checkOptions(*program); !possible)
    return fail(possible.message());
  if (!shownPass.empty())
    if (int failed = showArray(*program); failed || !wantsRun())
      return failed;
  return runProgram(*program);
}
