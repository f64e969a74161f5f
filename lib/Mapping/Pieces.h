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

/// Strips whose pass brings filters: all, or the first of each tile.
Pieces filterStrips(const LayerPieces &pieces, const Mapping &mapping);

/// The same counts and energy for `evaluate` and `estimate`; no cycles.
Cost countEvents(const MappingProblem &problem, const Mapping &mapping,
                 const LayerData *data);

/// `processingCycles` and `cycles` of the engines over time; with `data`, DRAM
/// bytes of coded fmaps, too.
void runEngines(const MappingProblem &problem, const Mapping &mapping,
                const LayerData *data, Cost &cost);

/// PEs of one set that take the first `inputs` ifmap rows: array rows i and
/// columns y < e with y * stride + i < inputs.
int64_t rowReceivers(int64_t inputs, const LayerShape &layer, int64_t e);

/// Sum over tiles of `tile` outputs of the ifmap rows (or columns) of each that
/// are stored: from `first` to before `end`.
int64_t storedOf(int64_t outputs, int64_t tile, int64_t stride, int64_t filter,
                 int64_t first, int64_t end);

/// DRAM bytes of outputs, and of raw psums out and in.
int64_t ofmapBytesOf(const MappingProblem &problem);

/// Normalised energy of the counts (hardware.md, section 6).
double energyOf(const MappingProblem &problem, const Cost &cost);

} // namespace rowlock

#endif // ROWLOCK_LIB_MAPPING_PIECES_H
