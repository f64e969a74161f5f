//===- SweepTest.cpp - Machines beside each other -------------------------===//
#include "rowlock/Pipelines/Sweep.h"
#include "rowlock/Pipelines/LayerFront.h"
#include "rowlock/Target/YAML/TargetYAML.h"

#include <gtest/gtest.h>

using namespace rowlock;

namespace {

SweepSpec twoMachines() {
  return *SweepSpec::read("base: eyeriss-v1\nfields:\n  rows: [6, 12]\n",
                          "spec.yaml");
}

NetworkLayers::Layer layer(int64_t filters, int64_t filterHeight) {
  NetworkLayers::Layer layer;
  layer.name = "conv" + std::to_string(filters);
  layer.shape.layer.filters = filters;
  layer.shape.layer.channels = 2;
  layer.shape.layer.height = layer.shape.layer.width = 8;
  layer.shape.layer.filterHeight = layer.shape.layer.filterWidth = filterHeight;
  return layer;
}

} // namespace

TEST(Sweep, NamesTheLayerThatDoesNotFit) {
  NetworkLayers layers{{layer(4, 3), layer(5, 9)}, 0};
  Sweep sweep =
      *runSweep("m", twoMachines(), {&layers, &layers}, {Objective::EDP}, {});
  MachineResult expected;
  expected.reason = "layer 'conv5': the filter exceeds the padded ifmap";
  EXPECT_EQ(sweep.results[0], expected);
  EXPECT_EQ(sweep.results[1], expected);
  EXPECT_EQ(bestMachines(sweep), std::vector<bool>(2, false));
  EXPECT_NE(sweepTable(sweep).find("rows=12: " + expected.reason),
            std::string::npos);
}

TEST(Sweep, AddsUpItsLayers) {
  NetworkLayers layers{{layer(4, 3), layer(5, 3), layer(4, 3)}, 7};
  SweepSpec spec = twoMachines();
  Sweep sweep =
      *runSweep("m", spec, {&layers, &layers}, {Objective::Energy}, {});
  for (size_t k = 0; k < 2; ++k) {
    Cost total;
    for (const NetworkLayers::Layer &one : layers.onArray) {
      MappingProblem problem{one.shape.layer, spec.machines[k].target};
      auto best = searchOptimal(problem, {Objective::Energy});
      total += evaluate(problem, best->mapping);
    }
    EXPECT_DOUBLE_EQ(sweep.results[k].energy, total.energy);
    EXPECT_DOUBLE_EQ(sweep.results[k].cycles, total.cycles);
    EXPECT_EQ(sweep.results[k].macs, total.macs);
    EXPECT_EQ(sweep.results[k].dramBytes, total.dramBytes());
    EXPECT_EQ(sweep.results[k].layersOnHost, 7);
  }
}

TEST(Sweep, ReportsProgressOfEveryMachine) {
  NetworkLayers layers{{layer(4, 3)}, 0};
  std::vector<std::pair<int64_t, int64_t>> calls;
  SweepOptions options;
  options.jobs = 2;
  options.progress = [&](int64_t done, int64_t total) {
    calls.push_back({done, total});
  };
  ASSERT_TRUE(bool(runSweep("m", twoMachines(), {&layers, &layers},
                            {Objective::EDP}, options)));
  EXPECT_EQ(calls, (std::vector<std::pair<int64_t, int64_t>>{{1, 2}, {2, 2}}));
}

/// Every sum of a choice for each distinct part, from the definition.
TEST(LayerFront, AddsUpItsParts) {
  TargetSpec target = *loadTarget("eyeriss-v1");
  target.max_channels = 3;
  target.max_filters = 4;
  NetworkLayers::Layer whole = layer(7, 3);
  whole.shape.layer.channels = 5;
  LayerFront front = *layerFront("m", whole, target);
  ASSERT_GE(front.parts.size(), 2u);
  EXPECT_FALSE(front.split.empty());

  std::vector<std::pair<double, double>> sums = {{0, 0}};
  for (const LayerFront::Part &part : front.parts) {
    std::vector<std::pair<double, double>> more;
    for (auto [energy, cycles] : sums)
      for (const ParetoPoint &point : paretoFront(part.problem)->points)
        more.push_back({energy + double(part.count) * point.energy,
                        cycles + double(part.count) * point.cycles});
    sums = more;
  }
  auto beaten = [&](const std::pair<double, double> &one) {
    for (const auto &other : sums)
      if (other != one && other.first <= one.first &&
          other.second <= one.second)
        return true;
    return false;
  };
  std::vector<std::pair<double, double>> expected;
  for (const auto &one : sums)
    if (!beaten(one) &&
        std::find(expected.begin(), expected.end(), one) == expected.end())
      expected.push_back(one);
  std::sort(expected.begin(), expected.end());
  ASSERT_EQ(front.points.size(), expected.size());
  for (size_t k = 0; k < expected.size(); ++k) {
    EXPECT_DOUBLE_EQ(front.points[k].energy, expected[k].first);
    EXPECT_DOUBLE_EQ(front.points[k].cycles, expected[k].second);
    for (size_t p = 0; p < front.parts.size(); ++p)
      EXPECT_TRUE(
          bool(verify(front.parts[p].problem, front.points[k].mappings[p])));
  }
}
