//===- rowlock-map.cpp - Mappings and machines to choose from -------------===//
#include "Files.h"
#include "Progress.h"
#include "RegisterDialects.h"

#include "rowlock/Frontend/ONNX/LineDiagnostics.h"
#include "rowlock/Pipelines/LayerFront.h"
#include "rowlock/Pipelines/Sweep.h"
#include "rowlock/Program/ProgramWriter.h"
#include "rowlock/Target/YAML/TargetYAML.h"

#include "llvm/Support/CommandLine.h"
#include "llvm/Support/raw_ostream.h"

using namespace mlir;
using namespace rowlock;
namespace cl = llvm::cl;

static cl::OptionCategory category("Options");
static cl::opt<std::string> model(cl::Positional, cl::desc("<model.onnx>"),
                                  cl::Required, cl::cat(category));
static cl::opt<bool>
    pareto("pareto",
           cl::desc("Mappings of one layer that are best in energy or latency"),
           cl::cat(category));
static cl::opt<std::string> layerName(
    "layer",
    cl::desc("The layer, as in reports, or its node or tensor of the model"),
    cl::value_desc("name"), cl::cat(category));
static cl::opt<std::string> targetName("target",
                                       cl::desc("Shipped target or YAML file"),
                                       cl::value_desc("name|file"),
                                       cl::init("eyeriss-int8"),
                                       cl::cat(category));
static cl::opt<std::string>
    sweepFile("sweep",
              cl::desc("The network on many machines: base and fields (YAML)"),
              cl::value_desc("file"), cl::cat(category));
static cl::opt<std::string> objective(
    "objective",
    cl::desc("What a sweep's mappings make least: energy, latency, edp (their "
             "product, default), dram, or a list of them"),
    cl::value_desc("names"), cl::init("edp"), cl::cat(category));
static cl::opt<std::string>
    resume("resume",
           cl::desc("Keep finished machines in a directory, and go on from it"),
           cl::value_desc("dir"), cl::cat(category));
static cl::opt<std::string>
    mappingCache("mapping-cache",
                 cl::desc("Keep a sweep's mappings in a directory for later "
                          "runs; results stay the same"),
                 cl::value_desc("dir"), cl::cat(category));
static cl::opt<int64_t> jobs("jobs",
                             cl::desc("Machines at once (0: one a core)"),
                             cl::init(0), cl::cat(category));
static cl::opt<int64_t> batch("batch", cl::desc("Images per run"), cl::init(1),
                              cl::cat(category));
static cl::opt<bool> wide("int16",
                          cl::desc("Operands of 16 bits (`int` targets)"),
                          cl::cat(category));
static cl::opt<std::string> jsonFile("json", cl::desc("Write JSON to a file"),
                                     cl::value_desc("file"), cl::cat(category));
static cl::opt<std::string> svgFile("svg", cl::desc("Draw to a file (SVG)"),
                                    cl::value_desc("file"), cl::cat(category));

static int fail(const std::string &message) {
  llvm::errs() << message << "\n";
  return 1;
}

static Status checkOptions() {
  const std::string tool = "rowlock-map: ";
  if (Status distinct =
          checkDistinct({{"the model", model},
                         {"--target", targetName},
                         {"--sweep", sweepFile}},
                        {{"--json", jsonFile}, {"--svg", svgFile}});
      !distinct)
    return Status::error(tool + distinct.message());
  if (pareto == !sweepFile.empty())
    return Status::error(tool + "give either --pareto or --sweep");
  if (pareto && layerName.empty())
    return Status::error(tool + "--pareto needs --layer");
  for (const cl::Option *option :
       {(const cl::Option *)&objective, (const cl::Option *)&resume,
        (const cl::Option *)&mappingCache, (const cl::Option *)&jobs})
    if (pareto && option->getNumOccurrences())
      return Status::error(tool + "--" + option->ArgStr.str() +
                           " is for --sweep");
  for (const cl::Option *option :
       {(const cl::Option *)&layerName, (const cl::Option *)&targetName})
    if (!pareto && option->getNumOccurrences())
      return Status::error(tool + "--" + option->ArgStr.str() +
                           " is for --pareto");
  if (batch < 1 || batch > 4096)
    return Status::error(tool + "--batch is " + std::to_string(batch) +
                         ", expected 1 to 4096");
  if (jobs < 0 || jobs > 1024)
    return Status::error(tool + "--jobs is " + std::to_string(jobs) +
                         ", expected 0 to 1024");
  return Status::ok();
}

/// Files first, so that nothing is printed where one cannot be written.
static int write(const std::string &table, const std::string &json,
                 const std::string &svg) {
  for (const auto &[file, text] :
       {std::pair(jsonFile.getValue(), &json), {svgFile.getValue(), &svg}}) {
    if (file.empty())
      continue;
    if (Status written =
            writeFileAtomically(file, {text->begin(), text->end()});
        !written)
      return fail(written.message());
  }
  llvm::outs() << table;
  return 0;
}

static int showFront(MLIRContext &context) {
  Result<TargetSpec> target = loadTarget(targetName);
  if (!target)
    return fail(target.message());
  FailureOr<Network> network = Network::import(model, &context, batch, wide);
  if (failed(network))
    return 1;
  const NetworkLayers *layers = network->layersFor(*target);
  if (!layers)
    return 1;
  Result<const NetworkLayers::Layer *> layer = layers->find(layerName);
  if (!layer)
    return fail(model + ": " + layer.message());
  Result<LayerFront> front = layerFront(model, **layer, *target);
  if (!front)
    return fail(model + ": layer '" + (*layer)->name + "': " + front.message());
  return write(frontTable(*front), frontJSON(*front), frontSVG(*front));
}

static int sweepMachines(MLIRContext &context) {
  Result<Objectives> objectives = parseObjectives(objective);
  if (!objectives)
    return fail("rowlock-map: --objective: " + objectives.message());
  Result<SweepSpec> spec = SweepSpec::open(sweepFile);
  if (!spec)
    return fail(spec.message());
  FailureOr<Network> network = Network::import(model, &context, batch, wide);
  if (failed(network))
    return 1;
  auto layers = layersFor(*network, *spec);
  if (failed(layers))
    return 1;
  Result<Sweep> sweep = [&] {
    Progress progress("machines");
    return runSweep(model, *spec, *layers, *objectives,
                    {jobs, resume, mappingCache, std::ref(progress)});
  }();
  if (!sweep)
    return fail(sweep.message());
  if (sweep->resumed)
    llvm::errs() << resume << ": " << sweep->resumed << " of "
                 << sweep->results.size() << " machines were finished\n";
  return write(sweepTable(*sweep), sweepJSON(*sweep), sweepSVG(*sweep));
}

int main(int argc, char **argv) {
  cl::HideUnrelatedOptions(category);
  cl::SetVersionPrinter(
      [](llvm::raw_ostream &os) { os << "rowlock-map 0.1.0\n"; });
  cl::ParseCommandLineOptions(
      argc, argv,
      "rowlock-map: mappings and machines to choose from\n\n"
      "  rowlock-map model.onnx --pareto --layer=conv1 --target=eyeriss-v1\n"
      "  rowlock-map model.onnx --sweep=machines.yaml --resume=DIR\n");
  if (Status sound = checkOptions(); !sound)
    return fail(sound.message());
  DialectRegistry registry;
  registerAllDialects(registry);
  MLIRContext context(registry, MLIRContext::Threading::DISABLED);
  LineDiagnostics lines(&context, llvm::errs());
  return pareto ? showFront(context) : sweepMachines(context);
}
