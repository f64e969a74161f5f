//===- EngineWaits.cpp - What commands of a mapping wait for --------------===//
#include "EngineRun.h"

using namespace rowlock;

int64_t EngineRun::blockOf(int64_t pass) const {
  Position at = arrayPasses.position();
  int64_t block = 0;
  for (const ScheduleLoop &loop : plan.passLoops)
    if (loop.dim != LoopDim::ChannelPass)
      block = block * loop.trips + at[loop.dim];
  return pass / (allPasses / tiles) * storesPerTile + block;
}

int64_t EngineRun::chunkOf(Position at) const {
  int64_t chunk = 0;
  for (const ScheduleLoop &loop : plan.passLoops)
    if (loop.dim != LoopDim::FilterPass && plan.ringRows)
      chunk = chunk * loop.trips + at[loop.dim];
  return chunk;
}

int64_t EngineRun::passesBeforeLoad() const {
  int64_t load = ifmapLoads.at.number() / chunksPerLoad;
  if (!plan.ringRows)
    return (load - plan.doubleIfmaps) * (allPasses / loads);
  Position at = ifmapLoads.position();
  const IfmapChunk &chunk = plan.chunks[size_t(at.strip)];
  at.strip = chunk.strip;
  // The last pass on that chunk is in the box's last tile, with the last
  // filters.
  int64_t pass = 0, passesOfTile = 1;
  for (const ScheduleLoop &loop : plan.passLoops) {
    pass = pass * loop.trips +
           (loop.dim == LoopDim::FilterPass ? loop.trips - 1 : at[loop.dim]);
    passesOfTile *= loop.trips;
  }
  return (load - chunk.boxesBack + 1) * (allPasses / loads) - passesOfTile +
         pass + 1;
}

int64_t EngineRun::passesBefore(const Walk &block) const {
  if (!plan.drainsBlocks)
    return (tileOf(block) + 1) * (allPasses / tiles);
  Position at = block.position();
  int64_t pass = 0, passesOfTile = 1;
  for (const ScheduleLoop &loop : plan.passLoops) {
    pass = pass * loop.trips +
           (loop.dim == LoopDim::ChannelPass ? loop.trips - 1 : at[loop.dim]);
    passesOfTile *= loop.trips;
  }
  return (tileOf(block) + 1) * (allPasses / tiles) - passesOfTile + pass + 1;
}

/// Loads stand in the outer loops first, ifmaps before psums.
bool EngineRun::nextLoadIsIfmap() const {
  if (!layer.resumes || psumLoads.at.done())
    return true;
  if (ifmapLoads.at.done())
    return false;
  // How many full tiles lie before each.
  int64_t tilesPerLoad = 1, tilesPerStore = 1;
  for (size_t k = 0; k < plan.tileLoops.size(); ++k) {
    tilesPerLoad *= int64_t(k) >= plan.ifmapDepth ? plan.tileLoops[k].trips : 1;
    tilesPerStore *=
        int64_t(k) >= plan.storeDepth ? plan.tileLoops[k].trips : 1;
  }
  int64_t ifmap = ifmapLoads.at.number() / chunksPerLoad * tilesPerLoad;
  int64_t psums = tileOf(psumLoads) * tilesPerStore;
  return ifmap != psums ? ifmap < psums : plan.ifmapDepth <= plan.storeDepth;
}

bool EngineRun::ready(Engine engine) {
  switch (engine) {
  case Engine::Load: {
    if (loadsDone() || configured < 1)
      return false;
    if (!nextLoadIsIfmap())
      return stored >= storesBefore(psumLoads.at.number());
    return passed >= passesBeforeLoad();
  }
  case Engine::Filter:
    return !filterPasses.at.done();
  case Engine::Array: {
    if (!configured)
      return true;
    if (arrayPasses.at.done())
      return false;
    int64_t pass = arrayPasses.at.number();
    int64_t block = blockOf(pass);
    // Stores of the tile before read the records of `int` targets.
    if (!target.isFixed16() && bringsRecords(arrayPasses) && stored < block)
      return false;
    int64_t chunk = pass / (allPasses / loads) * chunksPerLoad +
                    chunkOf(arrayPasses.position());
    return loaded > chunk && (!layer.resumes || restored > block) &&
           stored >= storesBefore(block);
  }
  case Engine::Store:
    return !stores.at.done() && passed >= passesBefore(stores);
  case Engine::Host:
    return false;
  }
  return false;
}
