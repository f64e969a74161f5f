//===- Parts.cpp - Layers beyond the native shapes ------------------------===//
#include "rowlock/Mapping/Parts.h"

#include "Geometry.h"

#include <algorithm>
#include <numeric>

using namespace rowlock;

namespace {

/// Rows, or columns, of a part.
struct Extent {
  Stride ifmap, filter, ofmap;
  int64_t ifmapSize, filterSize, stride;
};

/// What a dimension asks for and what the array has of it.
struct Dimension {
  int64_t size, kernel, stride, dilation, ofmap;
  int64_t mostKernel;
  std::vector<int64_t> strides;
  bool nativeStride(int64_t stride) const {
    return std::find(strides.begin(), strides.end(), stride) != strides.end();
  }
};

/// Sizes of parts that cut `total` evenly, each at most `most`.
struct Cut {
  Cut(int64_t total, int64_t most)
      : total(total), size(ceilDiv(total, ceilDiv(total, most))) {}
  int64_t count() const { return ceilDiv(total, size); }
  int64_t first(int64_t k) const { return k * size; }
  int64_t sizeOf(int64_t k) const { return std::min(size, total - k * size); }
  int64_t total, size;
};

} // namespace

static Dimension rowsOf(const ConvShape &conv, const TargetSpec &target) {
  const LayerShape &layer = conv.layer;
  return {layer.height,
          layer.filterHeight,
          layer.strideY,
          conv.dilationY,
          conv.ofmapHeight(),
          std::min(target.max_filter_height, target.rows),
          target.verticalStrides()};
}

/// A row of one PE fits its spads, a window fits the GLB beside a bank of
/// psums.
static Dimension columnsOf(const ConvShape &conv, const TargetSpec &target) {
  const LayerShape &layer = conv.layer;
  int64_t windowRows =
      std::min(layer.filterHeight, rowsOf(conv, target).mostKernel);
  int64_t glbWords = (target.glb_banks - 1) * target.bank_bytes /
                     target.operandBytes(layer.mode16);
  std::vector<int64_t> strides(target.max_horizontal_stride);
  std::iota(strides.begin(), strides.end(), 1);
  return {layer.width,
          layer.filterWidth,
          layer.strideX,
          conv.dilationX,
          conv.ofmapWidth(),
          std::min({target.max_filter_width, target.ifmapSpad(layer.mode16),
                    target.filterSpad(layer.mode16), glbWords / windowRows}),
          strides};
}

/// Outer: parts that make elements of their own; inner: parts that add up.
static std::vector<std::vector<Extent>> cutDimension(const Dimension &d) {
  int64_t dilation = d.kernel > 1 ? d.dilation : 1;
  // Output k * phases + j reads from k * (stride * phases) + j * stride on,
  // every dilation-th element: stride * phases is a multiple of dilation.
  int64_t phases = std::min(dilation / std::gcd(d.stride, dilation), d.ofmap);
  std::vector<std::vector<Extent>> result;
  for (int64_t j = 0; j < phases; ++j) {
    int64_t outputs = ceilDiv(d.ofmap - j, phases);
    // A single output has no stride.
    int64_t stride = dilation == 1 ? d.stride : d.stride * phases / dilation;
    if (outputs == 1 && (dilation > 1 || !d.nativeStride(stride)))
      stride = 1;
    bool native = d.nativeStride(stride);
    std::vector<Extent> adding;
    for (int64_t i = 0; i < (native ? 1 : std::min(stride, d.kernel)); ++i) {
      int64_t step = native ? 1 : stride; // of the filter
      int64_t taps = ceilDiv(d.kernel - i, step);
      int64_t partStride = native ? stride : 1;
      Cut cut(taps, d.mostKernel);
      for (int64_t k = 0; k < cut.count(); ++k) {
        Extent part;
        part.ofmap = {j, phases};
        part.filter = {i + cut.first(k) * step, step};
        part.ifmap = {j * d.stride + part.filter.first * dilation,
                      dilation * step};
        part.filterSize = cut.sizeOf(k);
        part.stride = partStride;
        part.ifmapSize = (outputs - 1) * partStride + part.filterSize;
        adding.push_back(part);
      }
    }
    result.push_back(std::move(adding));
  }
  // A native dimension keeps its size, elements behind the last window too.
  if (phases == 1 && result[0].size() == 1 && dilation == 1 &&
      result[0][0].stride == d.stride)
    result[0][0].ifmapSize = d.size;
  return result;
}

/// How many of `size` elements first, first + step, ... lie below `bound`.
static int64_t elementsBelow(int64_t bound, const Stride &part, int64_t size) {
  return std::clamp<int64_t>(ceilDiv(bound - part.first, part.step), 0, size);
}

