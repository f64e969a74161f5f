//===- ConvLayers.cpp - The layers that the array runs --------------------===//
#include "ConvLayers.h"

#include "rowlock/Dialect/NN/IR/Names.h"

#include "llvm/ADT/STLExtras.h"

using namespace mlir;
using namespace rowlock;

/// The importer's locations name tensors, and nodes as "node 'conv1' (Conv)".
static std::vector<std::string> sourcesOf(Location loc) {
  std::vector<std::string> names;
  loc->walk([&](Location part) {
    if (auto named = dyn_cast<NameLoc>(part)) {
      StringRef text = named.getName().strref();
      if (text.consume_front("node '"))
        text = text.substr(0, text.rfind("' ("));
      if (!llvm::is_contained(names, text))
        names.push_back(text.str());
    }
    return WalkResult::advance();
  });
  return names;
}

Result<std::vector<ConvLayer>> rowlock::convLayersOf(ModuleOp module) {
  std::vector<ConvLayer> layers;
  const TargetSpec target = rs::getTarget(module).getSpec();
  std::string problem;
  module.walk([&](rs::Conv2DOp op) {
    ConvLayer layer{op,
                    nn::nameOf(op.getLoc()),
                    sourcesOf(op.getLoc()),
                    rs::getShape(op, target),
                    {}};
    auto parts = partsOf(layer.shape, target);
    if (!parts) {
      problem = "layer '" + layer.name + "': " + parts.message();
      return WalkResult::interrupt();
    }
    layer.parts = std::move(*parts);
    layers.push_back(std::move(layer));
    return WalkResult::advance();
  });
  if (!problem.empty())
    return Status::error(problem);
  return layers;
}

static std::string namesOf(const std::vector<ConvLayer> &layers) {
  std::string names;
  for (const ConvLayer &layer : layers)
    names += (names.empty() ? "" : ", ") + layer.name;
  return names.empty() ? "none" : names;
}

Result<size_t> rowlock::findLayer(const std::vector<ConvLayer> &layers,
                                  const std::string &name) {
  std::vector<size_t> found;
  for (auto [k, layer] : llvm::enumerate(layers)) {
    if (layer.name == name)
      return k;
    if (llvm::is_contained(layer.sources, name))
      found.push_back(k);
  }
  if (found.size() == 1)
    return found.front();
  if (found.empty())
    return Status::error("no such layer on the array; there are " +
                         namesOf(layers));
  std::vector<ConvLayer> several;
  for (size_t k : found)
    several.push_back(layers[k]);
  return Status::error("stands for several layers, " + namesOf(several));
}
