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

static std::string words(const char *spad, int64_t count) {
  return std::string("the ") + spad + " spad of " + std::to_string(count) +
         " words";
}

static Status verifyFilterSpad(const MappingProblem &problem,
                               const Mapping &mapping) {
  const LayerShape &layer = problem.layer;
  int64_t value = mapping.p * mapping.q * layer.filterWidth;
  int64_t bound = problem.target.filterSpad(layer.mode16);
  return value <= bound ? Status::ok()
                        : exceeds("p*q*S", value, words("filter", bound));
}

static Status verifyIfmapSpad(const MappingProblem &problem,
                              const Mapping &mapping) {
  const LayerShape &layer = problem.layer;
  int64_t value = mapping.q * layer.filterWidth;
  int64_t bound = problem.target.ifmapSpad(layer.mode16);
  return value <= bound ? Status::ok()
                        : exceeds("q*S", value, words("ifmap", bound));
}

static Status verifyPsumSpad(const MappingProblem &problem,
                             const Mapping &mapping) {
  int64_t bound = problem.target.psum_spad_words;
  return mapping.p <= bound ? Status::ok()
                            : exceeds("p", mapping.p, words("psum", bound));
}

static Status verifyRecords(const MappingProblem &problem,
                            const Mapping &mapping) {
  int64_t value = mapping.m * mapping.g, bound = problem.target.record_entries;
  return value <= bound ? Status::ok()
                        : exceeds("m*g", value,
                                  "the " + std::to_string(bound) +
                                      " entries of the record memory");
}

static Status verifyRows(const MappingProblem &problem,
                         const Mapping &mapping) {
  int64_t value = problem.layer.filterHeight * mapping.r;
  int64_t bound = problem.target.rows;
  return value <= bound ? Status::ok()
                        : exceeds("R*r", value,
                                  "the " + std::to_string(bound) + " PE rows");
}

static Status verifySlots(const MappingProblem &problem,
                          const Mapping &mapping) {
  Placement place = placementOf(problem, mapping);
  int64_t stackRows = problem.layer.filterHeight * mapping.r;
  int64_t stacks = mapping.t * mapping.g * place.segments;
  int64_t slots = place.slotRows * place.slotsAcross;
  return stacks <= slots
             ? Status::ok()
             : exceeds("t*g*segments", stacks,
                       "the " + std::to_string(slots) + " slots of " +
                           std::to_string(stackRows) + " rows by " +
                           std::to_string(place.segmentWidth) + " columns");
}

static Status verifyIDs(const MappingProblem &problem, const Mapping &mapping) {
  Placement place = placementOf(problem, mapping);
  int64_t used = ifmapTagsOf(problem, mapping, place).columnsUsed;
  int64_t bits = problem.target.ifmap_column_id_bits;
  int64_t columns = int64_t(1) << bits;
  return used <= columns
             ? Status::ok()
             : exceeds("number of ifmap column IDs on one row ID", used,
                       "the " + std::to_string(columns) + " of " +
                           std::to_string(bits) + " bits");
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

static Status verifyOrder(const MappingProblem &problem,
                          const Mapping &mapping) {
  const LayerShape &layer = problem.layer;
  std::array<TileLoop, 6> tile = mapping.tileOrder;
  std::array<PassLoop, 3> pass = mapping.passOrder;
  std::sort(tile.begin(), tile.end());
  std::sort(pass.begin(), pass.end());
  if (tile != Mapping().tileOrder || pass != Mapping().passOrder)
    return Status::error("order is no permutation of gmnhfc and of cms");
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

const std::vector<LegalityRule> &rowlock::legalityRules() {
  static const std::vector<LegalityRule> rules = {
      verifyFilterSpad, verifyIfmapSpad, verifyPsumSpad,
      verifyRecords,    verifyRows,      verifySlots,
      verifyIDs,        verifyBuffer,    verifyOrder};
  return rules;
}

Status rowlock::verifyMapping(const MappingProblem &problem,
                              const Mapping &mapping) {
  if (Status status = verifyRanges(problem.layer, mapping); !status)
    return status;
  for (LegalityRule rule : legalityRules())
    if (Status status = rule(problem, mapping); !status)
      return status;
  return Status::ok();
}

Status rowlock::verify(const MappingProblem &problem, const Mapping &mapping) {
  if (Status status = problem.check(); !status)
    return status;
  return verifyMapping(problem, mapping);
}
