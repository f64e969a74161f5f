//===- Evaluate.cpp - What a mapping costs --------------------------------===//
//
// Counts separate into one factor per loop, each a sum over the actual sizes of
// that loop's pieces.
//
//===----------------------------------------------------------------------===//

#include "Geometry.h"
#include "Pieces.h"

#include <algorithm>

using namespace rowlock;

/// Sum over pieces of the ifmap rows (or columns) that `size` outputs need.
static int64_t inputsOf(const Pieces &pieces, int64_t stride, int64_t filter) {
  int64_t sum = 0;
  for (const Piece &piece : pieces)
    sum += piece.count * ((piece.size - 1) * stride + filter);
  return sum;
}

int64_t rowlock::rowReceivers(int64_t inputs, const LayerShape &layer,
                              int64_t e) {
  int64_t receivers = 0;
  for (int64_t i = 0; i < std::min(layer.filterHeight, inputs); ++i)
    receivers += std::min(e, (inputs - 1 - i) / layer.strideY + 1);
  return receivers;
}

int64_t rowlock::storedOf(int64_t outputs, int64_t tile, int64_t stride,
                          int64_t filter, int64_t first, int64_t end) {
  int64_t sum = 0;
  for (int64_t done = 0; done < outputs; done += tile) {
    int64_t begin = done * stride;
    int64_t inputs = (std::min(tile, outputs - done) - 1) * stride + filter;
    sum += std::max<int64_t>(0, std::min(begin + inputs, end) -
                                    std::max(begin, first));
  }
  return sum;
}

double rowlock::energyOf(const MappingProblem &problem, const Cost &cost) {
  const TargetSpec &target = problem.target;
  // In 16-bit words.
  double operand = double(target.operandBytes(problem.layer.mode16)) / 2;
  double psum = double(target.psumBytes()) / 2;
  double active = double(cost.macs - cost.gatedMacs);
  double mac = active * target.mac_energy * operand * operand;
  // A gated MAC reads its ifmap word and nothing else.
  double rf = target.rf_energy *
              (double(cost.macs) * operand +
               active * (operand + 2 * double(target.psum_bits) / 16));
  double glb = target.glb_energy *
               (operand * double(cost.glbIfmapReads + cost.glbFillWords) +
                psum * double(cost.glbPsumReads + cost.glbPsumWrites +
                              cost.glbDrainWords));
  double array =
      target.array_energy *
      (operand * double(cost.filterDeliveries + cost.ifmapDeliveries) +
       psum * double(cost.psumDeliveries));
  double dram = target.dram_energy * double(cost.dramBytes()) / 2;
  return mac + rf + glb + array + dram;
}

int64_t rowlock::ofmapBytesOf(const MappingProblem &problem) {
  const LayerShape &layer = problem.layer;
  const int64_t psumBytes = problem.target.psumBytes();
  return layer.batch * layer.filters * layer.ofmapHeight() *
         layer.ofmapWidth() *
         ((layer.resumes ? psumBytes : 0) +
          (layer.leavesRaw ? psumBytes
                           : layer.storedOfmapBytes(problem.target)));
}

/// MACs of the ifmap words that are zero.
static int64_t gatedOf(const LayerShape &layer,
                       const std::vector<int64_t> &zeros) {
  // How many windows have a row (or column), over all places in a filter.
  auto uses = [](int64_t size, int64_t outputs, int64_t stride,
                 int64_t filter) {
    std::vector<int64_t> count(size_t(size), 0);
    for (int64_t y = 0; y < outputs; ++y)
      for (int64_t i = 0; i < filter; ++i)
        ++count[size_t(y * stride + i)];
    return count;
  };
  std::vector<int64_t> rows = uses(layer.height, layer.ofmapHeight(),
                                   layer.strideY, layer.filterHeight);
  std::vector<int64_t> columns =
      uses(layer.width, layer.ofmapWidth(), layer.strideX, layer.filterWidth);
  int64_t gated = 0;
  for (size_t k = 0; k < zeros.size(); ++k)
    gated += zeros[k] * rows[k / columns.size()] * columns[k % columns.size()];
  return gated * layer.filtersPerGroup();
}

