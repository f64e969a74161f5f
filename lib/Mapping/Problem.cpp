//===- Problem.cpp - Layers that the array runs ---------------------------===//

#include "rowlock/Mapping/Mapping.h"

#include <algorithm>

using namespace rowlock;

bool LayerShape::operator==(const LayerShape &o) const {
  return batch == o.batch && filters == o.filters && channels == o.channels &&
         groups == o.groups && height == o.height && width == o.width &&
         filterHeight == o.filterHeight && filterWidth == o.filterWidth &&
         strideY == o.strideY && strideX == o.strideX && mode16 == o.mode16 &&
         padTop == o.padTop && padBottom == o.padBottom &&
         padLeft == o.padLeft && padRight == o.padRight &&
         ifmapBytes == o.ifmapBytes && ofmapBytes == o.ofmapBytes &&
         resumes == o.resumes && leavesRaw == o.leavesRaw;
}

bool Mapping::operator==(const Mapping &o) const {
  return n == o.n && m == o.m && h == o.h && f == o.f && c == o.c && e == o.e &&
         p == o.p && q == o.q && r == o.r && t == o.t && g == o.g &&
         tileOrder == o.tileOrder && passOrder == o.passOrder &&
         prefetch == o.prefetch;
}

static Status outOfBound(const char *field, int64_t value, const char *relation,
                         int64_t bound, const char *what) {
  return Status::error(std::string(field) + " " + std::to_string(value) + " " +
                       relation + " " + std::to_string(bound) + what);
}

static Status checkNative(const LayerShape &layer, const TargetSpec &target) {
  int64_t height = std::min(target.max_filter_height, target.rows);
  if (layer.filterHeight > height)
    return outOfBound(
        "filter height", layer.filterHeight, "exceeds the", height,
        height == target.rows ? " PE rows" : " rows of a native filter");
  struct {
    const char *field;
    int64_t value, bound;
    const char *what;
  } bounds[] = {
      {"filter width", layer.filterWidth, target.max_filter_width,
       " columns of a native filter"},
      {"filters", layer.filters, target.max_filters, " of a native layer"},
      {"channels", layer.channels, target.max_channels, " of a native layer"},
      {"horizontal stride", layer.strideX, target.max_horizontal_stride,
       " of the target"},
      {"filter height", layer.filterHeight, layer.height,
       " rows of the padded ifmap"},
      {"filter width", layer.filterWidth, layer.width,
       " columns of the padded ifmap"},
  };
  for (const auto &bound : bounds)
    if (bound.value > bound.bound)
      return outOfBound(bound.field, bound.value, "exceeds the", bound.bound,
                        bound.what);
  std::vector<int64_t> strides = target.verticalStrides();
  if (std::find(strides.begin(), strides.end(), layer.strideY) == strides.end())
    return Status::error("vertical stride " + std::to_string(layer.strideY) +
                         " is none of the target's " + target.vertical_strides);
  return Status::ok();
}

/// Products stay in 64 bits everywhere behind this check.
static Status checkVolume(const LayerShape &layer) {
  auto product = [](std::initializer_list<int64_t> factors) {
    double value = 1;
    for (int64_t factor : factors)
      value *= double(factor);
    return value;
  };
  const double words = double(int64_t(1) << 40);
  const double macs = double(int64_t(1) << 60);
  if (product({layer.batch, layer.channels, layer.groups, layer.height,
               layer.width}) > words)
    return Status::error("ifmap exceeds 2^40 words");
  double ofmap = product(
      {layer.batch, layer.filters, layer.ofmapHeight(), layer.ofmapWidth()});
  if (ofmap > words)
    return Status::error("ofmap exceeds 2^40 words");
  double filter =
      product({layer.channels, layer.filterHeight, layer.filterWidth});
  if (filter * double(layer.filters) > words)
    return Status::error("filters exceed 2^40 words");
  if (ofmap * filter > macs)
    return Status::error("layer exceeds 2^60 MACs");
  return Status::ok();
}

Status MappingProblem::check() const {
  struct {
    const char *field;
    int64_t value;
  } sizes[] = {
      {"batch", layer.batch},
      {"filters", layer.filters},
      {"channels", layer.channels},
      {"groups", layer.groups},
      {"height", layer.height},
      {"width", layer.width},
      {"filter height", layer.filterHeight},
      {"filter width", layer.filterWidth},
      {"vertical stride", layer.strideY},
      {"horizontal stride", layer.strideX},
  };
  for (const auto &size : sizes)
    if (size.value < 1)
      return outOfBound(size.field, size.value, "is below", 1, "");
  if (layer.filters % layer.groups)
    return outOfBound("filters", layer.filters, "do not divide into",
                      layer.groups, " groups");
  if (Status status = checkNative(layer, target); !status)
    return status;
  return checkVolume(layer);
}
