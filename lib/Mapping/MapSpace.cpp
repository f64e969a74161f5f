//===- MapSpace.cpp - What a search ranges over ---------------------------===//
#include "Geometry.h"

#include "rowlock/Mapping/Search.h"

using namespace rowlock;

bool MapSpace::holds(const MappingProblem &problem,
                     const Mapping &mapping) const {
  const LayerShape &layer = problem.layer;
  if (mostDRAMBytes && estimate(problem, mapping).dramBytes() > *mostDRAMBytes)
    return false;
  int64_t filters = mapping.p * mapping.t, channels = mapping.q * mapping.r;
  if (divisors &&
      (mapping.m % filters != 0 || layer.filtersPerGroup() % mapping.m != 0))
    return false;
  if (chipOrder && (mapping.h != mapping.e || mapping.c != channels ||
                    mapping.f != layer.ofmapWidth() || mapping.g != 1 ||
                    mapping.tileOrder != Mapping().tileOrder ||
                    mapping.passOrder != Mapping().passOrder ||
                    mapping.prefetch != Prefetch::None))
    return false;
  auto whole = [](int64_t tile, int64_t pass, int64_t all) {
    return tile % pass == 0 || tile == all;
  };
  return whole(mapping.h, mapping.e, layer.ofmapHeight()) &&
         whole(mapping.m, filters, layer.filtersPerGroup()) &&
         whole(mapping.c, channels, layer.channels);
}

/// Pairs (tile, pass) of a dimension: tiles of whole passes, or all of it.
static double tilesOf(int64_t all, int64_t pass) {
  return double(all / pass + (all % pass != 0));
}

double MapSpace::size(const LayerShape &layer) const {
  int64_t filters = layer.filtersPerGroup();
  double rows = 0, filterSizes = 0, channelSizes = 0;
  for (int64_t e = 1; e <= layer.ofmapHeight(); ++e)
    rows += chipOrder ? 1 : tilesOf(layer.ofmapHeight(), e);
  for (int64_t p = 1; p <= filters; ++p)
    for (int64_t t = 1; p * t <= filters; ++t) {
      if (!divisors) {
        filterSizes += tilesOf(filters, p * t);
        continue;
      }
      for (int64_t m = p * t; m <= filters; m += p * t)
        filterSizes += filters % m == 0;
    }
  for (int64_t q = 1; q <= layer.channels; ++q)
    for (int64_t r = 1; q * r <= layer.channels; ++r)
      channelSizes += chipOrder ? 1 : tilesOf(layer.channels, q * r);
  double rest = chipOrder ? 1 : 3.0 * double(layer.ofmapWidth() * layer.groups);
  return double(layer.batch) * rows * filterSizes * channelSizes * rest;
}
