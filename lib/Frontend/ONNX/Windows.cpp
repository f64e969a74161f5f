//===- Windows.cpp - Windows of convolutions and pools --------------------===//
#include "Windows.h"

#include "rowlock/Dialect/NN/IR/Shapes.h"

using namespace mlir;
using namespace rowlock;

constexpr int64_t kMost = 1 << 16;

WindowAttributes::WindowAttributes(ArrayRef<int64_t> kernel)
    : kernel(kernel), strides(kernel.size(), 1), dilations(kernel.size(), 1),
      before(kernel.size(), 0), after(kernel.size(), 0) {}

SmallVector<int64_t> WindowAttributes::outputs(ArrayRef<int64_t> sizes) const {
  SmallVector<int64_t> result;
  for (size_t d = 0; d < rank(); ++d)
    result.push_back(nn::windowedSize(sizes[d], kernel[d], strides[d],
                                      dilations[d], before[d], after[d], ceil));
  return result;
}

WindowAttributes WindowAttributes::part(size_t first, size_t count) const {
  WindowAttributes result = *this;
  for (auto *list : {&result.kernel, &result.strides, &result.dilations,
                     &result.before, &result.after})
    *list = SmallVector<int64_t>(ArrayRef(*list).slice(first, count));
  return result;
}

WindowAttributes WindowAttributes::planar() const {
  if (rank() != 1)
    return *this;
  WindowAttributes result = *this;
  for (auto *list : {&result.kernel, &result.strides, &result.dilations})
    list->insert(list->begin(), 1);
  for (auto *list : {&result.before, &result.after})
    list->insert(list->begin(), 0);
  return result;
}

WindowAttributes WindowAttributes::withoutCeil(ArrayRef<int64_t> sizes) const {
  WindowAttributes result = *this;
  SmallVector<int64_t> out = outputs(sizes);
  result.ceil = false;
  for (size_t d = 0; d < rank(); ++d)
    result.after[d] = std::max(after[d], (out[d] - 1) * strides[d] + span(d) -
                                             sizes[d] - before[d]);
  return result;
}

SmallVector<int64_t> WindowAttributes::pads() const {
  return {before[0], before[1], after[0], after[1]};
}

/// The pads of auto_pad.
static LogicalResult padAutomatically(Node &node, StringRef mode,
                                      ArrayRef<int64_t> sizes,
                                      WindowAttributes &window) {
  window.before.assign(sizes.size(), 0);
  window.after.assign(sizes.size(), 0);
  window.ceil = false;
  if (mode == "VALID")
    return success();
  if (mode != "SAME_UPPER" && mode != "SAME_LOWER")
    return node.error() << "auto_pad '" << mode
                        << "' is none of NOTSET, VALID, SAME_UPPER, SAME_LOWER";
  for (size_t d = 0; d < sizes.size(); ++d) {
    int64_t stride = window.strides[d];
    int64_t outputs = (sizes[d] + stride - 1) / stride;
    int64_t total = std::max<int64_t>(0, (outputs - 1) * stride +
                                             window.span(d) - sizes[d]);
    int64_t less = total / 2, more = total - less;
    window.before[d] = mode == "SAME_UPPER" ? less : more;
    window.after[d] = total - window.before[d];
  }
  return success();
}

FailureOr<WindowAttributes> rowlock::readWindow(Node &node,
                                                ArrayRef<int64_t> sizes,
                                                ArrayRef<int64_t> kernel) {
  size_t rank = sizes.size();
  SmallVector<int64_t> ones(rank, 1), zeros(2 * rank, 0);
  auto strides = node.integerList("strides", ones, rank, 1, kMost);
  auto dilations = node.integerList("dilations", ones, rank, 1, kMost);
  auto pads = node.integerList("pads", zeros, 2 * rank, 0, kMost);
  auto mode = node.string("auto_pad", "NOTSET");
  auto ceil = node.integer("ceil_mode", 0, 0, 1);
  if (failed(strides) || failed(dilations) || failed(pads) || failed(mode) ||
      failed(ceil))
    return failure();
  WindowAttributes window(kernel);
  window.strides = *strides;
  window.dilations = *dilations;
  window.before.assign(pads->begin(), pads->begin() + rank);
  window.after.assign(pads->begin() + rank, pads->end());
  window.ceil = *ceil != 0;
  if (*mode != "NOTSET" && !mode->empty() &&
      failed(padAutomatically(node, *mode, sizes, window)))
    return failure();
  return window;
}

FailureOr<WindowAttributes> rowlock::readPoolWindow(Node &node,
                                                    ArrayRef<int64_t> sizes) {
  if (!node.attribute("kernel_shape"))
    return node.error() << "attribute 'kernel_shape' is missing";
  auto kernel = node.integerList("kernel_shape", {}, sizes.size(), 1, kMost);
  if (failed(kernel))
    return failure();
  return readWindow(node, sizes, *kernel);
}

FailureOr<SmallVector<int64_t>> rowlock::spatialSizes(Node &node, Value value) {
  ArrayRef<int64_t> shape = shapeOf(value);
  if (shape.size() < 3 || shape.size() > 5)
    return node.error() << "the operand has rank " << shape.size()
                        << ", expected 3 to 5";
  return SmallVector<int64_t>(shape.drop_front(2));
}

SmallVector<int64_t> rowlock::joined(ArrayRef<int64_t> lead,
                                     ArrayRef<int64_t> sizes) {
  SmallVector<int64_t> shape(lead);
  shape.append(sizes.begin(), sizes.end());
  return shape;
}

Value rowlock::asPlane(Node &node, Value value) {
  ArrayRef<int64_t> shape = shapeOf(value);
  return shape.size() == 3
             ? node.reshape(value, {shape[0], shape[1], 1, shape[2]})
             : value;
}

Value rowlock::makePad(Node &node, Value input, ArrayRef<int64_t> low,
                       ArrayRef<int64_t> high, ArrayRef<int64_t> interior,
                       Value value) {
  auto isZero = [](int64_t entry) { return entry == 0; };
  if (llvm::all_of(low, isZero) && llvm::all_of(high, isZero) &&
      llvm::all_of(interior, isZero))
    return input;
  SmallVector<int64_t> shape(shapeOf(input));
  size_t lead = shape.size() - low.size();
  for (size_t d = 0; d < low.size(); ++d)
    shape[lead + d] += (shape[lead + d] - 1) * interior[d] + low[d] + high[d];
  auto type = node.type(shape);
  if (failed(type))
    return {};
  OpBuilder &b = node.builder();
  SmallVector<int64_t> none(lead, 0);
  return nn::PadOp::create(b, node.loc(), type->clone(elementOf(input)), input,
                           value, b.getDenseI64ArrayAttr(joined(none, low)),
                           b.getDenseI64ArrayAttr(joined(none, high)),
                           b.getDenseI64ArrayAttr(joined(none, interior)),
                           b.getStringAttr("constant"));
}
