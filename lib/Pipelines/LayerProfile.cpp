//===- LayerProfile.cpp - Counts and energies of a layer ------------------===//
#include "LayerProfile.h"

#include "LayerNames.h"

using namespace rowlock;

LayerProfile LayerProfile::part(const EventCounts &counts,
                                const TargetSpec &target) const {
  LayerProfile part = *this;
  part.counts = counts;
  if (onArray) {
    part.normalised = normalisedEnergy(counts, target, wide);
    part.events = eventEnergy(counts, target, wide);
  }
  return part;
}

Profile::Profile(const Program &program,
                 const std::vector<EventCounts> &counts) {
  sum.name = "all";
  auto tensors = items(program.table().tensors());
  std::vector<const fb::LayerDebug *> debug(counts.size(), nullptr);
  for (const fb::LayerDebug *entry : items(program.table().debug()))
    debug[entry->layer()] = entry;
  size_t index = 0;
  for (const fb::Layer *entry : items(program.table().layers())) {
    LayerProfile layer;
    layer.name = layerName(*entry);
    layer.onArray = entry->kernel() == fb::Kernel::ArrayConv;
    for (uint32_t k = 0; layer.onArray && k < 2; ++k)
      layer.wide |=
          tensors[entry->operands()->Get(k)]->type() == fb::ElementType::I16;
    layer.debug = debug[index];
    layer = layer.part(counts[index++], program.target());
    sum.counts += layer.counts;
    sum.normalised += layer.normalised;
    sum.events += layer.events;
    layers.push_back(std::move(layer));
  }
}
