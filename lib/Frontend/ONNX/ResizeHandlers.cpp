//===- ResizeHandlers.cpp - Resize, Upsample ------------------------------===//
#include "Elements.h"
#include "Listed.h"
#include "Movement.h"
#include "Sampling.h"
#include "Types.h"

#include <cmath>

using namespace mlir;
using namespace rowlock;

namespace {

struct Resizing {
  Sampling sampling;
  std::vector<ResizedAxis> axes; // of all dimensions
  float extrapolation = 0;
};

} // namespace

/// Lines outside of the input take the extrapolation value.
static Value extrapolate(Node &node, Value value, const Taps &taps,
                         int64_t axis, float extrapolation) {
  SmallVector<int64_t> shape(shapeOf(value).size(), 1), flags;
  shape[axis] = int64_t(taps.outside.size());
  for (bool isOutside : taps.outside)
    flags.push_back(isOutside);
  OpBuilder &b = node.builder();
  Value condition = node.cast(node.constantOf(shape, ArrayRef<int64_t>(flags)),
                              b.getI1Type());
  Value filler = node.cast(node.constantOf({}, ArrayRef<float>(extrapolation)),
                           elementOf(value));
  return makeSelect(node, condition, filler, value);
}

/// One axis after the other: lines where each line is one of the input's,
/// weighted sums, in float, where not.
static LogicalResult resize(Node &node, const Resizing &resizing) {
  if (const char *name = resizing.sampling.unknown())
    return node.error() << "attribute '" << name << "' has an unknown value";
  auto input = node.movable(0);
  if (failed(input))
    return failure();
  std::vector<Taps> taps;
  bool isSum = false;
  SmallVector<int64_t> shape;
  for (const ResizedAxis &axis : resizing.axes)
    shape.push_back(axis.out);
  if (failed(node.type(shape, elementOf(*input))))
    return failure();
  for (const ResizedAxis &axis : resizing.axes) {
    if (!(axis.scale > 0) || !std::isfinite(axis.scale) || axis.in < 1)
      return node.error() << "a size of " << axis.in << " and a scale of "
                          << axis.scale;
    bool shrinks = resizing.sampling.antialias && axis.scale < 1;
    double reach = 4 / (shrinks ? double(axis.scale) : 1); // most, in elements
    if (failed(checkListed(node, double(axis.out + 1) * reach)))
      return failure();
    taps.push_back(sample(resizing.sampling, axis));
    isSum |= !taps.back().areLines();
  }
  bool moves = !isSum && llvm::none_of(taps, [](const Taps &axis) {
    return axis.anyOutside();
  });
  if (!moves)
    input = node.value(0);
  Type element = elementOf(*input);
  OpBuilder &b = node.builder();
  Value value = isSum ? node.cast(*input, b.getF32Type()) : *input;
  for (auto [d, axis] : llvm::enumerate(taps)) {
    if (axis.isIdentity(shapeOf(value)[d]))
      continue;
    if (axis.areLines()) {
      auto lines = makeLines(node, value, axis.lines(), int64_t(d));
      if (failed(lines))
        return failure();
      value = *lines;
    } else {
      SmallVector<int64_t> table = {int64_t(axis.outside.size()), axis.depth};
      shape.assign(shapeOf(value).begin(), shapeOf(value).end());
      shape[d] = table[0];
      auto type = node.type(shape, b.getF32Type());
      if (failed(type))
        return failure();
      Value indices = node.constantOf(table, ArrayRef<int64_t>(axis.indices));
      Value weights = node.constantOf(table, ArrayRef<float>(axis.weights));
      value = nn::ResampleOp::create(b, node.loc(), *type, value, indices,
                                     weights, b.getI64IntegerAttr(int64_t(d)));
    }
    if (axis.anyOutside())
      value =
          extrapolate(node, value, axis, int64_t(d), resizing.extrapolation);
  }
  return node.define(node.cast(value, element));
}

