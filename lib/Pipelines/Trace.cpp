//===- Trace.cpp - A run over time, for Perfetto --------------------------===//
#include "rowlock/Pipelines/Trace.h"

#include "rowlock/Program/Values.h"

#include <algorithm>

using namespace rowlock;

Trace::Trace(const Program &program, size_t most)
    : program(program), most(most) {}

Trace::Track Trace::trackOf(const ExecutedCommand &command) {
  switch (command.kind) {
  case NextCommand::Configure:
    return Configuration;
  case NextCommand::Filters:
    return Filters;
  case NextCommand::Pass:
    return Array;
  case NextCommand::Host:
    return Host;
  default:
    break;
  }
  if (command.engine == Engine::Store)
    return Stores;
  return command.psums ? RawPsums : Ifmaps;
}

void Trace::begun() {
  std::vector<Slice> layers = layerSlices();
  tracks[Layers].insert(tracks[Layers].end(), layers.begin(), layers.end());
  start = last;
  size_t count = items(program.table().layers()).size() + 1;
  layerEnds.assign(count, start);
  passNumbers.assign(count, 0);
}

std::vector<Trace::Slice> Trace::layerSlices() const {
  std::vector<Slice> slices;
  double begin = start;
  for (size_t k = 0; k < layerEnds.size(); ++k) {
    if (layerEnds[k] <= begin)
      continue;
    Slice slice;
    slice.begin = begin;
    slice.end = begin = layerEnds[k];
    slice.layer = k;
    slices.push_back(slice);
  }
  return slices;
}

void Trace::executed(const ExecutedCommand &command) {
  Slice slice;
  slice.begin = start + command.begin;
  slice.end = start + command.end;
  slice.layer = command.layer;
  slice.bytes = double(command.dramBytes);
  slice.macs = command.counts.macs;
  slice.gatedMacs = command.counts.gatedMacs;
  slice.cycles = command.counts.cycles;
  slice.pass = command.pass;
  if (command.kind == NextCommand::Pass) {
    slice.number = passNumbers[command.layer]++;
    slice.bytes = 0; // its filters' are the filter engine's
  }
  last = std::max(last, slice.end);
  layerEnds[command.layer] = std::max(layerEnds[command.layer], slice.end);
  add(trackOf(command), slice);
}

void Trace::passed(const Stretch &stretch) {
  Slice slice;
  slice.users = (stretch.loads ? 1u : 0u) | (stretch.filters ? 2u : 0u) |
                (stretch.stores ? 4u : 0u);
  if (!slice.users)
    return;
  const TargetSpec &target = program.target();
  slice.begin = start + stretch.begin;
  slice.end = start + stretch.end;
  slice.bytes = (stretch.end - stretch.begin) * double(target.link_bits) / 8 *
                target.link_mhz / target.core_mhz;
  std::vector<Slice> &track = tracks[LinkUse];
  if (!track.empty() && track.back().users == slice.users &&
      track.back().end == slice.begin) {
    track.back().end = slice.end;
    track.back().bytes += slice.bytes;
    return;
  }
  add(LinkUse, slice);
}

bool Trace::join(Slice &into, const Slice &next) const {
  if (into.layer != next.layer || into.commands + next.commands > perSlice)
    return false;
  into.end = next.end;
  into.commands += next.commands;
  into.bytes += next.bytes;
  into.macs += next.macs;
  into.gatedMacs += next.gatedMacs;
  into.cycles += next.cycles;
  into.users |= next.users;
  bool same = into.pass && next.pass && !(*into.pass < *next.pass) &&
              !(*next.pass < *into.pass);
  if (!same)
    into.pass.reset();
  return true;
}

void Trace::add(Track track, const Slice &slice) {
  ++seen;
  std::vector<Slice> &slices = tracks[track];
  if (slices.empty() || !join(slices.back(), slice))
    slices.push_back(slice);
  // Slices of different layers stay apart, so there may be more in the end.
  while (keptCount() > most && perSlice < seen)
    coarsen();
}

void Trace::coarsen() {
  perSlice *= 2;
  for (std::vector<Slice> &slices : tracks) {
    size_t kept = 0;
    for (size_t k = 1; k < slices.size(); ++k)
      if (!join(slices[kept], slices[k]))
        slices[++kept] = slices[k];
    slices.resize(std::min(slices.size(), kept + 1));
  }
}

size_t Trace::keptCount() const {
  size_t count = 0;
  for (const std::vector<Slice> &slices : tracks)
    count += slices.size();
  return count;
}
