//===- ArrayLayer.cpp - A convolution as commands -------------------------===//
#include "ArrayLayer.h"

#include "CommandNest.h"
#include "FrameDictionary.h"
#include "KernelAttributes.h"
#include "Records.h"

using namespace mlir;
using namespace rowlock;
using namespace rowlock::rs;

namespace {

/// Waits and signals of the command that is written next.
struct Control {
  SmallVector<Value> waits, signals;
  SmallVector<Attribute> waitValues;
  SmallVector<int64_t> amounts;

  void wait(Value token, AffineMapAttr value) {
    waits.push_back(token);
    waitValues.push_back(value);
  }
  void signal(Value token) {
    signals.push_back(token);
    amounts.push_back(1);
  }
};

/// Writes the commands of one convolution. Letters are those of hardware.md,
/// section 2, behind the names of `Schedule`.
class ArrayLayerBuilder {
public:
  ArrayLayerBuilder(Conv2DOp op, LayerContext &context)
      : op(op), context(context), builder(context.builder), loc(op.getLoc()),
        problem(getProblem(op, context.target)), layer(problem.layer),
        plan(op.getMappingAttr().schedule(problem)),
        strides(ifmapStridesOf(plan)), nest(builder, loc) {}

  LogicalResult lower();

private:
  LogicalResult makeFrameAndBuffers();
  void makeTokens();
  LayerOp makeLayer();
  void countTrips();
  void emitConfigure();
  void startLoads();
  void emitLoad();
  void emitPass();
  void emitStores();

  AffineExpr index(LoopDim dim) { return nest.index(dim); }
  AffineMapAttr value(AffineExpr expr) { return nest.value(expr); }
  AffineExpr constant(int64_t number) { return nest.constant(number); }

  // Actual counts, and places in the layer.
  AffineMapAttr images();
  AffineMapAttr groups();
  AffineMapAttr filters();
  AffineMapAttr channels(int64_t full, AffineExpr inTile);
  AffineMapAttr rows();
  AffineMapAttr columns();
  AffineExpr firstGroup() { return index(LoopDim::GroupTile) * plan.groups; }
  AffineExpr firstFilter();
  AffineExpr firstChannel();
  AffineMapAttr psumOffset();

  ArrayAttr waitValues(const Control &control) {
    return builder.getArrayAttr(control.waitValues);
  }
  DenseI64ArrayAttr amounts(const Control &control) {
    return builder.getDenseI64ArrayAttr(control.amounts);
  }
  IntegerAttr number(int64_t n) { return builder.getI64IntegerAttr(n); }

  Conv2DOp op;
  LayerContext &context;
  OpBuilder &builder;
  Location loc;
  MappingProblem problem;
  const LayerShape &layer;
  Schedule plan;
  IfmapStrides strides;
  CommandNest nest;

  std::string name;
  StringAttr frame;
  Placed input;
  Value filterTensor, recordTensor, output;
  Value ifmapBuffer, psumBuffer;
  Value configured, loaded, passed, stored;
  // How often each command runs: passes in a load's and in a tile's loops.
  int64_t loads = 1, tiles = 1, passes = 1, storesPerTile = 1;
  // Open loops around loads, and around stores.
  size_t loadLoops = 0, tileLoops = 0;
};

} // namespace

LogicalResult ArrayLayerBuilder::makeFrameAndBuffers() {
  DictionaryAttr fields = makeFrame(op, problem, plan);
  DenseElementsAttr records = makeRecords(op, plan);
  if (!fields || !records)
    return failure();
  name = nn::nameOf(loc);
  frame = builder.getStringAttr("frame" + std::to_string(context.frames++));
  {
    OpBuilder::InsertionGuard guard(builder);
    builder.setInsertionPoint(builder.getBlock()->getParentOp());
    FrameOp::create(builder, loc, frame, fields);
  }
  input = context.get(op.getInput());
  filterTensor = context.get(op.getFilter()).tensor;
  recordTensor =
      context.makeTensor(loc, context.derive(name + ".records"), "constant",
                         cast<RankedTensorType>(records.getType()), records);
  output = context.makeResult(op->getOpResult(0));
  auto buffer = [&](StringRef region, int64_t words) {
    return GlbBufferOp::create(builder, loc, GlbType::get(op.getContext()),
                               builder.getStringAttr(region),
                               FlatSymbolRefAttr::get(frame), number(words),
                               IntegerAttr())
        .getResult();
  };
  int64_t copies = plan.doubleIfmaps ? 2 : 1;
  ifmapBuffer = buffer("ifmap", plan.ifmapWords * copies);
  psumBuffer = buffer("psum", plan.psumWords);
  return success();
}

