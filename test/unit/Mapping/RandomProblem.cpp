//===- RandomProblem.cpp - Random targets, layers, mappings ---------------===//

#include "RandomProblem.h"

#include <algorithm>

using namespace rowlock;

static int64_t ceilLog2(int64_t value) {
  int64_t bits = 0;
  while ((int64_t(1) << bits) < value)
    ++bits;
  return bits;
}

TargetSpec RandomProblem::target() {
  TargetSpec t;
  t.name = "random";
  t.rows = number(1, number(0, 3) ? 14 : 32);
  t.columns = number(1, number(0, 3) ? 14 : 32);
  bool fixed = number(0, 1);
  t.arithmetic = fixed ? "fixed16" : "int";
  const int64_t widths[] = {20, 24, 32};
  t.psum_bits = fixed ? 16 : widths[number(0, 2)];
  t.ifmap_spad_words = number(fixed ? 1 : 2, number(0, 2) ? 40 : 1024);
  t.filter_spad_words = number(fixed ? 1 : 2, number(0, 2) ? 300 : 1024);
  t.psum_spad_words = number(1, 40);
  t.glb_banks = number(2, number(0, 1) ? 8 : 64);
  t.filter_banks = number(1, 8);
  t.bank_bytes = 8 * number(128, 1024);
  t.record_entries = number(1, 2048);
  t.filter_network_bits = int64_t(16) << number(0, 4);
  t.ifmap_network_bits = int64_t(16) << number(0, 2);
  t.psum_network_bits = 8 * t.psumBytes() * number(1, 4);
  t.local_network_bits = 8 * t.psumBytes() * number(1, 4);
  t.row_id_bits = ceilLog2(t.rows) + number(0, 1);
  t.filter_column_id_bits = ceilLog2(t.columns) + number(0, 1);
  t.psum_column_id_bits = ceilLog2(t.columns) + number(0, 1);
  t.ifmap_column_id_bits = number(3, 6);
  t.max_filter_width = number(1, 64);
  t.max_horizontal_stride = number(1, 12);
  t.vertical_strides = number(0, 1) ? "1,2,4" : "1,2,3,5";
  return t;
}

MappingProblem RandomProblem::problem(const TargetSpec &target) {
  MappingProblem problem;
  problem.target = target;
  LayerShape &layer = problem.layer;
  std::vector<int64_t> strides = target.verticalStrides();
  layer.mode16 = number(0, 1);
  layer.batch = number(1, 3);
  layer.groups = number(0, 1) ? 1 : number(1, 6);
  layer.filters = layer.groups * number(1, 12);
  layer.channels = number(1, 8);
  layer.filterHeight =
      number(1, std::min<int64_t>({target.rows, target.max_filter_height, 6}));
  int64_t widest =
      std::min(target.ifmapSpad(layer.mode16), target.filterSpad(layer.mode16));
  layer.filterWidth =
      number(1, std::min<int64_t>({widest, target.max_filter_width, 5}));
  layer.strideY = strides[number(0, int64_t(strides.size()) - 1)];
  layer.strideX = number(1, std::min<int64_t>(3, target.max_horizontal_stride));
  layer.height = layer.filterHeight + number(0, 18 * layer.strideY);
  layer.width = layer.filterWidth + number(0, 10);
  return problem;
}

ConvShape RandomProblem::convolution() {
  ConvShape conv;
  conv.dilationY = number(1, 4);
  conv.dilationX = number(1, 4);
  LayerShape &layer = conv.layer;
  layer.groups = number(1, 3);
  layer.filters = layer.groups * number(1, 4);
  layer.channels = number(1, 4);
  layer.filterHeight = number(1, 7);
  layer.filterWidth = number(1, 7);
  layer.strideY = number(1, 6);
  layer.strideX = number(1, 6);
  layer.height = (layer.filterHeight - 1) * conv.dilationY + number(1, 9);
  layer.width = (layer.filterWidth - 1) * conv.dilationX + number(1, 9);
  return conv;
}

void RandomProblem::narrow(TargetSpec &target) {
  target.max_filter_height = number(1, 12);
  target.max_filter_width = number(1, 8);
  target.max_filters = number(1, 12);
  target.max_channels = number(1, 5);
  target.max_horizontal_stride = number(1, 4);
  target.vertical_strides = number(0, 1) ? "1,2,4" : "1";
}

Mapping RandomProblem::mapping(const MappingProblem &problem) {
  const LayerShape &layer = problem.layer;
  const TargetSpec &target = problem.target;
  Mapping mapping;
  auto size = [&](int64_t most) {
    most = std::max<int64_t>(1, most);
    return number(0, 3) ? number(1, most) : most;
  };
  mapping.n = size(layer.batch);
  mapping.m = size(layer.filtersPerGroup());
  mapping.h = size(layer.ofmapHeight());
  mapping.f = size(layer.ofmapWidth());
  mapping.c = size(layer.channels);
  mapping.e = size(mapping.h);
  mapping.q = size(
      std::min(mapping.c, target.ifmapSpad(layer.mode16) / layer.filterWidth));
  mapping.r =
      size(std::min(mapping.c / mapping.q, target.rows / layer.filterHeight));
  mapping.p = size(std::min(
      {mapping.m, target.psum_spad_words,
       target.filterSpad(layer.mode16) / (layer.filterWidth * mapping.q)}));
  mapping.t = size(mapping.m / mapping.p);
  mapping.g = size(layer.groups);
  for (size_t i = 5; i > 0; --i)
    std::swap(mapping.tileOrder[i],
              mapping.tileOrder[size_t(number(0, int64_t(i)))]);
  for (size_t i = 2; i > 0; --i)
    std::swap(mapping.passOrder[i],
              mapping.passOrder[size_t(number(0, int64_t(i)))]);
  mapping.prefetch = Prefetch(number(0, 2));
  return mapping;
}

std::optional<Mapping>
RandomProblem::legalMapping(const MappingProblem &problem) {
  for (int tries = 0; tries < 300; ++tries) {
    Mapping candidate = mapping(problem);
    if (verify(problem, candidate))
      return candidate;
  }
  return std::nullopt;
}

MappingProblem RandomProblem::smallProblem() {
  MappingProblem problem;
  do {
    problem = this->problem(target());
    LayerShape &layer = problem.layer;
    layer.batch = number(1, 2);
    layer.groups = number(0, 2) ? 1 : number(2, 3);
    layer.filters = layer.groups * number(1, 5);
    layer.channels = number(1, 5);
    layer.height = layer.filterHeight + number(0, 4) * layer.strideY;
    layer.width = layer.filterWidth + number(0, 3) * layer.strideX;
    if (number(0, 1)) {
      layer.padTop = number(0, layer.filterHeight - 1);
      layer.padBottom = number(0, layer.filterHeight - 1);
      layer.padLeft = number(0, layer.filterWidth - 1);
      layer.padRight = number(0, layer.filterWidth - 1);
    }
    layer.resumes = number(0, 3) == 0;
    layer.leavesRaw = number(0, 3) == 0;
    // From times that the link decides to times that it does not.
    problem.target.link_bits = int64_t(32) << number(0, 4);
    if (number(0, 1)) {
      // A GLB in which hardly anything stays.
      problem.target.glb_banks = number(2, 4);
      problem.target.bank_bytes = 8 * number(1, 6);
    }
  } while (!problem.check());
  return problem;
}
