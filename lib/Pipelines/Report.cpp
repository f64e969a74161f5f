//===- Report.cpp - What a program costs, layer by layer ------------------===//
#include "rowlock/Pipelines/Report.h"

#include "rowlock/Program/Values.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SetVector.h"
#include "llvm/Support/Format.h"
#include "llvm/Support/raw_ostream.h"

using namespace rowlock;

static double predicted(const fb::LayerDebug *debug, const char *name) {
  for (const fb::Attribute *attribute : items(debug->predicted()))
    if (text(attribute->name()) == name) {
      if (attribute->ints() && attribute->ints()->size())
        return double(attribute->ints()->Get(0));
      if (attribute->reals() && attribute->reals()->size())
        return attribute->reals()->Get(0);
    }
  return 0;
}

namespace {

/// What the compiler expects of one layer.
struct LayerFigures {
  std::string name, kernel, shape, split;
  bool onArray = false;
  std::vector<std::string> mappings; // of its parts
  double macs = 0, weights = 0, pes = 0, passes = 0, cycles = 0, glb = 0,
         dram = 0, energy = 0;
};

/// All layers, and their sums.
struct ProgramFigures {
  std::vector<LayerFigures> layers;
  LayerFigures array; // those on the array together
  double hostMacs = 0, weights = 0;

  double timeShare(const LayerFigures &layer) const {
    return array.cycles > 0 ? 100 * layer.cycles / array.cycles : 0;
  }
  double energyShare(const LayerFigures &layer) const {
    return array.energy > 0 ? 100 * layer.energy / array.energy : 0;
  }
};

} // namespace

static std::string shapeText(const fb::Tensor *tensor) {
  std::string result;
  for (int64_t size : items(tensor->shape()))
    result += (result.empty() ? "" : "x") + std::to_string(size);
  return result;
}

static std::string shapesOf(const Program &program, const fb::Layer *layer) {
  auto tensors = items(program.table().tensors());
  std::string result;
  if (!items(layer->operands()).empty())
    result = shapeText(tensors[items(layer->operands())[0]]);
  result += " > ";
  if (!items(layer->results()).empty())
    result += shapeText(tensors[items(layer->results())[0]]);
  return result;
}

static double elementsOf(const fb::Tensor *tensor) {
  double elements = 1;
  for (int64_t size : items(tensor->shape()))
    elements *= double(size);
  return elements;
}

/// The filters of a convolution or the matrix of a product; null for others.
static const fb::Tensor *weightsOf(const Program &program,
                                   const fb::Layer *layer) {
  if (layer->kernel() != fb::Kernel::Conv &&
      layer->kernel() != fb::Kernel::ArrayConv &&
      layer->kernel() != fb::Kernel::MatMul)
    return nullptr;
  return items(program.table().tensors())[items(layer->operands())[1]];
}

/// Products of a layer on the host. The result has one dimension, its second,
/// of filters, as the weights have.
static double hostMacs(const Program &program, const fb::Layer *layer) {
  const fb::Tensor *weights = weightsOf(program, layer);
  if (!weights)
    return 0;
  const fb::Tensor *result =
      items(program.table().tensors())[items(layer->results())[0]];
  return elementsOf(result) * elementsOf(weights) /
         double(items(result->shape())[1]);
}

static LayerFigures figuresOf(const Program &program, const fb::Layer *layer,
                              const fb::LayerDebug *debug) {
  LayerFigures figures;
  figures.name = text(layer->name());
  figures.kernel = fb::EnumNameKernel(layer->kernel());
  figures.shape = shapesOf(program, layer);
  figures.macs = hostMacs(program, layer);
  if (const fb::Tensor *weights = weightsOf(program, layer))
    if (weights->kind() == fb::TensorKind::Constant)
      figures.weights = elementsOf(weights);
  if (!debug || items(debug->predicted()).empty())
    return figures;
  figures.onArray = true;
  figures.split = text(debug->split());
  llvm::SmallVector<llvm::StringRef> mappings;
  std::string all = text(debug->mapping());
  llvm::StringRef(all).split(mappings, '\n');
  for (llvm::StringRef mapping : mappings)
    figures.mappings.push_back(mapping.str());
  figures.macs = predicted(debug, "macs");
  figures.pes = predicted(debug, "active_pes");
  figures.passes = predicted(debug, "passes");
  figures.cycles = predicted(debug, "cycles");
  figures.glb = predicted(debug, "glb_bytes");
  figures.dram = predicted(debug, "dram_filter_bytes") +
                 predicted(debug, "dram_ifmap_bytes") +
                 predicted(debug, "dram_ofmap_bytes");
  figures.energy = predicted(debug, "energy");
  return figures;
}

static ProgramFigures figuresOf(const Program &program) {
  ProgramFigures all;
  std::vector<const fb::LayerDebug *> debug(
      items(program.table().layers()).size());
  for (const fb::LayerDebug *entry : items(program.table().debug()))
    debug[entry->layer()] = entry;
  uint32_t index = 0;
  for (const fb::Layer *layer : items(program.table().layers())) {
    LayerFigures figures = figuresOf(program, layer, debug[index++]);
    all.weights += figures.weights;
    if (figures.onArray) {
      all.array.macs += figures.macs;
      all.array.cycles += figures.cycles;
      all.array.glb += figures.glb;
      all.array.dram += figures.dram;
      all.array.energy += figures.energy;
    } else {
      all.hostMacs += figures.macs;
    }
    all.layers.push_back(std::move(figures));
  }
  return all;
}

