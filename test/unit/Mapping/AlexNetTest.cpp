//===- AlexNetTest.cpp - What the silicon measured ------------------------===//
//
// hardware.md, section 4: the published mapping of AlexNet's five convolution
// layers gives the measured GLB and DRAM traffic to the printed digit.
//
//===----------------------------------------------------------------------===//

#include "rowlock/Mapping/Search.h"
#include "rowlock/Target/YAML/TargetYAML.h"

#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <map>
#include <sstream>

using namespace rowlock;

namespace {
using Row = std::map<std::string, std::string>;

/// Rows of a CSV file with comment lines and a header.
std::vector<Row> readCSV(const std::string &path) {
  std::ifstream file(path);
  std::vector<std::string> header;
  std::vector<Row> rows;
  for (std::string line; std::getline(file, line);) {
    if (line.empty() || line[0] == '#')
      continue;
    std::vector<std::string> cells;
    std::stringstream stream(line);
    for (std::string cell; std::getline(stream, cell, ',');)
      cells.push_back(cell);
    if (header.empty()) {
      header = cells;
      continue;
    }
    Row row;
    for (size_t i = 0; i < cells.size(); ++i)
      row[header[i]] = cells[i];
    rows.push_back(row);
  }
  return rows;
}

const std::string folder = std::string(ROWLOCK_SHARED_DIR) + "/data/silicon/";

struct AlexNet : ::testing::Test {
  std::vector<Row> mappings, measured;
  void SetUp() override {
    mappings = readCSV(folder + "eyeriss_v1_alexnet_mapping.csv");
    measured = readCSV(folder + "eyeriss_v1_alexnet_measured.csv");
    if (mappings.size() != 5 || measured.size() != 5)
      GTEST_SKIP() << "the tables of " << folder << " are missing";
  }

  static MappingProblem problemOf(Row row) {
    auto number = [&](const char *name) {
      return int64_t(std::stol(row.at(name)));
    };
    MappingProblem problem;
    problem.target = *loadTarget("eyeriss-v1");
    LayerShape &layer = problem.layer;
    layer.batch = number("N");
    layer.filters = number("M");
    layer.channels = number("C");
    layer.groups = number("groups");
    layer.height = layer.width = number("H");
    layer.filterHeight = layer.filterWidth = number("R");
    layer.strideY = layer.strideX = number("U");
    return problem;
  }

  static Mapping mappingOf(Row row) {
    auto number = [&](const char *name) {
      return int64_t(std::stol(row.at(name)));
    };
    Mapping mapping;
    mapping.n = number("n");
    mapping.m = number("m");
    mapping.h = mapping.e = number("e");
    mapping.f = number("E");
    mapping.p = number("p");
    mapping.q = number("q");
    mapping.r = number("r");
    mapping.t = number("t");
    mapping.c = mapping.q * mapping.r;
    return mapping;
  }
};

double rounded(double value, double unit) {
  return std::round(value / unit) * unit;
}
} // namespace

TEST_F(AlexNet, PublishedMappingIsLegal) {
  for (const Row &row : mappings) {
    Status legal = verify(problemOf(row), mappingOf(row));
    EXPECT_TRUE(bool(legal)) << (legal ? "" : legal.message());
  }
}

TEST_F(AlexNet, TheChipsSpaceHasThePublishedMappingAsItsBest) {
  for (const Row &row : mappings) {
    MappingProblem problem = problemOf(row);
    Objectives objectives = {Objective::DRAM, Objective::Energy};
    auto best = searchOptimal(problem, objectives, MapSpace::ofChip());
    ASSERT_TRUE(bool(best)) << best.message();
    EXPECT_EQ(printMapping(best->mapping), printMapping(mappingOf(row)));
  }
}