void ArrayLayerBuilder::makeTokens() {
  auto token = [&](StringRef what) {
    return context.makeToken(loc, name + "." + what.str());
  };
  configured = token("configured");
  loaded = token("loaded");
  passed = token("passed");
  stored = token("stored");
}

LayerOp ArrayLayerBuilder::makeLayer() {
  KernelCall call = arrayKernel(op);
  SmallVector<Value> inputs = {input.tensor, filterTensor, recordTensor};
  Cost cost = op.getMappingAttr().evaluate(problem);
  NamedAttrList predicted;
  auto count = [&](StringRef what, int64_t value) {
    predicted.set(what, number(value));
  };
  auto real = [&](StringRef what, double value) {
    predicted.set(what, builder.getF64FloatAttr(value));
  };
  count("macs", cost.macs);
  count("active_pes", cost.activePEs);
  count("passes", cost.passes);
  count("glb_bytes", cost.glbBytes);
  count("dram_filter_bytes", cost.dramFilterBytes);
  count("dram_ifmap_bytes", cost.dramIfmapBytes);
  count("dram_ofmap_bytes", cost.dramOfmapBytes);
  real("cycles", cost.cycles);
  real("processing_cycles", cost.processingCycles);
  real("energy", cost.energy);
  std::string mapping;
  llvm::raw_string_ostream(mapping) << op.getMappingAttr();
  return LayerOp::create(builder, loc, builder.getStringAttr(name),
                         builder.getStringAttr(call.kernel), inputs,
                         ValueRange(output), call.attributes,
                         builder.getStringAttr(mapping),
                         predicted.getDictionary(op.getContext()));
}

void ArrayLayerBuilder::countTrips() {
  for (auto [depth, loop] : llvm::enumerate(plan.tileLoops)) {
    loads *= int64_t(depth) < plan.ifmapDepth ? loop.trips : 1;
    tiles *= int64_t(depth) < plan.storeDepth ? loop.trips : 1;
    passes *= loop.trips;
  }
  for (const ScheduleLoop &loop : plan.passLoops) {
    passes *= loop.trips;
    if (loop.dim != LoopDim::ChannelPass)
      storesPerTile *= loop.trips;
  }
}

AffineMapAttr ArrayLayerBuilder::images() {
  return nest.least(
      {constant(plan.tileImages),
       layer.batch - index(LoopDim::ImageTile) * plan.tileImages});
}

AffineMapAttr ArrayLayerBuilder::groups() {
  return nest.least({constant(plan.groups), layer.groups - firstGroup()});
}

AffineMapAttr ArrayLayerBuilder::filters() {
  AffineExpr done = index(LoopDim::FilterPass) * plan.passFilters;
  return nest.least({constant(plan.passFilters), plan.tileFilters - done,
                     layer.filtersPerGroup() -
                         index(LoopDim::FilterTile) * plan.tileFilters - done});
}

AffineMapAttr ArrayLayerBuilder::channels(int64_t full, AffineExpr inTile) {
  return nest.least({constant(full), plan.tileChannels - inTile,
                     layer.channels -
                         index(LoopDim::ChannelTile) * plan.tileChannels -
                         inTile});
}

AffineMapAttr ArrayLayerBuilder::rows() {
  AffineExpr done = index(LoopDim::Strip) * plan.passRows;
  return nest.least(
      {constant(plan.passRows), plan.tileRows - done,
       layer.ofmapHeight() - index(LoopDim::RowTile) * plan.tileRows - done});
}

