//===- rowlock-run.cpp - Run a program ------------------------------------===//
#include "Display.h"
#include "Progress.h"

#include "rowlock/Frontend/ONNX/TensorFile.h"
#include "rowlock/Input/Array.h"
#include "rowlock/Input/Images.h"
#include "rowlock/Pipelines/Profile.h"
#include "rowlock/Program/ProgramWriter.h"
#include "rowlock/Program/Values.h"
#include "rowlock/Runtime/HostDevice.h"
#include "rowlock/Runtime/Session.h"
#include "rowlock/Simulator/Simulator.h"

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
    cl::desc("Print what each layer on the array moved, and its energy"),
    cl::cat(category));
static cl::opt<std::string>
    profileFile("profile-json", cl::desc("Write the same to a file (JSON)"),
                cl::value_desc("file"), cl::cat(category));

static cl::opt<bool> everyCycle(
    "every-cycle",
    cl::desc("Step through every cycle instead of computing event times: slow, "
             "for small programs; of the cycles the profile has totals only"),
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

/// A TensorProto as images: N x shape or shape.
static Result<Images> readProto(const std::string &path,
                                const std::vector<int64_t> &shape) {
  Result<TensorData> tensor = readTensorProto(path);
  if (!tensor)
    return tensor.takeStatus();
  if (tensor->type != DataType::Float32)
    return Status::error(path + ": the tensor is not float32");
  std::vector<int64_t> sizes = tensor->shape;
  int64_t count = 1;
  if (sizes.size() == shape.size() + 1) {
    count = sizes.front();
    sizes.erase(sizes.begin());
  }
  if (sizes != shape)
    return Status::error(path + ": the shape does not fit the input");
  Images images;
  images.count = count;
  images.values = tensor->floats();
  for (int64_t k = 0; k < count; ++k)
    images.names.push_back(path + (count > 1 ? "#" + std::to_string(k) : ""));
  return images;
}

static Result<Images> readInput(const Program &program, size_t index,
                                const PortInfo &port) {
  if (port.type != fb::ElementType::F32)
    return Status::error("input '" + port.name + "' of " + programFile +
                         " is not float32");
  std::vector<int64_t> shape(port.shape.begin() + (port.shape.empty() ? 0 : 1),
                             port.shape.end());
  if (llvm::StringRef(inputs[index]).ends_with(".pb"))
    return readProto(inputs[index], shape);
  fb::PreprocessingT how;
  for (const fb::Preprocessing *entry : items(program.table().preprocessing()))
    if (entry->input() == index)
      entry->UnPackTo(&how);
  return readImages(inputs[index], how, shape, most);
}

static std::vector<float> imageFloats(const std::vector<uint8_t> &bytes,
                                      size_t unit, int64_t image) {
  std::vector<float> values(unit / 4);
  std::memcpy(values.data(), bytes.data() + size_t(image) * unit, unit);
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
      std::vector<float> values = imageFloats(results[o], out.imageBytes(), k);
      std::vector<int64_t> sizes(out.shape.begin() + !out.shape.empty(),
                                 out.shape.end());
      llvm::outs() << (areScores(sizes) ? listScores(values, labels)
                                        : summarize(out.name, values, sizes));
    }
  }
  return 0;
}

static int writeResults(const Session &session, int64_t images,
                        const std::vector<std::vector<uint8_t>> &results) {
  if (outputs.size() != results.size())
    return fail("the program has " + std::to_string(results.size()) +
                " outputs, got names for " + std::to_string(outputs.size()));
  for (size_t k = 0; k < results.size(); ++k) {
    const PortInfo &port = session.outputs()[k];
    Array array;
    array.type = port.type;
    array.shape = port.shape;
    if (!array.shape.empty())
      array.shape[0] = images;
    array.bytes = results[k];
    if (Status written = writeNPY(outputs[k], array); !written)
      return fail(written.message());
  }
  return 0;
}

