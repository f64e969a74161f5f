//===- EngineRun.cpp - A mapping on the engines over time -----------------===//
#include "EngineRun.h"

#include "CodedTraffic.h"
#include "Geometry.h"
#include "Pieces.h"

#include <algorithm>
#include <cassert>

using namespace rowlock;

EngineRun::EngineRun(const MappingProblem &problem, const Mapping &mapping,
                     const LayerData *data)
    : layer(problem.layer), target(problem.target), data(data),
      plan(schedule(problem, mapping)), passes(problem, mapping) {
  for (size_t depth = 0; depth < plan.tileLoops.size(); ++depth) {
    int64_t trips = plan.tileLoops[depth].trips;
    loads *= int64_t(depth) < plan.ifmapDepth ? trips : 1;
    tiles *= int64_t(depth) < plan.storeDepth ? trips : 1;
    allPasses *= trips;
  }
  for (const ScheduleLoop &loop : plan.passLoops) {
    allPasses *= loop.trips;
    if (loop.dim != LoopDim::ChannelPass)
      storesPerTile *= loop.trips;
    if (loop.dim != LoopDim::FilterPass && plan.ringRows)
      chunksPerLoad *= loop.trips;
  }
  ifmapLoads = walkIfmaps();
  psumLoads = stores = walkBlocks();
  filterPasses = arrayPasses = walkPasses();
}

static void addLoop(const ScheduleLoop &loop, std::vector<int64_t> &trips,
                    std::vector<LoopDim> &dims) {
  trips.push_back(loop.trips);
  dims.push_back(loop.dim);
}

EngineRun::Walk EngineRun::walkIfmaps() const {
  std::vector<int64_t> trips;
  Walk walk;
  for (int64_t k = 0; k < plan.ifmapDepth; ++k)
    addLoop(plan.tileLoops[size_t(k)], trips, walk.dims);
  for (const ScheduleLoop &loop : plan.passLoops)
    if (loop.dim != LoopDim::FilterPass && plan.ringRows)
      addLoop(loop, trips, walk.dims);
  walk.at = LoopCounter(std::move(trips));
  return walk;
}

EngineRun::Walk EngineRun::walkBlocks() const {
  std::vector<int64_t> trips;
  Walk walk;
  for (int64_t k = 0; k < plan.storeDepth; ++k)
    addLoop(plan.tileLoops[size_t(k)], trips, walk.dims);
  for (const ScheduleLoop &loop : plan.passLoops)
    if (loop.dim != LoopDim::ChannelPass)
      addLoop(loop, trips, walk.dims);
  walk.at = LoopCounter(std::move(trips));
  return walk;
}

EngineRun::Walk EngineRun::walkPasses() const {
  std::vector<int64_t> trips;
  Walk walk;
  for (const ScheduleLoop &loop : plan.tileLoops)
    addLoop(loop, trips, walk.dims);
  for (const ScheduleLoop &loop : plan.passLoops)
    addLoop(loop, trips, walk.dims);
  walk.at = LoopCounter(std::move(trips));
  return walk;
}

/// The full sizes of the tile there.
Extents EngineRun::tileAt(const Position &at) const {
  auto left = [](int64_t full, int64_t all, int64_t index) {
    return std::min(full, all - index * full);
  };
  return {left(plan.tileImages, layer.batch, at.image),
          left(plan.groups, layer.groups, at.group),
          left(plan.tileFilters, layer.filtersPerGroup(), at.filter),
          left(plan.tileChannels, layer.channels, at.channel),
          left(plan.tileRows, layer.ofmapHeight(), at.row),
          left(plan.tileColumns, layer.ofmapWidth(), at.column)};
}

Extents EngineRun::passAt(const Position &at) const {
  Extents pass = tileAt(at);
  pass.filters = std::min(plan.passFilters,
                          pass.filters - at.filterPass * plan.passFilters);
  pass.channels = std::min(plan.passChannels,
                           pass.channels - at.channelPass * plan.passChannels);
  pass.rows = std::min(plan.passRows, pass.rows - at.strip * plan.passRows);
  return pass;
}

NextCommand EngineRun::next(Engine engine) {
  NextCommand next;
  if (engine == Engine::Load || engine == Engine::Store) {
    next.kind = NextCommand::Transfer;
    return next;
  }
  if (engine == Engine::Array && !configured) {
    next.kind = NextCommand::Configure;
    next.frame = 0;
    return arrayCommand = next;
  }
  Position at =
      (engine == Engine::Filter ? filterPasses : arrayPasses).position();
  Extents pass = passAt(at);
  next.streams = streams(at);
  if (!pass.isVoid() && (engine == Engine::Array || next.streams)) {
    next.kind =
        engine == Engine::Filter ? NextCommand::Filters : NextCommand::Pass;
    next.plan = &passes.get(pass);
  }
  if (engine == Engine::Array)
    arrayCommand = next;
  return next;
}

