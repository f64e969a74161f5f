//===- Records.cpp - Bias and requantisation records ----------------------===//
#include "Records.h"

#include "rowlock/Dialect/NN/IR/ConstantData.h"

using namespace mlir;
using namespace rowlock;
using namespace rowlock::rs;

/// What is added to the psum of each filter: bias - zero point * sum(weights).
static FailureOr<std::vector<int64_t>> foldedBiases(Conv2DOp op) {
  int64_t filters = op.getFilter().getType().getDimSize(0);
  std::vector<int64_t> biases(filters, 0);
  if (Value bias = op.getBias()) {
    auto values = nn::getIntegers(nn::getConstant(bias));
    if (!values)
      return op.emitError("the bias is not known at compile time");
    biases = *values;
  }
  auto input = cast<quant::UniformQuantizedType>(
      op.getInput().getType().getElementType());
  if (input.getZeroPoint() == 0)
    return biases;
  auto weights = nn::IntegerElements::of(nn::getConstant(op.getFilter()));
  if (!weights)
    return op.emitError("the filter is not known at compile time, but the "
                        "input's zero point is not 0");
  int64_t words = int64_t(weights->size()) / filters;
  for (int64_t m = 0; m < filters; ++m) {
    int64_t sum = 0;
    for (int64_t k = 0; k < words; ++k)
      sum += (*weights)[m * words + k];
    biases[m] -= input.getZeroPoint() * sum;
  }
  return biases;
}

static int64_t encode(int64_t bias, nn::RescaleAttr rescale, int64_t filter) {
  if (!rescale)
    return bias;
  size_t entry = rescale.getMultipliers().size() == 1 ? 0 : filter;
  uint64_t bits = uint32_t(bias) |
                  uint64_t(rescale.getMultipliers()[entry]) << 32 |
                  uint64_t(rescale.getShifts()[entry]) << 58;
  return int64_t(bits);
}

DenseElementsAttr rs::makeRecords(Conv2DOp op, const LayerPart &part,
                                  const Schedule &schedule) {
  FailureOr<std::vector<int64_t>> biases = foldedBiases(op);
  if (failed(biases))
    return {};
  for (auto [filter, bias] : llvm::enumerate(*biases))
    if (bias != int32_t(bias)) {
      op.emitError() << "the bias of filter " << filter << " is " << bias
                     << " with the input's zero point folded in, outside int32";
      return {};
    }

  int64_t layerPerGroup =
      op.getFilter().getType().getDimSize(0) / int64_t(op.getGroups());
  int64_t groups = part.shape.groups;
  int64_t perGroup = part.shape.filtersPerGroup();
  int64_t groupTiles = llvm::divideCeil(groups, schedule.groups);
  int64_t filterTiles = llvm::divideCeil(perGroup, schedule.tileFilters);
  std::vector<int64_t> records(
      groupTiles * filterTiles * schedule.groups * schedule.tileFilters, 0);
  for (int64_t group = 0; group < groups; ++group)
    for (int64_t m = 0; m < perGroup; ++m) {
      int64_t tile =
          group / schedule.groups * filterTiles + m / schedule.tileFilters;
      int64_t index = (tile * schedule.groups + group % schedule.groups) *
                          schedule.tileFilters +
                      m % schedule.tileFilters;
      int64_t filter = (part.group + group) * layerPerGroup + part.filter + m;
      records[index] = encode((*biases)[filter], op.getRescaleAttr(), filter);
    }
  auto element = IntegerType::get(op.getContext(), op.getRescale() ? 64 : 16);
  auto type = RankedTensorType::get({int64_t(records.size())}, element);
  return cast<DenseElementsAttr>(nn::makeIntegers(type, records));
}
