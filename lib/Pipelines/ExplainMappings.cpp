//===- ExplainMappings.cpp - What bounds a layer --------------------------===//
#include "rowlock/Pipelines/ExplainMappings.h"

#include "ConvLayers.h"
#include "MappingExplanation.h"
#include "TextTable.h"
#include "ThreadedScope.h"

#include "mlir/IR/Threading.h"

#include "llvm/ADT/StringExtras.h"

#include <cmath>
#include <memory>

using namespace mlir;
using namespace rowlock;

namespace {

/// Parts that run alike, of one or more layers.
struct Alike {
  LayerShape shape;
  Mapping mapping;
  std::vector<std::string> names;
  std::unique_ptr<MappingExplanation> explanation;
};

} // namespace

/// The parts of a layer to those that run alike.
static void collect(ConvLayer &layer, std::vector<Alike> &all) {
  SmallVector<rs::MappingAttrInterface> mappings = rs::getMappings(layer.op);
  for (auto [k, part] : llvm::enumerate(layer.parts)) {
    Mapping mapping = cast<rs::MappingAttr>(mappings[k]).getMapping();
    auto known = llvm::find_if(all, [&, &part = part](const Alike &alike) {
      return alike.shape == part.shape && alike.mapping == mapping;
    });
    if (known == all.end()) {
      all.push_back({part.shape, mapping, {}, nullptr});
      known = std::prev(all.end());
    }
    known->names.push_back(layer.name + (layer.parts.size() > 1
                                             ? " part " + std::to_string(k)
                                             : ""));
  }
}

static std::string shapeText(const LayerShape &layer) {
  auto text = [](int64_t value) { return std::to_string(value); };
  return text(layer.batch) + " x " + text(layer.channels * layer.groups) +
         " x " + text(layer.height) + " x " + text(layer.width) +
         " with padding, " + text(layer.filters) + " filters of " +
         text(layer.channels) + " x " + text(layer.filterHeight) + " x " +
         text(layer.filterWidth) +
         (layer.groups > 1 ? " in " + text(layer.groups) + " groups" : "") +
         ", strides " + text(layer.strideY) + " x " + text(layer.strideX) +
         ", ofmap " + text(layer.ofmapHeight()) + " x " +
         text(layer.ofmapWidth()) + ", " + text(layer.macs()) + " MACs";
}

/// A line for each kind of part.
static std::string overview(const std::vector<Alike> &all,
                            const TargetSpec &target) {
  double cycles = 0;
  for (const Alike &alike : all)
    cycles += alike.explanation->cycles() * double(alike.names.size());
  TextTable table({"layer", "times", "cycles", "time", "PEs", "bound by",
                   "helps most", "gain"});
  for (const Alike &alike : all) {
    const MappingExplanation &part = *alike.explanation;
    const Improvement *best = part.best();
    double times = double(alike.names.size());
    table.add({alike.names.front(), std::to_string(alike.names.size()),
               std::to_string(std::llround(part.cycles())),
               percent(times * part.cycles(), cycles),
               percent(double(part.activePEs()),
                       double(target.rows * target.columns)),
               part.bound(), best ? best->field + " " + best->after : "nothing",
               percent(best ? best->gain : 0, 100)});
  }
  return table.str();
}

Result<std::string> rowlock::explainMappings(ModuleOp module,
                                             const Objectives &objectives,
                                             const std::string &layer) {
  const TargetSpec target = rs::getTarget(module).getSpec();
  auto layers = convLayersOf(module);
  if (!layers)
    return layers.takeStatus();
  std::vector<Alike> all;
  if (layer.empty()) {
    for (ConvLayer &each : *layers)
      collect(each, all);
  } else {
    Result<size_t> found = findLayer(*layers, layer);
    if (!found)
      return Status::error("layer '" + layer + "': " + found.message());
    collect((*layers)[*found], all);
  }
  ThreadedScope threads(module.getContext());
  parallelFor(module.getContext(), 0, all.size(), [&](size_t k) {
    all[k].explanation = std::make_unique<MappingExplanation>(
        MappingProblem{all[k].shape, target}, all[k].mapping, objectives);
  });
  std::string text =
      "target " + target.name + ", objective " + printObjectives(objectives) +
      "; cycles are those of the core clock\n\n" + overview(all, target);
  for (const Alike &alike : all)
    text += "\n" + llvm::join(alike.names, ", ") + ": " +
            shapeText(alike.shape) + "\n" + alike.explanation->text();
  return text;
}