/// The floats of a known operand, none for one that is left out or empty.
static FailureOr<std::vector<float>> floats(Node &node, int position,
                                            const char *role) {
  if (!node.has(position))
    return std::vector<float>();
  auto data = node.constant(position, role);
  if (failed(data))
    return failure();
  if ((*data)->type != DataType::Float32 && (*data)->elements() > 0)
    return node.error() << "the " << role << " are not float32";
  return (*data)->floats();
}

/// Scales of the axes; sizes are rounded down.
static LogicalResult setScales(Node &node, ArrayRef<float> scales,
                               ArrayRef<int64_t> axes, Resizing &resizing) {
  if (scales.size() != axes.size())
    return node.error() << scales.size() << " scales for " << axes.size()
                        << " axes";
  for (auto [scale, d] : llvm::zip(scales, axes)) {
    ResizedAxis &axis = resizing.axes[d];
    float length = float(axis.in) * scale;
    if (!(scale > 0) || !(length <= float(maxElements)))
      return node.error() << "axis " << d << " of " << axis.in
                          << " is scaled by " << scale;
    axis.scale = scale;
    axis.length = length;
    axis.out = int64_t(std::floor(length));
  }
  return success();
}

/// Sizes of the axes, or with a policy the bounds of sizes of one scale.
static LogicalResult setSizes(Node &node, ArrayRef<int64_t> sizes,
                              ArrayRef<int64_t> axes, StringRef policy,
                              Resizing &resizing) {
  if (sizes.size() != axes.size())
    return node.error() << sizes.size() << " sizes for " << axes.size()
                        << " axes";
  bool isLarger = policy == "not_smaller";
  if (!isLarger && policy != "not_larger" && policy != "stretch")
    return node.error() << "attribute 'keep_aspect_ratio_policy' has an "
                           "unknown value";
  float joint = isLarger ? 0 : INFINITY;
  for (auto [size, d] : llvm::zip(sizes, axes)) {
    ResizedAxis &axis = resizing.axes[d];
    if (size < 1 || size > maxElements || axis.in < 1)
      return node.error() << "axis " << d << " of " << axis.in
                          << " gets a size of " << size;
    axis.out = size;
    axis.length = float(size);
    axis.scale = float(size) / float(axis.in);
    joint =
        isLarger ? std::max(joint, axis.scale) : std::min(joint, axis.scale);
  }
  for (int64_t d : axes) {
    ResizedAxis &axis = resizing.axes[d];
    if (policy == "stretch")
      continue;
    axis.scale = joint;
    axis.length = joint * float(axis.in);
    if (!(axis.length <= float(maxElements)))
      return node.error() << "axis " << d << " is scaled by " << joint;
    axis.out = int64_t(std::floor(axis.length + 0.5f));
  }
  return success();
}

static FailureOr<Resizing> start(Node &node, StringRef mode) {
  auto input = node.movable(0);
  auto given = node.string("mode", mode);
  if (failed(input) || failed(given))
    return failure();
  Resizing resizing;
  resizing.sampling.mode = *given == "bilinear" ? "linear" : *given;
  for (int64_t size : shapeOf(*input)) {
    ResizedAxis &axis = resizing.axes.emplace_back();
    axis.in = axis.out = size;
    axis.length = float(size);
  }
  return resizing;
}

static SmallVector<int64_t> allAxes(const Resizing &resizing) {
  SmallVector<int64_t> axes;
  for (size_t d = 0; d < resizing.axes.size(); ++d)
    axes.push_back(int64_t(d));
  return axes;
}

/// Upsample and opset 10: coordinates are divided by the scale.
static LogicalResult resizeByScales(Node &node, ArrayRef<float> scales) {
  auto resizing = start(node, "nearest");
  if (failed(resizing) ||
      failed(setScales(node, scales, allAxes(*resizing), *resizing)))
    return failure();
  resizing->sampling.coordinates = "asymmetric";
  resizing->sampling.nearest = "simple";
  return resize(node, *resizing);
}

