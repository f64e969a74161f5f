//===- SearchModel.h - Cost of a pass with a tile, in parts -----*- C++ -*-===//
//
// For mappings of `MapSpace`, whose tiles consist of whole passes, `estimate`
// falls apart into what a pass decides and what a tile decides, with few
// products of the two. Here each part is computed once.
//
//===----------------------------------------------------------------------===//
#ifndef ROWLOCK_LIB_MAPPING_SEARCHMODEL_H
#define ROWLOCK_LIB_MAPPING_SEARCHMODEL_H

#include "Objectives.h"
#include "PassEstimate.h"

namespace rowlock {

/// Sizes (e, p, q, r, t, g) and what follows from them whatever the tile.
struct PassChoice {
  int64_t e, p, q, r, t, g;
  // Energy: for each ifmap column that passes read, and in all.
  double columnEnergy = 0, fixedEnergy = 0;
  // Cycles: with all columns in one piece, and the least of any pieces; of each
  // piece of images and columns; of each time that filters come.
  double streaming = 0, leastStreaming = 0, overhead = 0, filters = 0;
  int64_t filtersOfPass() const { return p * t; }
  int64_t channelsOfPass() const { return q * r; }
};

/// Sizes (n, f, h) and what follows from them whatever the pass.
struct TileChoice {
  int64_t n, f, h;
  int64_t pieces;         // of images and columns
  int64_t filterLoads;    // how often filters come: pieces times tile rows
  int64_t inColumns;      // of all pieces
  int64_t plane;          // ifmap words of one channel and group
  int64_t psums;          // psum words of one filter and group
  double loadEnergy;      // of loading the ifmaps once
  double loadBytes;       // the same
  int64_t leastLoads = 1; // at least so many times, whatever the pass
};

/// How a tile's channels and filters stand in the GLB, and in which order they
/// are worked on.
struct Residency {
  int64_t c, m;
  bool filtersInside; // filter tiles inside those of images, rows, columns
  int64_t loads;      // times that an ifmap box is loaded
  std::array<PassLoop, 3> passOrder = Mapping().passOrder;
  Prefetch prefetch = Prefetch::None;
};

class SearchModel {
public:
  /// With `times`, passes know their cycles.
  SearchModel(const MappingProblem &problem, bool times);

  PassChoice pass(int64_t e, int64_t p, int64_t q, int64_t r, int64_t t,
                  int64_t g) const;
  TileChoice tile(int64_t n, int64_t f, int64_t h) const;

  /// Least figures of any pass with these e, r, t, g and at most these p and q,
  /// with any tile of least energy and bytes `tiles`.
  Figures placementBound(const Mapping &sizes, const Figures &tiles) const;
  /// Least figures of the pass with any tile of least energy and bytes `tiles`.
  Figures bound(const PassChoice &pass, const Figures &tiles) const;
  /// Least figures of the pass with the tile.
  Figures bound(const PassChoice &pass, const TileChoice &tile) const;
  /// What a tile adds to any pass at least: energy and bytes.
  Figures bound(const TileChoice &tile) const;

  int64_t ifmapBanks(const TileChoice &tile, int64_t channels,
                     int64_t groups) const;
  int64_t psumBanks(const TileChoice &tile, int64_t filters,
                    int64_t groups) const;
  /// Filters per group whose psums fit so many banks.
  int64_t filtersIn(int64_t banks, const TileChoice &tile,
                    int64_t groups) const;

  /// Those of a mapping, as `estimate` has them; or with what is exposed at
  /// least of the link's time.
  Figures figures(const PassChoice &pass, const TileChoice &tile,
                  const Residency &residency, bool exposed = true) const;
  Mapping mapping(const PassChoice &pass, const TileChoice &tile,
                  const Residency &residency) const;

private:
  PassChoice energyOfPass(int64_t e, int64_t p, int64_t q, int64_t r, int64_t t,
                          int64_t g) const;
  template <typename Use>
  void forEachClass(const PassChoice &pass, Use use) const;
  double streaming(const PassChoice &pass, int64_t columns) const;
  double filterEnergy(const PassChoice &pass) const;
  double leastExposed(const PassChoice &pass, const TileChoice &tile) const;

  const MappingProblem &problem;
  const LayerShape &layer;
  const TargetSpec &target;
  const PassEstimate estimate;
  const bool times;
  const int64_t E, F, Mg;
  const int64_t leastColumns; // ifmap columns read, however cut
  const double operand, psum; // in 16-bit words
  const double planes, ofmaps, filterWords, filterBytes;
  double baseEnergy, ofmapBytes; // whatever the mapping
  double frame;
};

} // namespace rowlock

#endif // ROWLOCK_LIB_MAPPING_SEARCHMODEL_H
