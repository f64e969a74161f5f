//===- ArrayPart.cpp - A native part of a convolution as commands ---------===//
#include "ArrayPart.h"

#include "Control.h"
#include "FrameDictionary.h"
#include "Records.h"

using namespace mlir;
using namespace rowlock;
using namespace rowlock::rs;

namespace rowlock::rs {

ArrayPart::ArrayPart(Conv2DOp op, const LayerPart &part,
                     MappingAttrInterface mapping, LayerContext &context)
    : op(op), part(part), context(context), builder(context.builder),
      loc(op.getLoc()), problem{part.shape, context.target},
      layer(problem.layer), plan(mapping.schedule(problem)),
      strides(ifmapStridesOf(plan)), nest(builder, loc) {
  int64_t groups = op.getGroups();
  filtersPerGroup = op.getFilter().getType().getDimSize(0) / groups;
  channelsPerGroup = op.getFilter().getType().getDimSize(1);
}

ArrayAttr ArrayPart::waitValues(const Control &control) {
  return builder.getArrayAttr(control.waitValues);
}

DenseI64ArrayAttr ArrayPart::amounts(const Control &control) {
  return builder.getDenseI64ArrayAttr(control.amounts);
}

} // namespace rowlock::rs

LogicalResult ArrayPart::makeFrameAndBuffers(StringRef name) {
  DictionaryAttr fields = makeFrame(op, problem, plan);
  DenseElementsAttr values = makeRecords(op, part, plan);
  if (!fields || !values)
    return failure();
  frame = builder.getStringAttr("frame" + std::to_string(context.frames++));
  {
    OpBuilder::InsertionGuard guard(builder);
    builder.setInsertionPoint(builder.getBlock()->getParentOp());
    FrameOp::create(builder, loc, frame, fields);
  }
  input = context.get(op.getInput());
  filters = context.get(op.getFilter()).tensor;
  records = context.makeTensor(
      loc, context.derive((name + ".records").str()), "constant",
      cast<RankedTensorType>(values.getType()), values);
  auto buffer = [&](StringRef region, int64_t words) {
    return GlbBufferOp::create(builder, loc, GlbType::get(op.getContext()),
                               builder.getStringAttr(region),
                               FlatSymbolRefAttr::get(frame), number(words),
                               IntegerAttr())
        .getResult();
  };
  ifmapBuffer =
      buffer("ifmap", ifmapModulus() ? ifmapModulus() : plan.ifmapWords);
  psumBuffer = buffer("psum", plan.psumWords);
  return success();
}

void ArrayPart::makeTokens(StringRef name) {
  auto token = [&](StringRef what) {
    return context.makeToken(loc, (name + "." + what).str());
  };
  configured = token("configured");
  loaded = token("loaded");
  if (!part.first())
    restored = token("restored");
  passed = token("passed");
  stored = token("stored");
}

void ArrayPart::countTrips() {
  for (auto [depth, loop] : llvm::enumerate(plan.tileLoops)) {
    loads *= int64_t(depth) < plan.ifmapDepth ? loop.trips : 1;
    tiles *= int64_t(depth) < plan.storeDepth ? loop.trips : 1;
    passes *= loop.trips;
  }
  for (const ScheduleLoop &loop : plan.passLoops) {
    passes *= loop.trips;
    passesPerTile *= loop.trips;
    if (loop.dim != LoopDim::ChannelPass)
      storesPerTile *= loop.trips;
    if (loop.dim != LoopDim::FilterPass && plan.ringRows)
      chunksPerLoad *= loop.trips;
  }
}

AffineMapAttr ArrayPart::images() {
  return nest.least(
      {constant(plan.tileImages),
       layer.batch - index(LoopDim::ImageTile) * plan.tileImages});
}

AffineMapAttr ArrayPart::groups() {
  return nest.least({constant(plan.groups), layer.groups - firstGroup()});
}

AffineMapAttr ArrayPart::filterCount() {
  AffineExpr done = index(LoopDim::FilterPass) * plan.passFilters;
  return nest.least({constant(plan.passFilters), plan.tileFilters - done,
                     layer.filtersPerGroup() -
                         index(LoopDim::FilterTile) * plan.tileFilters - done});
}

AffineMapAttr ArrayPart::channels(int64_t full, AffineExpr inTile) {
  return nest.least({constant(full), plan.tileChannels - inTile,
                     layer.channels -
                         index(LoopDim::ChannelTile) * plan.tileChannels -
                         inTile});
}

SmallVector<AffineExpr> ArrayPart::rowsOf(AffineExpr strip) {
  AffineExpr done = strip * plan.passRows;
  return {constant(plan.passRows), plan.tileRows - done,
          layer.ofmapHeight() - index(LoopDim::RowTile) * plan.tileRows - done};
}