static LogicalResult importUpsample7(Node &node) {
  const onnx::AttributeProto *scales = node.attribute("scales");
  if (!scales || scales->type() != onnx::AttributeProto::FLOATS)
    return node.error() << "attribute 'scales' is no list of floats";
  return resizeByScales(node, std::vector<float>(scales->floats().begin(),
                                                 scales->floats().end()));
}

static LogicalResult importResize10(Node &node) {
  auto scales = floats(node, 1, "scales");
  return failed(scales) ? failure() : resizeByScales(node, *scales);
}

static LogicalResult readSampling(Node &node, Resizing &resizing) {
  Sampling &sampling = resizing.sampling;
  auto coordinates =
      node.string("coordinate_transformation_mode", "half_pixel");
  auto nearest = node.string("nearest_mode", "round_prefer_floor");
  auto cubic = node.number("cubic_coeff_a", -0.75f);
  auto exclude = node.integer("exclude_outside", 0, 0, 1);
  auto antialias = node.integer("antialias", 0, 0, 1);
  auto extrapolation = node.number("extrapolation_value", 0);
  if (failed(coordinates) || failed(nearest) || failed(cubic) ||
      failed(exclude) || failed(antialias) || failed(extrapolation))
    return failure();
  if (*antialias && sampling.mode == "nearest")
    return node.error() << "antialias needs mode linear or cubic";
  sampling.coordinates = *coordinates;
  sampling.nearest = *nearest;
  sampling.cubicFactor = *cubic;
  sampling.excludeOutside = *exclude;
  sampling.antialias = *antialias;
  resizing.extrapolation = *extrapolation;
  return success();
}

static LogicalResult importResize11(Node &node) {
  auto resizing = start(node, "nearest");
  auto given = node.integerList("axes", {}, 0, -8, 7);
  auto policy = node.string("keep_aspect_ratio_policy", "stretch");
  if (failed(resizing) || failed(readSampling(node, *resizing)) ||
      failed(given) || failed(policy))
    return failure();
  SmallVector<int64_t> axes =
      given->empty() ? allAxes(*resizing) : SmallVector<int64_t>();
  for (int64_t entry : *given) {
    auto axis = node.axis(entry, int64_t(resizing->axes.size()));
    if (failed(axis))
      return failure();
    axes.push_back(*axis);
  }
  if (resizing->sampling.coordinates == "tf_crop_and_resize") {
    auto roi = floats(node, 1, "region of interest");
    if (failed(roi))
      return failure();
    if (roi->size() != 2 * axes.size())
      return node.error() << "a region of interest of " << roi->size()
                          << " numbers for " << axes.size() << " axes";
    for (size_t k = 0; k < axes.size(); ++k) {
      resizing->axes[axes[k]].start = (*roi)[k];
      resizing->axes[axes[k]].end = (*roi)[axes.size() + k];
    }
  }
  auto scales = floats(node, 2, "scales");
  if (failed(scales))
    return failure();
  if (!scales->empty()) {
    if (failed(setScales(node, *scales, axes, *resizing)))
      return failure();
    return resize(node, *resizing);
  }
  auto sizes = node.integers(3, "sizes");
  if (failed(sizes) || failed(setSizes(node, *sizes, axes, *policy, *resizing)))
    return failure();
  return resize(node, *resizing);
}

llvm::ArrayRef<HandlerEntry> rowlock::resizeHandlers() {
  constexpr const char *layers =
      "`nn.gather` (nearest) or `nn.resample` of each axis";
  static const HandlerEntry entries[] = {
      {"Upsample", 7, importUpsample7, layers, "host"},
      {"Upsample", 9, importResize10, layers, "host"},
      {"Resize", 10, importResize10, layers, "host"},
      {"Resize", 11, importResize11, layers, "host"}};
  return entries;
}
