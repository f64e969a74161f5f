//===- Pieces.h - How dimensions are cut ------------------------*- C++ -*-===//
#ifndef ROWLOCK_LIB_MAPPING_PIECES_H
#define ROWLOCK_LIB_MAPPING_PIECES_H

#include "rowlock/Mapping/Mapping.h"

#include <vector>

namespace rowlock {

/// Pieces of equal size that a dimension is cut into.
struct Piece {
  int64_t size, count;
};
using Pieces = std::vector<Piece>;

/// Cuts `total` into tiles and each tile into passes.
Pieces cut(int64_t total, int64_t tile, int64_t pass);
int64_t countOf(const Pieces &pieces);

/// Every dimension of a layer as its passes have it.
struct LayerPieces {
  LayerPieces(const LayerShape &layer, const Mapping &mapping);
  Pieces groups, filters, images, strips, columns, channels;
  Pieces tileRows; // of tiles
};

/// The same counts and energy for `evaluate` and `estimate`; no cycles.
Cost countEvents(const MappingProblem &problem, const Mapping &mapping,
                 const LayerData *data);

/// `processingCycles` and `cycles` of the engines over time; with `data`, DRAM
/// bytes of coded fmaps, too.
void runEngines(const MappingProblem &problem, const Mapping &mapping,
                const LayerData *data, Cost &cost);

/// Normalised energy of the counts (hardware.md, section 6).
double energyOf(const MappingProblem &problem, const Cost &cost);

} // namespace rowlock

#endif // ROWLOCK_LIB_MAPPING_PIECES_H
