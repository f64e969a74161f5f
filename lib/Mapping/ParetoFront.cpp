//===- ParetoFront.cpp - Energy against latency ---------------------------===//
//
// Branch and bound with a front instead of one incumbent. Whatever the walk
// leaves out for itself (sizes of tiles, residencies) has no less energy,
// cycles and DRAM bytes than what it offers, so it can be on no front either.
//
//===----------------------------------------------------------------------===//
#include "BranchAndBound.h"
#include "Objectives.h"

#include "rowlock/Mapping/Pareto.h"

#include <algorithm>

using namespace rowlock;

namespace {

/// The product gives the order of the walk.
const Objectives objectives = {Objective::EDP, Objective::Energy,
                               Objective::Latency};

class Front : public Incumbents {
public:
  bool mayImprove(const std::vector<double> &least, int64_t p) const override;
  void take(const Mapping &mapping, std::vector<double> values) override;
  void add(const ParetoPoint &point);
  std::vector<ParetoPoint> points; // as in `ParetoFront`

private:
  bool mayImprove(double energy, double cycles, int64_t p) const;
};

} // namespace

/// `points` are a staircase: of those with at most this energy the last has the
/// least cycles.
bool Front::mayImprove(double energy, double cycles, int64_t p) const {
  auto above = std::partition_point(points.begin(), points.end(),
                                    [&](const ParetoPoint &point) {
                                      return compare(point.energy, energy) <= 0;
                                    });
  if (above == points.begin())
    return true;
  const ParetoPoint &rival = *std::prev(above);
  if (int order = compare(cycles, rival.cycles))
    return order < 0;
  return compare(energy, rival.energy) == 0 && p < rival.mapping.p;
}

bool Front::mayImprove(const std::vector<double> &least, int64_t p) const {
  return mayImprove(least[1], least[2], p);
}

void Front::add(const ParetoPoint &point) {
  if (!mayImprove(point.energy, point.cycles, point.mapping.p))
    return;
  auto beaten = [&](const ParetoPoint &other) {
    return compare(other.energy, point.energy) >= 0 &&
           compare(other.cycles, point.cycles) >= 0;
  };
  points.erase(std::remove_if(points.begin(), points.end(), beaten),
               points.end());
  auto behind =
      std::find_if(points.begin(), points.end(), [&](const ParetoPoint &other) {
        return other.energy > point.energy;
      });
  points.insert(behind, point);
}

void Front::take(const Mapping &mapping, std::vector<double> values) {
  add({mapping, values[1], values[2]});
}

Result<ParetoFront> rowlock::paretoFront(const MappingProblem &problem,
                                         const MapSpace &space) {
  Front front;
  Result<Certificate> certificate =
      branchAndBound(problem, objectives, space, front);
  if (!certificate)
    return certificate.takeStatus();
  if (front.points.empty())
    return tooMuchTraffic(problem, space);
  // With the values of `estimate`, whose sums are rounded in another order.
  Front exact;
  for (const ParetoPoint &point : front.points) {
    Cost cost = estimate(problem, point.mapping);
    exact.add({point.mapping, cost.energy, cost.cycles});
  }
  return ParetoFront{std::move(exact.points), certificate->spaceSize,
                     certificate->evaluated};
}
