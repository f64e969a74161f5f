//===- DistinctPasses.cpp - What passes of a kind cost --------------------===//
#include "rowlock/Pipelines/DistinctPasses.h"

#include <algorithm>

using namespace rowlock;

void DistinctPasses::Moment::reach(const Moment &other) {
  time = std::max(time, other.time);
  banksAlone = std::max(banksAlone, other.banksAlone);
}

void DistinctPasses::begun() {
  banksAlone = 0;
  arrayEnd = Moment();
  layerEnds.assign(table.size(), Moment());
}

void DistinctPasses::passed(const Stretch &stretch) {
  if (stretch.banksAlone)
    banksAlone += stretch.end - stretch.begin;
}

DistinctPass &DistinctPasses::find(const ExecutedCommand &command) {
  std::vector<DistinctPass> &passes = table[command.layer].passes;
  auto [found, isNew] = numbers.try_emplace(
      {command.layer, command.frame, *command.pass}, passes.size());
  if (isNew)
    passes.push_back({command.frame, *command.pass, EventCounts()});
  return passes[found->second];
}

void DistinctPasses::executed(const ExecutedCommand &command) {
  EventCounts &sum =
      command.pass ? find(command).counts : table[command.layer].others;
  sum += command.counts;
  if (command.kind == NextCommand::Pass) {
    Moment since = arrayEnd;
    for (size_t k = 0; k < command.layer; ++k)
      since.reach(layerEnds[k]);
    // While it ran, banks did not work alone.
    double waited = std::max(0.0, command.begin - since.time);
    double forBanks = std::min(waited, banksAlone - since.banksAlone);
    sum.cycles.glb += forBanks;
    sum.cycles.dramWait += waited - forBanks;
    sum.cycles.total += waited + command.counts.cycles.processing() +
                        command.counts.cycles.dramWait;
  }
  Moment end = {command.end, banksAlone};
  layerEnds[command.layer].reach(end);
  if (command.engine == Engine::Array)
    arrayEnd.reach(end);
}