AffineMapAttr ArrayLayerBuilder::columns() {
  return nest.least(
      {constant(plan.tileColumns),
       layer.ofmapWidth() - index(LoopDim::ColumnTile) * plan.tileColumns});
}

/// The first filter, over all groups, of a pass or store.
AffineExpr ArrayLayerBuilder::firstFilter() {
  return firstGroup() * layer.filtersPerGroup() +
         index(LoopDim::FilterTile) * plan.tileFilters +
         index(LoopDim::FilterPass) * plan.passFilters;
}

/// The first channel, within its group, of a pass.
AffineExpr ArrayLayerBuilder::firstChannel() {
  return index(LoopDim::ChannelTile) * plan.tileChannels +
         index(LoopDim::ChannelPass) * plan.passChannels;
}

AffineMapAttr ArrayLayerBuilder::psumOffset() {
  AffineExpr strip = index(LoopDim::Strip);
  return nest.least({index(LoopDim::FilterPass) * plan.psumFilterPassStride +
                         strip * plan.psumStripStride,
                     plan.psumLastBase + strip * plan.psumLastStripStride});
}

void ArrayLayerBuilder::emitConfigure() {
  Control control;
  if (context.arrayFree.token)
    control.wait(context.arrayFree.token,
                 value(constant(context.arrayFree.value)));
  control.signal(configured);
  ConfigureOp::create(builder, loc, FlatSymbolRefAttr::get(frame), nest.ivs(),
                      control.waits, waitValues(control), control.signals,
                      amounts(control));
}

void ArrayLayerBuilder::startLoads() {
  loadLoops = nest.depth();
  emitLoad();
}

/// The ifmap box of the tiles inside the open loops.
void ArrayLayerBuilder::emitLoad() {
  AffineExpr load = nest.linearIndex(nest.depth());
  int64_t buffers = plan.doubleIfmaps ? 2 : 1;
  Control control;
  control.wait(configured, value(constant(1)));
  if (input.ready.token)
    control.wait(input.ready.token, value(constant(input.ready.value)));
  if (loads > buffers)
    control.wait(passed, value((load - (buffers - 1)) * (passes / loads)));
  control.signal(loaded);

  ArrayRef<int64_t> pads = op.getPads();
  AffineExpr row = index(LoopDim::RowTile) * plan.tileRows;
  AffineExpr column = index(LoopDim::ColumnTile) * plan.tileColumns;
  auto extent = [&](int64_t full, int64_t size, AffineExpr done, int64_t stride,
                    int64_t window) {
    return nest.least({constant((full - 1) * stride + window),
                       (size - done - 1) * stride + window});
  };
  auto inputType = cast<quant::UniformQuantizedType>(
      op.getInput().getType().getElementType());
  LoadOp::create(builder, loc, input.tensor, ifmapBuffer,
                 value(index(LoopDim::ImageTile) * plan.tileImages),
                 value(firstGroup() * layer.channels +
                       index(LoopDim::ChannelTile) * plan.tileChannels),
                 value(row * layer.strideY - pads[0]),
                 value(column * layer.strideX - pads[1]),
                 number(layer.channels), images(), groups(),
                 channels(plan.tileChannels, constant(0)),
                 extent(plan.tileRows, layer.ofmapHeight(), row, layer.strideY,
                        layer.filterHeight),
                 extent(plan.tileColumns, layer.ofmapWidth(), column,
                        layer.strideX, layer.filterWidth),
                 value(load * plan.ifmapWords),
                 number(buffers > 1 ? buffers * plan.ifmapWords : 0),
                 builder.getDenseI64ArrayAttr({strides.image, strides.group,
                                               strides.channel, strides.row}),
                 number(inputType.getZeroPoint()), nest.ivs(), control.waits,
                 waitValues(control), control.signals, amounts(control));
}

