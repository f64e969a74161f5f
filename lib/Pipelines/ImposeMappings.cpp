//===- ImposeMappings.cpp - Mappings by hand ------------------------------===//
#include "rowlock/Pipelines/ImposeMappings.h"

#include "ConvLayers.h"

#include "rowlock/Dialect/NN/IR/Names.h"

using namespace mlir;
using namespace rowlock;

/// What keeps the parts of a layer from running by these mappings, or nothing.
static std::string objection(const ConvLayer &layer, const TargetSpec &target,
                             const std::vector<Mapping> &mappings) {
  const size_t count = layer.parts.size();
  if (mappings.size() != count) {
    std::string reason = splitReason(layer.shape, target);
    return std::to_string(mappings.size()) + " mappings for " +
           std::to_string(count) + (count == 1 ? " part" : " parts") +
           (reason.empty() ? "" : ": " + reason);
  }
  for (size_t k = 0; k < count; ++k)
    if (Status legal = verify({layer.parts[k].shape, target}, mappings[k]);
        !legal)
      return (count > 1 ? "part " + std::to_string(k) + ": " : "") +
             legal.message();
  return "";
}

Status rowlock::imposeMappings(ModuleOp module, const MappingsFile &file) {
  const TargetSpec target = rs::getTarget(module).getSpec();
  auto layers = convLayersOf(module);
  if (!layers)
    return layers.takeStatus();
  std::vector<bool> imposed(layers->size(), false);
  for (const LayerMappings &entry : file.layers) {
    Result<size_t> found = findLayer(*layers, entry.layer);
    if (!found)
      return file.error(entry, found.message());
    ConvLayer &layer = (*layers)[*found];
    if (imposed[*found])
      return file.error(entry, "given twice, also as another name of '" +
                                   layer.name + "'");
    imposed[*found] = true;
    std::string reason = objection(layer, target, entry.parts);
    if (!reason.empty())
      return file.error(entry, reason);
    SmallVector<rs::MappingAttrInterface> mappings;
    for (const Mapping &mapping : entry.parts)
      mappings.push_back(rs::MappingAttr::get(
          module.getContext(), StringRef(printMapping(mapping))));
    rs::setMappings(layer.op, mappings);
  }
  return Status::ok();
}

std::vector<LayerMappings> rowlock::mappingsOf(ModuleOp module) {
  std::vector<LayerMappings> layers;
  module.walk([&](rs::Conv2DOp op) {
    LayerMappings layer{nn::nameOf(op.getLoc()), {}};
    for (rs::MappingAttrInterface mapping : rs::getMappings(op))
      layer.parts.push_back(cast<rs::MappingAttr>(mapping).getMapping());
    if (!layer.parts.empty())
      layers.push_back(std::move(layer));
  });
  return layers;
}
