//===- SearchBruteForce.cpp - Every mapping of a space --------------------===//
//
// Of the loop orders there are those that differ in the model: filter tiles
// inside or outside of what moves ifmaps, channel tiles innermost; all orders
// of passes.
//
//===----------------------------------------------------------------------===//
#include "Geometry.h"
#include "Objectives.h"

#include <algorithm>

using namespace rowlock;

namespace {

/// Offers every tuple of sizes.
class BruteForce {
public:
  BruteForce(const MappingProblem &problem, const MapSpace &space,
             const std::function<void(const Mapping &)> &use)
      : problem(problem), layer(problem.layer), space(space), use(use) {}
  void run();

private:
  bool sizesInSpace(const Mapping &sizes) const;
  void chooseTile(Mapping pass);
  void chooseOrder(Mapping sizes);
  void offer(const Mapping &mapping);

  const MappingProblem &problem;
  const LayerShape &layer;
  const MapSpace &space;
  const std::function<void(const Mapping &)> &use;
};

} // namespace

void BruteForce::offer(const Mapping &mapping) {
  if (verifyMapping(problem, mapping) && space.holds(problem, mapping))
    use(mapping);
}

void BruteForce::chooseOrder(Mapping sizes) {
  static constexpr std::array<TileLoop, 6> tileOrders[] = {
      {TileLoop::Group, TileLoop::M, TileLoop::N, TileLoop::H, TileLoop::F,
       TileLoop::C},
      {TileLoop::Group, TileLoop::N, TileLoop::H, TileLoop::F, TileLoop::M,
       TileLoop::C}};
  for (const auto &tileOrder : tileOrders)
    do
      for (Prefetch prefetch :
           {Prefetch::None, Prefetch::Ring, Prefetch::Double}) {
        sizes.tileOrder = tileOrder;
        sizes.prefetch = prefetch;
        offer(sizes);
      }
    while (
        std::next_permutation(sizes.passOrder.begin(), sizes.passOrder.end()));
}

/// Whatever DRAM moves.
bool BruteForce::sizesInSpace(const Mapping &sizes) const {
  MapSpace whole = space;
  whole.mostDRAMBytes.reset();
  return whole.holds(problem, sizes);
}

void BruteForce::chooseTile(Mapping pass) {
  for (pass.m = pass.p * pass.t; pass.m <= layer.filtersPerGroup(); ++pass.m)
    for (pass.c = pass.q * pass.r; pass.c <= layer.channels; ++pass.c)
      for (pass.h = pass.e; pass.h <= layer.ofmapHeight(); ++pass.h)
        for (pass.n = 1; pass.n <= layer.batch; ++pass.n)
          for (pass.f = 1; pass.f <= layer.ofmapWidth(); ++pass.f)
            if (sizesInSpace(pass))
              chooseOrder(pass);
}

void BruteForce::run() {
  int64_t filters = layer.filtersPerGroup();
  Mapping pass;
  for (pass.p = 1; pass.p <= filters; ++pass.p)
    for (pass.t = 1; pass.p * pass.t <= filters; ++pass.t)
      for (pass.q = 1; pass.q <= layer.channels; ++pass.q)
        for (pass.r = 1; pass.q * pass.r <= layer.channels; ++pass.r)
          for (pass.e = 1; pass.e <= layer.ofmapHeight(); ++pass.e)
            for (pass.g = 1; pass.g <= layer.groups; ++pass.g)
              chooseTile(pass);
}

Status
rowlock::forEachMapping(const MappingProblem &problem, const MapSpace &space,
                        const std::function<void(const Mapping &)> &use) {
  if (Status status = problem.check(); !status)
    return status;
  BruteForce(problem, space, use).run();
  return Status::ok();
}

Result<Optimum> rowlock::searchBruteForce(const MappingProblem &problem,
                                          const Objectives &objectives,
                                          const MapSpace &space) {
  std::optional<Optimum> best;
  int64_t evaluated = 0;
  Status tried = forEachMapping(problem, space, [&](const Mapping &mapping) {
    ++evaluated;
    std::vector<double> values = valuesOf(problem, mapping, objectives);
    int order = best ? compare(values, best->values) : -1;
    if (order < 0 || (order == 0 && mapping.p < best->mapping.p))
      best = Optimum{mapping, std::move(values), {}};
  });
  if (!tried)
    return tried;
  if (!best)
    return Status::error("no mapping of the space fits");
  best->certificate.spaceSize = space.size(problem.layer);
  best->certificate.evaluated = evaluated;
  return *best;
}
