//===- GatedCheck.cpp - Gated MACs from what the evaluator saw ------------===//
#include "GatedCheck.h"

#include "rowlock/Dialect/NN/IR/Names.h"
#include "rowlock/Dialect/RS/IR/RS.h"
#include "rowlock/Mapping/Mapping.h"
#include "rowlock/Program/Values.h"

using namespace mlir;
using namespace rowlock;

GatedCheck::GatedCheck(const Program &program)
    : program(program), mappings(items(program.table().layers()).size()) {
  uint32_t index = 0;
  for (const fb::Layer *layer : items(program.table().layers())) {
    if (layer->kernel() == fb::Kernel::ArrayConv)
      layerOf[text(layer->name())] = index;
    ++index;
  }
  // Mappings stand as attributes, `#rs.mapping<"...">`; a layer in parts has
  // several, one a line.
  for (const fb::LayerDebug *debug : items(program.table().debug())) {
    std::string mapping = text(debug->mapping());
    if (text(debug->split()).empty())
      mappings[debug->layer()] =
          StringRef(mapping).split('"').second.split('"').first.str();
  }
}

/// Zeros over images and channels at each place of the padded ifmap.
static std::vector<int64_t> zerosOf(const LayerShape &layer,
                                    const RefTensor &ifmap) {
  ArrayRef<int64_t> shape = ifmap.type.getShape();
  auto element = cast<quant::UniformQuantizedType>(ifmap.type.getElementType());
  const int64_t height = shape[2], width = shape[3];
  const int64_t planes = shape[0] * shape[1];
  std::vector<int64_t> zeros(size_t(layer.height * layer.width),
                             element.getZeroPoint() == 0 ? planes : 0);
  for (int64_t y = 0; y < height; ++y)
    for (int64_t x = 0; x < width; ++x) {
      int64_t count = 0;
      for (int64_t plane = 0; plane < planes; ++plane)
        count += ifmap.integers[size_t((plane * height + y) * width + x)] == 0;
      zeros[size_t((y + layer.padTop) * layer.width + x + layer.padLeft)] =
          count;
    }
  return zeros;
}

LogicalResult GatedCheck::check(Value value, const RefTensor &tensor,
                                const std::vector<EventCounts> &counts) {
  for (Operation *user : value.getUsers()) {
    auto op = dyn_cast<nn::Conv2DOp>(user);
    if (!op || op.getInput() != value)
      continue;
    auto found = layerOf.find(nn::nameOf(op.getLoc()));
    if (found == layerOf.end() || mappings[found->second].empty())
      continue;
    LayerData data;
    const TargetSpec &target = program.target();
    MappingProblem problem{rs::getShape(op, target).layer, target};
    data.ifmapZeros = zerosOf(problem.layer, tensor);
    Result<Mapping> mapping = parseMapping(mappings[found->second]);
    if (!mapping)
      return op.emitError() << "mapping of the program: " << mapping.message();
    int64_t expected = evaluate(problem, *mapping, &data).gatedMacs;
    int64_t actual = counts[found->second].gatedMacs;
    if (actual != expected)
      return op.emitError() << actual << " gated MACs in the simulator, "
                            << expected << " by the zeros of the ifmap";
    ++layers;
  }
  return success();
}