/// The box of a tile, all of its channels, or a chunk of it; what of it is
/// padding is not stored.
CommandCost EngineRun::loadIfmap() {
  Position at = ifmapLoads.position();
  Extents tile = plan.ringRows ? passAt(at) : tileAt(at);
  int64_t rows = (tile.rows - 1) * layer.strideY +
                 (at.strip > 0 ? layer.strideY : layer.filterHeight);
  int64_t columns = (tile.columns - 1) * layer.strideX + layer.filterWidth;
  int64_t row = at.row * plan.tileRows * layer.strideY;
  if (plan.ringRows)
    row += plan.chunks[size_t(at.strip)].firstRow;
  int64_t channel =
      at.channel * plan.tileChannels + at.channelPass * plan.passChannels;
  CommandCost cost;
  if (rows <= 0 || tile.channels <= 0)
    return cost;
  int64_t column = at.column * plan.tileColumns * layer.strideX;
  auto stored = [](int64_t first, int64_t count, int64_t before, int64_t end) {
    return std::max<int64_t>(0, std::min(first + count, end) -
                                    std::max(first, before));
  };
  int64_t planes = tile.images * tile.groups * tile.channels;
  if (data && data->ifmap) {
    int64_t first = std::max<int64_t>(row - layer.padTop, 0);
    int64_t bytes = codedBytes(
        *data->ifmap, {at.image * plan.tileImages, tile.images},
        {at.group * plan.groups, tile.groups, layer.channels},
        {channel, tile.channels}, {first, row + rows - layer.padTop - first},
        layer.groups * layer.channels,
        layer.height - layer.padTop - layer.padBottom);
    codedIfmapBytes += bytes;
    cost.dramBytes = double(bytes);
  } else {
    cost.dramBytes = double(
        planes * layer.storedIfmapBytes(target) *
        stored(row, rows, layer.padTop, layer.height - layer.padBottom) *
        stored(column, columns, layer.padLeft, layer.width - layer.padRight));
  }
  int64_t glbBytes =
      planes * rows * columns * target.operandBytes(layer.mode16);
  cost.glbCycles = double(ceilDiv(glbBytes, 8 * plan.ifmapBanks));
  return cost;
}

/// A block of psums; those that are not ifmap banks hold them.
CommandCost EngineRun::movePsums(const Walk &walk, int64_t bytesPerPsum,
                                 bool out) {
  Position at = walk.position();
  Extents block = passAt(at);
  CommandCost cost;
  if (block.isVoid())
    return cost;
  int64_t words =
      block.images * block.groups * block.filters * block.rows * block.columns;
  cost.dramBytes = double(words * bytesPerPsum);
  if (out && data && data->ofmap) {
    int64_t bytes = codedBytes(
        *data->ofmap, {at.image * plan.tileImages, block.images},
        {at.group * plan.groups, block.groups, layer.filtersPerGroup()},
        {at.filter * plan.tileFilters + at.filterPass * plan.passFilters,
         block.filters},
        {at.row * plan.tileRows + at.strip * plan.passRows, block.rows},
        layer.filters, layer.ofmapHeight());
    codedOfmapBytes += bytes;
    cost.dramBytes = double(bytes);
  }
  cost.glbCycles = double(ceilDiv(words * target.psumBytes(),
                                  8 * (target.glb_banks - plan.ifmapBanks)));
  return cost;
}

Result<CommandCost> EngineRun::execute(Engine engine) {
  CommandCost cost;
  if (engine == Engine::Load)
    return nextLoadIsIfmap() ? loadIfmap()
                             : movePsums(psumLoads, target.psumBytes(), false);
  if (engine == Engine::Store)
    return movePsums(stores,
                     layer.leavesRaw ? target.psumBytes()
                                     : layer.storedOfmapBytes(target),
                     !layer.leavesRaw);
  if (engine == Engine::Filter) {
    Position at = filterPasses.position();
    Extents pass = passAt(at);
    if (!pass.isVoid() && streams(at)) {
      const FilterDelivery &filters = passes.get(pass).filters;
      cost.dramBytes =
          double(filters.words() * filters.wordBytes() +
                 (bringsRecords(filterPasses) ? recordBytes() : 0));
    }
  }
  return cost;
}

void EngineRun::ended(Engine engine, double begin, double end, double filters) {
  last = std::max(last, end);
  switch (engine) {
  case Engine::Load:
    if (nextLoadIsIfmap()) {
      ++loaded;
      ifmapLoads.at.advance();
    } else {
      ++restored;
      psumLoads.at.advance();
    }
    return;
  case Engine::Filter:
    filterPasses.at.advance();
    return;
  case Engine::Array:
    if (!configured) {
      ++configured;
      return;
    }
    if (arrayCommand.plan)
      processing += filters + double(arrayCommand.plan->time.total());
    ++passed;
    arrayPasses.at.advance();
    return;
  case Engine::Store:
    ++stored;
    stores.at.advance();
    return;
  case Engine::Host:
    return;
  }
}

void EngineRun::run(Cost &cost) {
  Status ran = Timeline(*this, target).run();
  assert(ran && arrayPasses.at.done() && stores.at.done() &&
         "a legal mapping runs to its end");
  (void)ran;
  cost.processingCycles = processing;
  cost.cycles = last;
  if (data && data->ifmap)
    cost.dramIfmapBytes = codedIfmapBytes;
  if (data && data->ofmap)
    cost.dramOfmapBytes = codedOfmapBytes;
}

void rowlock::runEngines(const MappingProblem &problem, const Mapping &mapping,
                         const LayerData *data, Cost &cost) {
  EngineRun(problem, mapping, data).run(cost);
}