namespace {

/// Programs of host commands alone need no machine.
class Machine {
public:
  Status create(const Program &program) {
    if (program.frameCount() > 0) {
      SimulatorOptions options;
      options.everyCycle = everyCycle;
      options.data = !noData;
      options.layersApart = layersApart;
      for (const std::string &rule : timingRules)
        if (Status known = options.rules.depart(rule); !known)
          return Status::error("--timing-rule: " + known.message());
      auto made = Simulator::create(program, options);
      if (!made)
        return made.takeStatus();
      simulator = std::move(*made);
      return Status::ok();
    }
    auto made = HostDevice::create(program);
    if (!made)
      return made.takeStatus();
    host = std::make_unique<HostDevice>(std::move(*made));
    return Status::ok();
  }
  Device &device() {
    return simulator ? static_cast<Device &>(*simulator) : *host;
  }
  /// Adds what the last run moved.
  void count() {
    if (!simulator)
      return;
    counts.resize(simulator->layerCounts().size());
    for (size_t k = 0; k < counts.size(); ++k)
      counts[k] += simulator->layerCounts()[k];
  }

  std::vector<EventCounts> counts; // by layer; none without a simulator

private:
  std::unique_ptr<Simulator> simulator;
  std::unique_ptr<HostDevice> host;
};

} // namespace

static int writeProfile(const Program &program, const Machine &machine) {
  if (machine.counts.empty())
    return fail(programFile + ": no layer runs on the array, so there is no "
                              "profile");
  if (profiling)
    llvm::outs() << profileTable(program, machine.counts);
  if (profileFile.empty())
    return 0;
  std::string text = profileJSON(program, machine.counts);
  Status written = writeFileAtomically(profileFile, {text.begin(), text.end()});
  return written ? 0 : fail(written.message());
}

/// Counts and times alone.
static int runWithoutData(const Program &program, Machine &machine) {
  if (!inputs.empty() || !outputs.empty())
    return fail("--no-data goes without --input and --output");
  if (!profiling && profileFile.empty())
    return fail("--no-data asks for --profile or --profile-json");
  if (program.frameCount() > 0) {
    if (Status ran = machine.device().run(); !ran)
      return fail(ran.message());
    machine.count();
  }
  return writeProfile(program, machine);
}

int main(int argc, char **argv) {
  cl::HideUnrelatedOptions(category);
  cl::SetVersionPrinter(
      [](llvm::raw_ostream &os) { os << "rowlock-run 0.1.0\n"; });
  cl::ParseCommandLineOptions(
      argc, argv,
      "rowlock-run: runs a program on the accelerator model\n\n"
      "  rowlock-run mnist.rlk --input=digit.png\n"
      "  rowlock-run mnist.rlk --input=x.npy --output=y.npy\n");
  Result<Program> program = Program::open(programFile);
  if (!program)
    return fail(program.message());
  Machine machine;
  if (Status created = machine.create(*program); !created)
    return fail(created.message());
  if (noData)
    return runWithoutData(*program, machine);
  Session session(machine.device());
  if (inputs.size() != session.inputs().size())
    return fail(programFile + ": the program has " +
                std::to_string(session.inputs().size()) + " inputs, got " +
                std::to_string(inputs.size()));
  std::vector<std::vector<uint8_t>> data;
  std::vector<Images> images;
  for (size_t k = 0; k < inputs.size(); ++k) {
    Result<Images> read = readInput(*program, k, session.inputs()[k]);
    if (!read)
      return fail(read.message());
    if (read->count < 1)
      return fail(inputs[k] + ": no images");
    if (k && read->count != images[0].count)
      return fail(inputs[k] + ": " + std::to_string(read->count) +
                  " images, the first input has " +
                  std::to_string(images[0].count));
    data.emplace_back(read->values.size() * 4);
    std::memcpy(data.back().data(), read->values.data(), data.back().size());
    images.push_back(std::move(*read));
  }
  Progress progress("running");
  auto results =
      session.run(data, images[0].count, [&](int64_t first, int64_t count) {
        machine.count();
        progress(first + count, images[0].count);
        return Status::ok();
      });
  if (!results)
    return fail(results.message());
  int failed = outputs.empty()
                   ? show(*program, session, images[0], *results)
                   : writeResults(session, images[0].count, *results);
  if (failed || (!profiling && profileFile.empty()))
    return failed;
  return writeProfile(*program, machine);
}