/// Nothing in m has to divide anything: CONV2 is then as good as this.
TEST_F(AlexNet, TheChipsLoopsWithAnyBlockOfFilters) {
  MappingProblem problem = problemOf(mappings[1]);
  MapSpace space;
  space.chipOrder = true;
  Objectives objectives = {Objective::DRAM, Objective::Energy};
  auto best = searchOptimal(problem, objectives, space);
  ASSERT_TRUE(bool(best)) << best.message();
  Mapping known = *parseMapping("n=1 m=66 h=27 f=27 c=2 e=27 p=22 q=2 r=1 t=1 "
                                "g=1 order=gmnhfc/cms prefetch=none");
  ASSERT_TRUE(bool(verify(problem, known)));
  Cost cost = evaluate(problem, known);
  EXPECT_NEAR(double(cost.glbBytes) / 1e6, 76.1, 0.05);
  EXPECT_LE(best->values[0], double(cost.dramBytes()));
  EXPECT_LE(best->values[1], cost.energy);
}

/// Proven optima of the whole space, in MB.
TEST_F(AlexNet, LeastDRAMTraffic) {
  const double bars[] = {4.79, 4.69, 5.06, 3.93, 2.62};
  double sum = 0;
  for (size_t i = 0; i < 5; ++i) {
    MappingProblem problem = problemOf(mappings[i]);
    auto best = searchOptimal(problem, {Objective::DRAM, Objective::Energy});
    ASSERT_TRUE(bool(best)) << best.message();
    Cost cost = evaluate(problem, best->mapping);
    EXPECT_LE(double(cost.dramBytes()) / 1e6, bars[i]);
    EXPECT_LE(cost.dramBytes(),
              evaluate(problem, mappingOf(mappings[i])).dramBytes());
    sum += double(cost.dramBytes()) / 1e6;
  }
  EXPECT_LE(sum, 21.1);
}

TEST_F(AlexNet, TrafficAndActivePEs) {
  const double glb[] = {18.45, 77.57, 50.18, 37.37, 24.92};
  const double dram[] = {6.06, 5.43, 5.05, 3.92, 2.61};
  for (size_t i = 0; i < 5; ++i) {
    Cost cost = evaluate(problemOf(mappings[i]), mappingOf(mappings[i]));
    double glbMB = double(cost.glbBytes) / 1e6;
    double dramMB = double(cost.dramBytes()) / 1e6;
    EXPECT_NEAR(rounded(glbMB, 0.01), glb[i], 1e-6);
    EXPECT_NEAR(rounded(dramMB, 0.01), dram[i], 1e-6);
    EXPECT_NEAR(rounded(glbMB, 0.1), std::stod(measured[i]["glb_mb"]), 0.1001);
    EXPECT_NEAR(dramMB, std::stod(measured[i]["dram_uncompressed_mb_bar"]),
                0.1);
    EXPECT_EQ(cost.activePEs, std::stol(measured[i]["active_pes"]));
    EXPECT_NEAR(double(cost.macs) / 1e6, std::stod(measured[i]["mmacs"]), 0.1);
  }
}

/// The formula gives processing within -4.1, -3.6, -3.7, -2.4, +4.1 %.
TEST_F(AlexNet, ProcessingLatency) {
  const double percent[] = {-4.1, -3.6, -3.7, -2.4, 4.1};
  for (size_t i = 0; i < 5; ++i) {
    Cost cost = evaluate(problemOf(mappings[i]), mappingOf(mappings[i]));
    double expected = std::stod(measured[i]["processing_ms"]);
    double ms = cost.processingCycles / 200e3;
    EXPECT_NEAR((ms / expected - 1) * 100, percent[i], 0.5);
  }
}

/// A search can do no worse than the published mapping on energy times cycles.
TEST_F(AlexNet, TheSearchCompetes) {
  for (const Row &row : mappings) {
    MappingProblem problem = problemOf(row);
    Result<Optimum> found = searchOptimal(problem, {Objective::EDP});
    ASSERT_TRUE(bool(found)) << found.message();
    Cost ours = evaluate(problem, found->mapping);
    Cost published = evaluate(problem, mappingOf(row));
    EXPECT_LE(ours.energy * ours.cycles,
              1.05 * published.energy * published.cycles)
        << printMapping(found->mapping);
  }
}