static LayerPart makePart(const ConvShape &conv, const Extent &rows,
                          const Extent &columns) {
  LayerPart part;
  part.shape = conv.layer;
  part.shape.height = rows.ifmapSize;
  part.shape.width = columns.ifmapSize;
  part.shape.filterHeight = rows.filterSize;
  part.shape.filterWidth = columns.filterSize;
  const LayerShape &whole = conv.layer;
  part.shape.padTop = elementsBelow(whole.padTop, rows.ifmap, rows.ifmapSize);
  part.shape.padBottom =
      rows.ifmapSize -
      elementsBelow(whole.height - whole.padBottom, rows.ifmap, rows.ifmapSize);
  part.shape.padLeft =
      elementsBelow(whole.padLeft, columns.ifmap, columns.ifmapSize);
  part.shape.padRight =
      columns.ifmapSize - elementsBelow(whole.width - whole.padRight,
                                        columns.ifmap, columns.ifmapSize);
  part.shape.strideY = rows.stride;
  part.shape.strideX = columns.stride;
  part.ifmapRows = rows.ifmap;
  part.ifmapColumns = columns.ifmap;
  part.filterRows = rows.filter;
  part.filterColumns = columns.filter;
  part.ofmapRows = rows.ofmap;
  part.ofmapColumns = columns.ofmap;
  return part;
}

/// Rows, columns and channels of the filters and groups that `range` has.
static void addParts(const ConvShape &conv, const TargetSpec &target,
                     const LayerPart &range, std::vector<LayerPart> &parts) {
  Cut channels(conv.layer.channels, target.max_channels);
  for (const auto &rowParts : cutDimension(rowsOf(conv, target)))
    for (const auto &columnParts : cutDimension(columnsOf(conv, target))) {
      size_t begin = parts.size();
      for (int64_t c = 0; c < channels.count(); ++c)
        for (const Extent &rows : rowParts)
          for (const Extent &columns : columnParts) {
            LayerPart part = makePart(conv, rows, columns);
            part.group = range.group;
            part.filter = range.filter;
            part.channel = channels.first(c);
            part.shape.groups = range.shape.groups;
            part.shape.filters = range.shape.filters;
            part.shape.channels = channels.sizeOf(c);
            part.shape.resumes = part.shape.leavesRaw = true;
            parts.push_back(part);
          }
      parts[begin].shape.resumes = false;
      parts.back().shape.leavesRaw = false;
    }
}

Result<std::vector<LayerPart>> rowlock::partsOf(const ConvShape &conv,
                                                const TargetSpec &target) {
  const LayerShape &layer = conv.layer;
  if (layer.groups < 1 || layer.filters % layer.groups || conv.dilationY < 1 ||
      conv.dilationX < 1 || layer.filterHeight < 1 || layer.filterWidth < 1 ||
      layer.strideY < 1 || layer.strideX < 1 || layer.channels < 1 ||
      layer.filters < 1)
    return Status::error("a size, stride or dilation is below 1, or groups do "
                         "not divide the filters");
  if (layer.height <= (layer.filterHeight - 1) * conv.dilationY ||
      layer.width <= (layer.filterWidth - 1) * conv.dilationX)
    return Status::error("the filter exceeds the padded ifmap");
  std::vector<LayerPart> parts;
  int64_t perGroup = layer.filtersPerGroup();
  Cut filters(perGroup, target.max_filters);
  Cut groups(layer.groups, std::max<int64_t>(1, target.max_filters / perGroup));
  for (int64_t g = 0; g < groups.count(); ++g)
    for (int64_t m = 0; m < filters.count(); ++m) {
      LayerPart range;
      range.group = groups.first(g);
      range.filter = filters.first(m);
      range.shape.groups = groups.sizeOf(g);
      range.shape.filters = groups.sizeOf(g) * filters.sizeOf(m);
      addParts(conv, target, range, parts);
    }
  for (const LayerPart &part : parts)
    if (Status native = MappingProblem{part.shape, target}.check(); !native)
      return native;
  return parts;
}

std::string rowlock::splitReason(const ConvShape &conv,
                                 const TargetSpec &target) {
  const LayerShape &layer = conv.layer;
  std::string reason;
  auto add = [&](const std::string &text) {
    reason += (reason.empty() ? "" : "; ") + text;
  };
  auto exceeds = [&](int64_t value, const char *what, int64_t bound) {
    if (value > bound)
      add(std::to_string(value) + " " + what + " exceed the " +
          std::to_string(bound) + " of a native layer");
  };
  exceeds(layer.filters, "filters", target.max_filters);
  exceeds(layer.channels, "channels", target.max_channels);
  struct {
    const char *what;
    Dimension dimension;
  } dimensions[] = {{"rows", rowsOf(conv, target)},
                    {"columns", columnsOf(conv, target)}};
  for (const auto &[what, d] : dimensions) {
    std::string name(what);
    exceeds(d.kernel, ("filter " + name).c_str(), d.mostKernel);
    bool several = d.ofmap > 1;
    if (several && !d.nativeStride(d.stride))
      add("stride " + std::to_string(d.stride) + " of " + name +
          " is none of the target's");
    if (d.kernel > 1 && d.dilation > 1)
      add("dilation " + std::to_string(d.dilation) + " of " + name);
  }
  return reason;
}
