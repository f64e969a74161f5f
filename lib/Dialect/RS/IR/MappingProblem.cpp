//===- MappingProblem.cpp - Layers stated by their sizes ------------------===//
#include "rowlock/Dialect/RS/IR/RS.h"

using namespace mlir;
using namespace rowlock;
using namespace rowlock::rs;

Result<MappingProblem> MappingProblemOp::getProblem() {
  TargetAttr target = getTarget(*this);
  if (!target)
    return Status::error("C1: the module has no rs.target");
  ArrayRef<int64_t> ifmap = getIfmap(), filter = getFilter();
  ArrayRef<int64_t> strides = getStrides(), pads = getPads();
  if (ifmap.size() != 4 || filter.size() != 4 || strides.size() != 2 ||
      pads.size() != 4)
    return Status::error("C1: ifmap and filter have 4 sizes each, strides 2, "
                         "pads 4");
  if (llvm::any_of(ifmap, [](int64_t size) { return size < 1; }) ||
      llvm::any_of(filter, [](int64_t size) { return size < 1; }) ||
      ifmap[1] % filter[1] != 0)
    return Status::error("C1: sizes are at least 1, and the channels of the "
                         "ifmap are groups of the filter's");
  MappingProblem problem;
  problem.target = target.getSpec();
  LayerShape &layer = problem.layer;
  layer.batch = ifmap[0];
  layer.groups = ifmap[1] / filter[1];
  layer.height = ifmap[2];
  layer.width = ifmap[3];
  layer.filters = filter[0];
  layer.channels = filter[1];
  layer.filterHeight = filter[2];
  layer.filterWidth = filter[3];
  layer.strideY = strides[0];
  layer.strideX = strides[1];
  layer.padTop = pads[0];
  layer.padLeft = pads[1];
  layer.padBottom = pads[2];
  layer.padRight = pads[3];
  layer.mode16 = getMode16();
  layer.ifmapBytes = int64_t(getIfmapBytes().value_or(0));
  layer.ofmapBytes = int64_t(getOfmapBytes().value_or(0));
  layer.resumes = getResumes();
  layer.leavesRaw = getLeavesRaw();
  if (Status native = problem.check(); !native)
    return Status::error("C1: " + native.message());
  return problem;
}

MappingProblemOp MappingProblemOp::create(OpBuilder &builder, Location loc,
                                          StringRef name,
                                          const LayerShape &layer,
                                          StringRef objectives) {
  OperationState state(loc, getOperationName());
  auto sizes = [&](StringRef attribute, ArrayRef<int64_t> values) {
    state.addAttribute(attribute, builder.getDenseI64ArrayAttr(values));
  };
  auto bytes = [&](StringRef attribute, int64_t value) {
    if (value)
      state.addAttribute(attribute, builder.getI64IntegerAttr(value));
  };
  auto flag = [&](StringRef attribute, bool value) {
    if (value)
      state.addAttribute(attribute, builder.getUnitAttr());
  };
  state.addAttribute("name", builder.getStringAttr(name));
  sizes("ifmap", {layer.batch, layer.groups * layer.channels, layer.height,
                  layer.width});
  sizes("filter",
        {layer.filters, layer.channels, layer.filterHeight, layer.filterWidth});
  sizes("strides", {layer.strideY, layer.strideX});
  sizes("pads", {layer.padTop, layer.padLeft, layer.padBottom, layer.padRight});
  flag("mode16", layer.mode16);
  bytes("ifmap_bytes", layer.ifmapBytes);
  bytes("ofmap_bytes", layer.ofmapBytes);
  flag("resumes", layer.resumes);
  flag("leaves_raw", layer.leavesRaw);
  state.addAttribute("objectives", builder.getStringAttr(objectives));
  return cast<MappingProblemOp>(builder.create(state));
}

MapSpace MappingProblemOp::getMapSpace() {
  MapSpace space = getSpace() == "chip" ? MapSpace::ofChip() : MapSpace();
  space.chipOrder |= getSpace() == "chip-order";
  if (std::optional<uint64_t> bytes = getMostDramBytes())
    space.mostDRAMBytes = int64_t(*bytes);
  return space;
}

LogicalResult MappingProblemOp::verify() {
  if (Result<MappingProblem> problem = getProblem(); !problem)
    return emitOpError() << problem.message();
  if (auto known = parseObjectives(getObjectives().str()); !known)
    return emitOpError() << "C2: " << known.message();
  if (getSpace() != "full" && getSpace() != "chip" &&
      getSpace() != "chip-order")
    return emitOpError() << "C2: no space '" << getSpace()
                         << "'; there are full, chip and chip-order";
  return success();
}
