//===- LayerProgram.cpp - One layer as a program --------------------------===//
#include "LayerProgram.h"

#include "rowlock/Conversion/Passes.h"
#include "rowlock/Dialect/RS/Transforms/Passes.h"
#include "rowlock/Pipelines/Compile.h"
#include "rowlock/Program/Values.h"

#include "mlir/Pass/PassManager.h"

using namespace mlir;
using namespace rowlock;

rs::Conv2DOp rowlock::toArray(ModuleOp module) {
  PassManager manager(module.getContext());
  manager.addPass(createNNToRS());
  rs::Conv2DOp conv;
  if (succeeded(manager.run(module)))
    module.walk([&](rs::Conv2DOp op) { conv = op; });
  return conv;
}

FailureOr<Program> rowlock::lowerLayer(rs::Conv2DOp conv,
                                       const std::vector<Mapping> &mappings,
                                       bool coded) {
  auto module = conv->getParentOfType<ModuleOp>();
  SmallVector<rs::MappingAttrInterface> attributes;
  for (const Mapping &mapping : mappings) {
    std::string text = printMapping(mapping);
    attributes.push_back(
        rs::MappingAttr::get(conv.getContext(), StringRef(text)));
  }
  rs::setMappings(conv, attributes);
  PassManager lowering(conv.getContext());
  lowering.addPass(rs::createLowerLayers());
  if (coded)
    lowering.addPass(rs::createCodeTensors({/*boundary=*/true, /*raw=*/{}}));
  lowering.addPass(rs::createAllocateGLB());
  lowering.addPass(rs::createAllocateDRAM());
  if (failed(lowering.run(module)))
    return failure();
  return makeProgram(module, "seed", nullptr, {});
}

std::vector<uint8_t> rowlock::toBytes(const std::vector<int64_t> &values,
                                      unsigned width) {
  std::vector<uint8_t> bytes;
  for (int64_t value : values)
    for (unsigned k = 0; k < width; ++k)
      bytes.push_back(uint8_t(uint64_t(value) >> (8 * k)));
  return bytes;
}

uint32_t rowlock::findTensor(const Program &program, fb::TensorKind kind) {
  auto tensors = items(program.table().tensors());
  uint32_t index = 0;
  while (tensors[index]->kind() != kind)
    ++index;
  return index;
}