AffineMapAttr ArrayPart::columns() {
  return nest.least(
      {constant(plan.tileColumns),
       layer.ofmapWidth() - index(LoopDim::ColumnTile) * plan.tileColumns});
}

/// The first filter, over all groups of the layer, of a pass or store.
AffineExpr ArrayPart::firstFilter() {
  return (firstGroup() + part.group) * filtersPerGroup + part.filter +
         index(LoopDim::FilterTile) * plan.tileFilters +
         index(LoopDim::FilterPass) * plan.passFilters;
}

/// The first channel, within its group, of a pass.
AffineExpr ArrayPart::firstChannel() {
  return index(LoopDim::ChannelTile) * plan.tileChannels +
         index(LoopDim::ChannelPass) * plan.passChannels + part.channel;
}

/// The first row, and column, of the layer's result in a block of psums.
AffineExpr ArrayPart::firstRow() {
  return (index(LoopDim::RowTile) * plan.tileRows +
          index(LoopDim::Strip) * plan.passRows) *
             part.ofmapRows.step +
         part.ofmapRows.first;
}

AffineExpr ArrayPart::firstColumn() {
  return index(LoopDim::ColumnTile) *
             (plan.tileColumns * part.ofmapColumns.step) +
         part.ofmapColumns.first;
}

AffineMapAttr ArrayPart::psumOffset() {
  AffineExpr strip = index(LoopDim::Strip);
  return nest.least({index(LoopDim::FilterPass) * plan.psumFilterPassStride +
                         strip * plan.psumStripStride,
                     plan.psumLastBase + strip * plan.psumLastStripStride});
}

AffineExpr ArrayPart::block() {
  AffineExpr number = nest.linearIndex(tileLoops);
  for (const ScheduleLoop &loop : plan.passLoops)
    if (loop.dim != LoopDim::ChannelPass)
      number = number * loop.trips + index(loop.dim);
  return number;
}

AffineExpr ArrayPart::passInTile(
    llvm::function_ref<AffineExpr(const ScheduleLoop &)> indices) {
  AffineExpr pass = constant(0);
  for (const ScheduleLoop &loop : plan.passLoops)
    pass = pass * loop.trips + indices(loop);
  return pass;
}

AffineExpr ArrayPart::storesBefore() {
  return plan.drainsBlocks ? block() - storesPerTile + 1
                           : nest.linearIndex(tileLoops) * storesPerTile;
}

AffineExpr ArrayPart::passesBefore() {
  AffineExpr nextTile = nest.linearIndex(tileLoops) + 1;
  if (!plan.drainsBlocks)
    return nextTile * (passes / tiles);
  AffineExpr pass = passInTile([&](const ScheduleLoop &loop) {
    return loop.dim == LoopDim::ChannelPass ? constant(loop.trips - 1)
                                            : index(loop.dim);
  });
  return nextTile * (passes / tiles) - passesPerTile + pass + 1;
}

void ArrayPart::emitConfigure() {
  Control control;
  if (context.arrayFree.token)
    control.wait(context.arrayFree.token,
                 value(constant(context.arrayFree.value)));
  control.signal(configured);
  ConfigureOp::create(builder, loc, FlatSymbolRefAttr::get(frame), nest.ivs(),
                      control.waits, waitValues(control), control.signals,
                      amounts(control));
}

/// What happens where `depth` tile loops are open.
void ArrayPart::startAt(int64_t depth) {
  if (depth == plan.ifmapDepth) {
    loadLoops = nest.depth();
    plan.ringRows ? emitRing() : emitBox();
  }
  if (depth == plan.storeDepth) {
    tileLoops = nest.depth();
    if (!part.first())
      emitLoadPsums();
  }
}