void ArrayLayerBuilder::emitPass() {
  AffineExpr load = nest.linearIndex(loadLoops);
  AffineExpr tile = nest.linearIndex(tileLoops);
  Control control;
  control.wait(loaded, value(load + 1));
  if (tiles > 1)
    control.wait(stored, value(tile * storesPerTile));
  control.signal(passed);

  AffineExpr channelPass = index(LoopDim::ChannelPass) * plan.passChannels;
  AffineExpr strip = index(LoopDim::Strip);
  AffineExpr firstOfTile = index(LoopDim::ChannelTile) +
                           index(LoopDim::ChannelPass) +
                           index(LoopDim::FilterPass) + strip;
  int64_t tileRecords = plan.groups * plan.tileFilters;
  int64_t filterTiles =
      llvm::divideCeil(layer.filtersPerGroup(), plan.tileFilters);
  PassOp::create(
      builder, loc, ifmapBuffer, psumBuffer, filterTensor, recordTensor,
      value(channelPass * strides.channel +
            strip * (plan.passRows * layer.strideY * strides.row)),
      value(load * plan.ifmapWords),
      number(plan.doubleIfmaps ? 2 * plan.ifmapWords : 0), psumOffset(),
      images(), groups(), filters(), channels(plan.passChannels, channelPass),
      rows(), columns(),
      value(index(LoopDim::ChannelTile) + index(LoopDim::ChannelPass)),
      plan.filtersStay ? value(strip) : AffineMapAttr(), value(firstFilter()),
      value(firstChannel()), number(layer.filtersPerGroup()),
      value((index(LoopDim::GroupTile) * filterTiles +
             index(LoopDim::FilterTile)) *
            tileRecords),
      value(tileRecords - firstOfTile * tileRecords),
      value(index(LoopDim::FilterPass) * plan.passFilters),
      number(plan.tileFilters), nest.ivs(), control.waits, waitValues(control),
      control.signals, amounts(control));
}

/// All psums of a tile: one store for the block of each filter pass and strip.
void ArrayLayerBuilder::emitStores() {
  size_t outside = nest.depth();
  AffineExpr tile = nest.linearIndex(outside);
  Control control;
  for (const ScheduleLoop &loop : plan.passLoops)
    if (loop.dim != LoopDim::ChannelPass)
      nest.open(loop);
  control.wait(passed, value((tile + 1) * (passes / tiles)));
  control.signal(stored);
  StoreOp::create(
      builder, loc, psumBuffer, output, psumOffset(), images(), groups(),
      filters(), rows(), columns(),
      value(index(LoopDim::ImageTile) * plan.tileImages), value(firstFilter()),
      value(index(LoopDim::RowTile) * plan.tileRows +
            index(LoopDim::Strip) * plan.passRows),
      value(index(LoopDim::ColumnTile) * plan.tileColumns),
      number(layer.filtersPerGroup()),
      value(index(LoopDim::FilterPass) * plan.passFilters),
      number(plan.tileFilters), /*raw=*/UnitAttr(), nest.ivs(), control.waits,
      waitValues(control), control.signals, amounts(control));
  nest.closeTo(outside);
}

LogicalResult ArrayLayerBuilder::lower() {
  if (failed(makeFrameAndBuffers()))
    return failure();
  makeTokens();
  countTrips();
  LayerOp layerOp = makeLayer();
  OpBuilder::InsertionGuard guard(builder);
  builder.createBlock(&layerOp.getBody());

  emitConfigure();
  for (auto [depth, loop] : llvm::enumerate(plan.tileLoops)) {
    if (int64_t(depth) == plan.ifmapDepth)
      startLoads();
    if (int64_t(depth) == plan.storeDepth)
      tileLoops = nest.depth();
    nest.open(loop);
  }
  if (plan.ifmapDepth == int64_t(plan.tileLoops.size()))
    startLoads();
  if (plan.storeDepth == int64_t(plan.tileLoops.size()))
    tileLoops = nest.depth();
  for (const ScheduleLoop &loop : plan.passLoops)
    nest.open(loop);
  emitPass();
  nest.closeTo(tileLoops);
  emitStores();
  nest.closeTo(0);

  context.arrayFree = {stored, tiles * storesPerTile};
  context.set(op.getResult(), {output, context.arrayFree});
  return success();
}

LogicalResult rs::lowerArrayLayer(Conv2DOp op, LayerContext &context) {
  return ArrayLayerBuilder(op, context).lower();
}
