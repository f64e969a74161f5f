//===- Search.h - The best mapping, with proof ------------------*- C++ -*-===//
//
//   Result<Optimum> best = searchOptimal({layer, target}, {Objective::Energy});
//   best->mapping, best->values, best->certificate
//
// docs/rationale/mapping.md derives space, model and bounds.
//
//===----------------------------------------------------------------------===//
#ifndef ROWLOCK_MAPPING_SEARCH_H
#define ROWLOCK_MAPPING_SEARCH_H

#include "rowlock/Mapping/Mapping.h"

#include <functional>

namespace rowlock {

/// What a mapping should have little of.
enum class Objective : uint8_t {
  Energy,  // `Cost::energy`, normalised
  Latency, // `estimate().cycles`: modelled core cycles of the layer alone
  EDP,     // energy times latency
  DRAM     // `Cost::dramBytes()`
};

/// Objectives, the most important first: the next one counts among equals.
using Objectives = std::vector<Objective>;

/// "energy", "latency", "edp", "dram", or a list such as "dram,energy".
Result<Objectives> parseObjectives(const std::string &text);
std::string printObjectives(const Objectives &objectives);

/// The model's value of a legal mapping for each objective.
std::vector<double> valuesOf(const MappingProblem &problem,
                             const Mapping &mapping,
                             const Objectives &objectives);

/// The mappings that a search ranges over: legal ones whose tiles consist of
/// whole passes, that is
///   h is a multiple of e, or E;  m one of p*t, or M/G;  c one of q*r, or C,
/// with any n, f, p, q, r, t, g, any order of loops, no prefetch, a ring or a
/// double buffer.
struct MapSpace {
  /// The fabricated chip's loops: h = e, c = q*r, f = F, g = 1, its order,
  /// gmnhfc/cms, no prefetch.
  bool chipOrder = false;
  /// p*t divides m, and m divides M/G.
  bool divisors = false;
  /// Mappings that move more between DRAM and the chip (`Cost::dramBytes()`)
  /// are not in it.
  std::optional<int64_t> mostDRAMBytes;

  /// What the chip's published mappings were chosen from.
  static MapSpace ofChip() {
    MapSpace space;
    space.chipOrder = space.divisors = true;
    return space;
  }
  bool holds(const MappingProblem &problem, const Mapping &mapping) const;
  /// How many sizes and kinds of prefetch there are in it, legal or not, loop
  /// orders not counted, whatever DRAM moves.
  double size(const LayerShape &layer) const;
};

/// What a search did. It holds for the model, not for the machine.
struct Certificate {
  double spaceSize = 0; // `MapSpace::size`
  int64_t passes = 0;   // (e, p, q, r, t, g) that were bounded
  int64_t evaluated = 0;
  // Left out because no mapping with them could be better: placements (e, r, t,
  // g) with any p, q and tile; passes with any tile; passes with a tile; both
  // with m, c and an order of passes. And what does not fit the GLB.
  int64_t prunedPlacements = 0, prunedPasses = 0, prunedTiles = 0;
  int64_t prunedResidencies = 0;
  int64_t doNotFit = 0;
  /// The least first objective that anything left out by a bound could have; at
  /// least that of the mapping found. Infinite if nothing was.
  double bestRemaining = 0;
};

struct Optimum {
  Mapping mapping;
  std::vector<double> values; // `valuesOf` the mapping
  Certificate certificate;
};

/// The least mapping of the space by the objectives; of equal ones one with the
/// smallest p. Deterministic. An error if the problem fails its `check()` or
/// nothing fits.
Result<Optimum> searchOptimal(const MappingProblem &problem,
                              const Objectives &objectives,
                              const MapSpace &space = {});

/// Calls `use` with every legal mapping of the space, with the loop orders that
/// differ in the model; for small problems. An error if the problem fails its
/// `check()`.
Status forEachMapping(const MappingProblem &problem, const MapSpace &space,
                      const std::function<void(const Mapping &)> &use);

/// What `searchOptimal` finds, by trying every mapping; a judge.
Result<Optimum> searchBruteForce(const MappingProblem &problem,
                                 const Objectives &objectives,
                                 const MapSpace &space = {});

} // namespace rowlock

#endif // ROWLOCK_MAPPING_SEARCH_H