void ArrayPart::emitPass() {
  AffineExpr load = nest.linearIndex(loadLoops);
  bool needsRecords = layer.needsRecords(problem.target);
  // 0 where records come.
  AffineExpr sinceRecords = constant(0);
  for (auto [depth, loop] : llvm::enumerate(plan.tileLoops))
    if (int64_t(depth) >= plan.recordDepth)
      sinceRecords = sinceRecords + index(loop.dim);
  for (const ScheduleLoop &loop : plan.passLoops)
    sinceRecords = sinceRecords + index(loop.dim);
  AffineExpr chunk = load;
  for (const ScheduleLoop &loop : plan.passLoops)
    if (loop.dim != LoopDim::FilterPass && plan.ringRows)
      chunk = chunk * loop.trips + index(loop.dim);
  Control control;
  control.wait(loaded, value(chunk + 1));
  if (!part.first())
    control.wait(restored, value(block() + 1));
  if (tiles > 1)
    control.wait(stored, value(storesBefore()));
  // Stores of the tile before read the records of `int` targets.
  if (tiles > 1 && plan.recordDepth > 0 && needsRecords &&
      !problem.target.isFixed16())
    control.wait(stored,
                 value(block() - sinceRecords * (tiles * storesPerTile)));
  control.signal(passed);

  AffineExpr channelPass = index(LoopDim::ChannelPass) * plan.passChannels;
  AffineExpr strip = index(LoopDim::Strip);
  AffineExpr ifmapOffset =
      channelPass * strides.channel +
      strip * (plan.passRows * layer.strideY * strides.row);
  int64_t tileRecords = plan.groups * plan.tileFilters;
  int64_t filterTiles =
      llvm::divideCeil(layer.filtersPerGroup(), plan.tileFilters);
  PassOp::create(
      builder, loc, ifmapBuffer, psumBuffer, filters, records,
      value(plan.ringRows ? constant(0) : ifmapOffset),
      value(plan.ringRows ? load * (plan.ifmapRows * strides.row) + ifmapOffset
                          : load * plan.ifmapWords),
      number(ifmapModulus()), ring(), psumOffset(), images(), groups(),
      filterCount(), channels(plan.passChannels, channelPass),
      nest.least(rowsOf(index(LoopDim::Strip))), columns(),
      part.first()
          ? value(index(LoopDim::ChannelTile) + index(LoopDim::ChannelPass))
          : AffineMapAttr(),
      plan.filtersStay ? value(strip) : AffineMapAttr(), value(firstFilter()),
      value(firstChannel()), number(filtersPerGroup),
      value((index(LoopDim::GroupTile) * filterTiles +
             index(LoopDim::FilterTile)) *
            tileRecords),
      needsRecords ? value(tileRecords - sinceRecords * tileRecords)
                   : value(constant(0)),
      value(index(LoopDim::FilterPass) * plan.passFilters),
      number(plan.tileFilters),
      builder.getDenseI64ArrayAttr(
          {part.filterRows.first, part.filterRows.step}),
      builder.getDenseI64ArrayAttr(
          {part.filterColumns.first, part.filterColumns.step}),
      nest.ivs(), control.waits, waitValues(control), control.signals,
      amounts(control));
}

/// The raw psums of a tile, block by block as its stores have them.
void ArrayPart::emitLoadPsums() {
  size_t outside = nest.depth();
  Control control;
  for (const ScheduleLoop &loop : plan.passLoops)
    if (loop.dim != LoopDim::ChannelPass)
      nest.open(loop);
  control.wait(configured, value(constant(1)));
  if (tiles > 1)
    control.wait(stored, value(storesBefore()));
  control.signal(restored);
  LoadPsumsOp::create(
      builder, loc, psums, psumBuffer, psumOffset(), images(), groups(),
      filterCount(), nest.least(rowsOf(index(LoopDim::Strip))), columns(),
      value(index(LoopDim::ImageTile) * plan.tileImages), value(firstFilter()),
      value(firstRow()), value(firstColumn()), number(filtersPerGroup),
      number(part.ofmapRows.step), number(part.ofmapColumns.step), nest.ivs(),
      control.waits, waitValues(control), control.signals, amounts(control));
  nest.closeTo(outside);
}

/// All psums of a tile: one store for the block of each filter pass and strip.
void ArrayPart::emitStores() {
  size_t outside = nest.depth();
  Control control;
  for (const ScheduleLoop &loop : plan.passLoops)
    if (loop.dim != LoopDim::ChannelPass)
      nest.open(loop);
  control.wait(passed, value(passesBefore()));
  control.signal(stored);
  StoreOp::create(
      builder, loc, psumBuffer, output, psumOffset(), images(), groups(),
      filterCount(), nest.least(rowsOf(index(LoopDim::Strip))), columns(),
      value(index(LoopDim::ImageTile) * plan.tileImages), value(firstFilter()),
      value(firstRow()), value(firstColumn()), number(filtersPerGroup),
      value(index(LoopDim::FilterPass) * plan.passFilters),
      number(plan.tileFilters),
      part.last() ? UnitAttr() : builder.getUnitAttr(),
      number(part.ofmapRows.step), number(part.ofmapColumns.step), nest.ivs(),
      control.waits, waitValues(control), control.signals, amounts(control));
  nest.closeTo(outside);
}

LogicalResult ArrayPart::prepare(StringRef name, Value output, Value raw) {
  this->output = part.last() ? output : raw;
  psums = raw;
  if (failed(makeFrameAndBuffers(name)))
    return failure();
  makeTokens(name);
  countTrips();
  return success();
}

void ArrayPart::emit() {
  emitConfigure();
  for (auto [depth, loop] : llvm::enumerate(plan.tileLoops)) {
    startAt(int64_t(depth));
    nest.open(loop);
  }
  startAt(int64_t(plan.tileLoops.size()));
  for (const ScheduleLoop &loop : plan.passLoops)
    nest.open(loop);
  emitPass();
  nest.closeTo(tileLoops);
  emitStores();
  nest.closeTo(0);
  context.arrayFree = {stored, tiles * storesPerTile};
}
