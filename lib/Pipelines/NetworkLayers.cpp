//===- NetworkLayers.cpp - What a network asks of a machine ---------------===//
#include "rowlock/Pipelines/NetworkLayers.h"

#include "ConvLayers.h"

#include "rowlock/Conversion/Passes.h"
#include "rowlock/Dialect/NN/IR/NN.h"
#include "rowlock/Dialect/NN/IR/Names.h"
#include "rowlock/Dialect/RS/IR/RS.h"
#include "rowlock/Pipelines/Compile.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Pass/PassManager.h"

using namespace mlir;
using namespace rowlock;

CalibrationTable rowlock::nominalRanges(ModuleOp module) {
  CalibrationTable table;
  const float range[] = {-1, 1};
  // Two values that are finite.
  auto add = [&](const std::string &name) {
    (void)table.observe(name, range, 2);
  };
  module.walk([&](func::FuncOp function) {
    for (unsigned k = 0; k < function.getNumArguments(); ++k)
      if (auto name = function.getArgAttrOfType<StringAttr>(k, nn::kNameAttr))
        add(name.str());
  });
  module.walk([&](Operation *op) {
    if (op->getNumResults())
      add(nn::nameOf(op->getLoc()));
  });
  return table;
}

FailureOr<Network> Network::import(const std::string &model,
                                   MLIRContext *context, int64_t batch,
                                   bool wide) {
  ImportOptions options;
  options.batch = batch;
  options.randomWeights = 1;
  OwningOpRef<ModuleOp> module =
      importModel(model, context, TargetSpec(), options);
  if (!module)
    return failure();
  return Network(std::move(module), wide);
}

const NetworkLayers *Network::layersFor(const TargetSpec &target) {
  auto [found, fresh] =
      known.try_emplace({target.arithmetic, target.psum_bits});
  if (!fresh)
    return &found->second;
  OwningOpRef<ModuleOp> copy = module->clone();
  (*copy)->setAttr(rs::kTargetAttrName,
                   rs::TargetAttr::get(copy->getContext(), target));
  PassManager manager(copy->getContext());
  manager.addPass(createNNToRS());
  if (failed(quantizeModel(*copy, nominalRanges(*copy), wide)) ||
      failed(manager.run(*copy))) {
    known.erase(found);
    return nullptr;
  }
  NetworkLayers &layers = found->second;
  Result<std::vector<ConvLayer>> onArray = convLayersOf(*copy);
  if (!onArray) {
    copy->emitError(onArray.message());
    known.erase(found);
    return nullptr;
  }
  for (const ConvLayer &layer : *onArray)
    layers.onArray.push_back({layer.name, layer.sources, layer.shape});
  copy->walk([&](Operation *op) {
    layers.onHost += isa<nn::Conv2DOp, nn::FullyConnectedOp>(op);
  });
  return &layers;
}

Result<const NetworkLayers::Layer *>
NetworkLayers::find(const std::string &name) const {
  std::vector<ConvLayer> named;
  named.reserve(onArray.size());
  for (const Layer &layer : onArray)
    named.push_back({{}, layer.name, layer.sources, layer.shape, {}});
  Result<size_t> found = findLayer(named, name);
  if (!found)
    return Status::error("layer '" + name + "': " + found.message());
  return &onArray[*found];
}