std::string rowlock::layerReport(const Program &program) {
  ProgramFigures all = figuresOf(program);
  std::string result;
  llvm::raw_string_ostream out(result);
  out << "target " << program.target().name << ", core "
      << llvm::format("%g", program.target().core_mhz)
      << " MHz; estimated: from `evaluate`\n";
  out << llvm::format(
      "%-28s %-12s %-30s %12s %10s %6s %8s %12s %6s %12s %12s %14s %6s\n",
      "layer", "kernel", "shape", "MACs", "weights", "PEs", "passes", "cycles",
      "time", "GLB bytes", "DRAM bytes", "energy (MACs)", "");
  for (const LayerFigures &layer : all.layers) {
    out << llvm::format("%-28s %-12s %-30s %12.0f %10.0f", layer.name.c_str(),
                        layer.kernel.c_str(), layer.shape.c_str(), layer.macs,
                        layer.weights);
    if (!layer.onArray) {
      out << "   host\n";
      continue;
    }
    out << llvm::format(" %6.0f %8.0f %12.0f %5.1f%% %12.0f %12.0f %14.0f "
                        "%5.1f%%\n",
                        layer.pes, layer.passes, layer.cycles,
                        all.timeShare(layer), layer.glb, layer.dram,
                        layer.energy, all.energyShare(layer));
    if (layer.mappings.size() > 1)
      out << "    " << layer.mappings.size() << " parts: " << layer.split
          << "\n";
    // Parts that run alike, once.
    llvm::SetVector<llvm::StringRef> different(layer.mappings.begin(),
                                               layer.mappings.end());
    for (llvm::StringRef mapping : different)
      out << "    " << mapping << "\n";
  }
  out << llvm::format("%-28s %-12s %-30s %12.0f %10.0f %6s %8s %12.0f %6s "
                      "%12.0f %12.0f %14.0f\n",
                      "all layers", "", "", all.array.macs + all.hostMacs,
                      all.weights, "", "", all.array.cycles, "", all.array.glb,
                      all.array.dram, all.array.energy);
  return result;
}

/// "349 M", with the unit that leaves one to three digits before the point.
static std::string amount(double value) {
  const char *units[] = {"", " k", " M", " G", " T"};
  int unit = 0;
  for (; value >= 999.5 && unit < 4; ++unit)
    value /= 1000;
  std::string text;
  llvm::raw_string_ostream(text) << llvm::format("%.3g", value) << units[unit];
  return text;
}

std::string rowlock::summarize(const Program &program) {
  ProgramFigures all = figuresOf(program);
  std::vector<const LayerFigures *> onArray, inParts;
  for (const LayerFigures &layer : all.layers) {
    if (layer.onArray)
      onArray.push_back(&layer);
    if (layer.mappings.size() > 1)
      inParts.push_back(&layer);
  }
  std::string result;
  llvm::raw_string_ostream out(result);
  double macs = all.array.macs + all.hostMacs;
  double mhz = program.target().core_mhz;
  out << onArray.size() << " layers on the array of " << program.target().name
      << ", " << all.layers.size() - onArray.size() << " on the host; "
      << amount(all.array.macs) << " MACs on the array"
      << llvm::format(" (%.1f %%), ",
                      macs > 0 ? 100 * all.array.macs / macs : 0)
      << amount(all.hostMacs) << " on the host, " << amount(all.weights)
      << " weights\n";
  if (onArray.empty())
    return result;
  out << llvm::format("estimated: %.2f ms at %g MHz, ",
                      all.array.cycles / mhz / 1000, mhz)
      << amount(all.array.dram) << "B of DRAM traffic, energy of "
      << amount(all.array.energy) << " MACs\n";
  llvm::sort(onArray, [](const LayerFigures *a, const LayerFigures *b) {
    return a->cycles != b->cycles ? a->cycles > b->cycles : a < b;
  });
  double time = 100, energy = 100;
  auto line = [&](const std::string &name, double timeShare,
                  double energyShare) {
    out << llvm::format(
        "  %-40s %5.1f %% of the time, %5.1f %% of the energy\n", name.c_str(),
        timeShare, energyShare);
  };
  constexpr size_t shown = 5;
  for (size_t k = 0; k < std::min(shown, onArray.size()); ++k) {
    line(onArray[k]->name, all.timeShare(*onArray[k]),
         all.energyShare(*onArray[k]));
    time -= all.timeShare(*onArray[k]);
    energy -= all.energyShare(*onArray[k]);
  }
  if (onArray.size() > shown)
    line(std::to_string(onArray.size() - shown) + " others", time, energy);
  for (const LayerFigures *layer : inParts)
    out << "in " << layer->mappings.size() << " parts: " << layer->name << ": "
        << layer->split << "\n";
  return result;
}
