//===- Pieces.cpp - How dimensions are cut --------------------------------===//
#include "Pieces.h"

#include "Geometry.h"

#include <algorithm>

using namespace rowlock;

Pieces rowlock::cut(int64_t total, int64_t tile, int64_t pass) {
  Pieces pieces;
  auto add = [&](int64_t size, int64_t count) {
    if (size == 0 || count == 0)
      return;
    for (Piece &piece : pieces)
      if (piece.size == size) {
        piece.count += count;
        return;
      }
    pieces.push_back({size, count});
  };
  auto addTiles = [&](int64_t size, int64_t count) {
    add(pass, size / pass * count);
    add(size % pass, count);
  };
  addTiles(tile, total / tile);
  addTiles(total % tile, 1);
  return pieces;
}

int64_t rowlock::countOf(const Pieces &pieces) {
  int64_t count = 0;
  for (const Piece &piece : pieces)
    count += piece.count;
  return count;
}

LayerPieces::LayerPieces(const LayerShape &layer, const Mapping &mapping)
    : groups(cut(layer.groups, mapping.g, mapping.g)),
      filters(cut(layer.filtersPerGroup(), mapping.m, mapping.p * mapping.t)),
      images(cut(layer.batch, mapping.n, mapping.n)),
      strips(cut(layer.ofmapHeight(), mapping.h, mapping.e)),
      columns(cut(layer.ofmapWidth(), mapping.f, mapping.f)),
      channels(cut(layer.channels, mapping.c, mapping.q * mapping.r)),
      tileRows(cut(layer.ofmapHeight(), mapping.h, mapping.h)) {}

Pieces rowlock::filterStrips(const LayerPieces &pieces,
                             const Mapping &mapping) {
  if (!filtersStay(mapping))
    return pieces.strips;
  Pieces first = pieces.tileRows;
  for (Piece &tile : first)
    tile.size = std::min(tile.size, mapping.e);
  return first;
}
