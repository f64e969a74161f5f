//===- Verify.cpp - The one rule of legality ------------------------------===//
//
// hardware.md, section 2, "Legality, complete". Network tags: row IDs never
// exceed the array's rows (a row of IDs belongs to at least one X bus), so only
// the ifmap network's columns can run out; `ifmapTagsOf` counts them.
//
//===----------------------------------------------------------------------===//

#include "Geometry.h"

#include <algorithm>

using namespace rowlock;

static Status exceeds(const std::string &what, int64_t value,
                      const std::string &bound) {
  return Status::error(what + " is " + std::to_string(value) + ", exceeds " +
                       bound);
}

static Status verifyRanges(const LayerShape &layer, const Mapping &mapping) {
  struct {
    const char *name;
    int64_t value;
    const char *boundName;
    int64_t bound;
  } ranges[] = {
      {"n", mapping.n, "N", layer.batch},
      {"m", mapping.m, "M/G", layer.filtersPerGroup()},
      {"h", mapping.h, "E", layer.ofmapHeight()},
      {"f", mapping.f, "F", layer.ofmapWidth()},
      {"c", mapping.c, "C", layer.channels},
      {"e", mapping.e, "h", mapping.h},
      {"g", mapping.g, "G", layer.groups},
      {"p", mapping.p, "m", mapping.m},
      {"t", mapping.t, "m", mapping.m},
      {"q", mapping.q, "c", mapping.c},
      {"r", mapping.r, "c", mapping.c},
  };
  for (const auto &range : ranges) {
    if (range.value < 1)
      return Status::error(std::string(range.name) + " is " +
                           std::to_string(range.value) + ", below 1");
    if (range.value > range.bound)
      return exceeds(range.name, range.value,
                     std::string(range.boundName) + " of " +
                         std::to_string(range.bound));
  }
  if (mapping.p * mapping.t > mapping.m)
    return exceeds("p*t", mapping.p * mapping.t,
                   "m of " + std::to_string(mapping.m));
  if (mapping.q * mapping.r > mapping.c)
    return exceeds("q*r", mapping.q * mapping.r,
                   "c of " + std::to_string(mapping.c));
  return Status::ok();
}

static Status verifySpads(const MappingProblem &problem,
                          const Mapping &mapping) {
  const LayerShape &layer = problem.layer;
  const TargetSpec &target = problem.target;
  int64_t filterWords = mapping.p * mapping.q * layer.filterWidth;
  if (filterWords > target.filterSpad(layer.mode16))
    return exceeds("p*q*S", filterWords,
                   "the filter spad of " +
                       std::to_string(target.filterSpad(layer.mode16)) +
                       " words");
  int64_t ifmapWords = mapping.q * layer.filterWidth;
  if (ifmapWords > target.ifmapSpad(layer.mode16))
    return exceeds("q*S", ifmapWords,
                   "the ifmap spad of " +
                       std::to_string(target.ifmapSpad(layer.mode16)) +
                       " words");
  if (mapping.p > target.psum_spad_words)
    return exceeds("p", mapping.p,
                   "the psum spad of " +
                       std::to_string(target.psum_spad_words) + " words");
  if (mapping.m * mapping.g > target.record_entries)
    return exceeds("m*g", mapping.m * mapping.g,
                   "the " + std::to_string(target.record_entries) +
                       " entries of the record memory");
  return Status::ok();
}

static Status verifyPlacement(const MappingProblem &problem,
                              const Mapping &mapping) {
  const TargetSpec &target = problem.target;
  int64_t stackRows = problem.layer.filterHeight * mapping.r;
  if (stackRows > target.rows)
    return exceeds("R*r", stackRows,
                   "the " + std::to_string(target.rows) + " PE rows");
  Placement place = placementOf(problem, mapping);
  int64_t stacks = mapping.t * mapping.g * place.segments;
  int64_t slots = place.slotRows * place.slotsAcross;
  if (stacks > slots)
    return exceeds("t*g*segments", stacks,
                   "the " + std::to_string(slots) + " slots of " +
                       std::to_string(stackRows) + " rows by " +
                       std::to_string(place.segmentWidth) + " columns");
  IfmapTags tags = ifmapTagsOf(problem, mapping, place);
  int64_t columns = int64_t(1) << target.ifmap_column_id_bits;
  if (tags.columnsUsed > columns)
    return exceeds("number of ifmap column IDs on one row ID", tags.columnsUsed,
                   "the " + std::to_string(columns) + " of " +
                       std::to_string(target.ifmap_column_id_bits) + " bits");
  return Status::ok();
}

static Status verifyBuffer(const MappingProblem &problem,
                           const Mapping &mapping) {
  TileWords tile = tileWordsOf(problem, mapping);
  if (tile.ifmapBanks + tile.psumBanks <= problem.target.glb_banks)
    return Status::ok();
  return exceeds("banks(ifmap) + banks(psum)", tile.ifmapBanks + tile.psumBanks,
                 "the " + std::to_string(problem.target.glb_banks) +
                     " banks of the GLB (" + std::to_string(tile.ifmapWords) +
                     " ifmap words" +
                     (mapping.prefetch == Prefetch::Double ? " twice" : "") +
                     ", " + std::to_string(tile.psumWords) + " psum words)");
}

static Status verifyOrder(const LayerShape &layer, const Mapping &mapping) {
  std::array<TileLoop, 6> tile = mapping.tileOrder;
  std::array<PassLoop, 3> pass = mapping.passOrder;
  std::sort(tile.begin(), tile.end());
  std::sort(pass.begin(), pass.end());
  if (tile != Mapping().tileOrder || pass != Mapping().passOrder)
    return Status::error("order is no permutation of gmnhfc and of cms");
  if (mapping.prefetch == Prefetch::Ring)
    return Status::error("prefetch is ring, exceeds none and double, which "
                         "this version has");
  int64_t channelTiles = tripsOf(layer, mapping, TileLoop::C);
  bool inside = false;
  for (TileLoop loop : mapping.tileOrder) {
    inside |= loop == TileLoop::C && channelTiles > 1;
    int64_t trips = tripsOf(layer, mapping, loop);
    if (inside && loop != TileLoop::C && trips > 1)
      return Status::error(
          "order has " + std::to_string(channelTiles) +
          " channel tiles outside loop " + letterOf(loop) + " of " +
          std::to_string(trips) +
          " trips, exceeds 1: psums stay in the GLB until their last channel");
  }
  return Status::ok();
}

Status rowlock::verifyMapping(const MappingProblem &problem,
                              const Mapping &mapping) {
  if (Status status = verifyRanges(problem.layer, mapping); !status)
    return status;
  if (Status status = verifySpads(problem, mapping); !status)
    return status;
  if (Status status = verifyPlacement(problem, mapping); !status)
    return status;
  if (Status status = verifyBuffer(problem, mapping); !status)
    return status;
  return verifyOrder(problem.layer, mapping);
}

Status rowlock::verify(const MappingProblem &problem, const Mapping &mapping) {
  if (Status status = problem.check(); !status)
    return status;
  return verifyMapping(problem, mapping);
}