Cost rowlock::countEvents(const MappingProblem &problem, const Mapping &mapping,
                          const LayerData *data) {
  const LayerShape &layer = problem.layer;
  const TargetSpec &target = problem.target;
  const int64_t R = layer.filterHeight, S = layer.filterWidth;
  const int64_t operandBytes = target.operandBytes(layer.mode16);
  const int64_t psumBytes = target.psumBytes();
  const LayerPieces pieces(layer, mapping);
  const int64_t filterPasses = countOf(pieces.filters);
  const int64_t channelPasses = countOf(pieces.channels);
  const int64_t inColumns = inputsOf(pieces.columns, layer.strideX, S);
  const int64_t ifmapPlanes = layer.batch * layer.channels * layer.groups;
  const int64_t ofmapWords =
      layer.batch * layer.filters * layer.ofmapHeight() * layer.ofmapWidth();

  Cost cost;
  cost.macs = layer.macs();
  if (data)
    cost.gatedMacs = gatedOf(layer, data->ifmapZeros);
  cost.activePEs = R * mapping.e * mapping.r * mapping.t * mapping.g;
  cost.passes = countOf(pieces.groups) * filterPasses * countOf(pieces.images) *
                countOf(pieces.strips) * countOf(pieces.columns) *
                channelPasses;
  cost.glbIfmapReads = ifmapPlanes * inputsOf(pieces.strips, layer.strideY, R) *
                       inColumns * filterPasses;
  cost.glbPsumReads = ofmapWords * channelPasses;
  cost.glbPsumWrites = cost.glbPsumReads;
  cost.glbBytes = cost.glbIfmapReads * operandBytes +
                  (cost.glbPsumReads + cost.glbPsumWrites) * psumBytes;

  // The box stays over the filter tiles if nothing inside them moves.
  int64_t loads = tripsOf(layer, mapping, TileLoop::M);
  auto filterLoop = std::find(mapping.tileOrder.begin(),
                              mapping.tileOrder.end(), TileLoop::M);
  if (filterLoop - mapping.tileOrder.begin() >= ifmapDepthOf(layer, mapping))
    loads = 1;
  cost.glbFillWords = ifmapPlanes *
                      inputsOf(pieces.tileRows, layer.strideY, R) * inColumns *
                      loads;
  cost.glbDrainWords = ofmapWords * (layer.resumes ? 2 : 1);

  cost.filterWords =
      layer.filters * layer.channels * R * S * countOf(pieces.images) *
      countOf(pieces.columns) *
      countOf(filtersStay(mapping) ? pieces.tileRows : pieces.strips);
  cost.filterDeliveries = cost.filterWords * mapping.e;
  for (const Piece &strip : pieces.strips)
    cost.ifmapDeliveries +=
        strip.count *
        rowReceivers((strip.size - 1) * layer.strideY + R, layer, mapping.e);
  cost.ifmapDeliveries *= ifmapPlanes * inColumns * filterPasses * mapping.t;
  cost.psumDeliveries = cost.glbPsumReads * R * mapping.r;

  cost.dramFilterBytes = cost.filterWords * operandBytes;
  cost.dramIfmapBytes =
      ifmapPlanes * loads * layer.storedIfmapBytes(target) *
      storedOf(layer.ofmapHeight(), mapping.h, layer.strideY, R, layer.padTop,
               layer.height - layer.padBottom) *
      storedOf(layer.ofmapWidth(), mapping.f, layer.strideX, S, layer.padLeft,
               layer.width - layer.padRight);
  cost.dramOfmapBytes = ofmapBytesOf(problem);
  if (layer.needsRecords(target)) {
    cost.dramRecordBytes = mapping.g * mapping.m * (target.isFixed16() ? 2 : 8);
    for (int64_t depth = 0; depth < recordDepthOf(layer, mapping); ++depth)
      cost.dramRecordBytes *=
          tripsOf(layer, mapping, mapping.tileOrder[size_t(depth)]);
  }
  cost.energy = energyOf(problem, cost);
  return cost;
}

Cost rowlock::evaluate(const MappingProblem &problem, const Mapping &mapping,
                       const LayerData *data) {
  Cost cost = countEvents(problem, mapping, data);
  runEngines(problem, mapping, data, cost);
  if (data)
    cost.energy = energyOf(problem, cost);
  return cost;
}

Cost &Cost::operator+=(const Cost &other) {
  macs += other.macs;
  gatedMacs += other.gatedMacs;
  activePEs = std::max(activePEs, other.activePEs);
  passes += other.passes;
  glbIfmapReads += other.glbIfmapReads;
  glbPsumReads += other.glbPsumReads;
  glbPsumWrites += other.glbPsumWrites;
  glbBytes += other.glbBytes;
  glbFillWords += other.glbFillWords;
  glbDrainWords += other.glbDrainWords;
  filterWords += other.filterWords;
  filterDeliveries += other.filterDeliveries;
  ifmapDeliveries += other.ifmapDeliveries;
  psumDeliveries += other.psumDeliveries;
  dramFilterBytes += other.dramFilterBytes;
  dramIfmapBytes += other.dramIfmapBytes;
  dramOfmapBytes += other.dramOfmapBytes;
  dramRecordBytes += other.dramRecordBytes;
  processingCycles += other.processingCycles;
  cycles += other.cycles;
  energy += other.energy;
  return *this;
}
