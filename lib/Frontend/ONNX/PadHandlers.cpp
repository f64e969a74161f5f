//===- PadHandlers.cpp - Pad ----------------------------------------------===//
#include "Listed.h"
#include "Movement.h"

using namespace mlir;
using namespace rowlock;

namespace {

struct Padding {
  SmallVector<int64_t> low, high;
  std::string mode;
  Value value; // null for 0

  bool isConstant() const { return mode == "constant"; }
};

} // namespace

/// Paddings of all axes from a list of those of `axes` (of all, if empty).
static LogicalResult readAmounts(Node &node, ArrayRef<int64_t> list,
                                 ArrayRef<int64_t> axes, int64_t rank,
                                 Padding &padding) {
  SmallVector<int64_t> given(axes);
  for (int64_t d = 0; axes.empty() && d < rank; ++d)
    given.push_back(d);
  size_t count = given.size();
  if (list.size() != 2 * count)
    return node.error() << list.size() << " pads for " << count << " axes";
  padding.low.assign(rank, 0);
  padding.high.assign(rank, 0);
  for (size_t k = 0; k < count; ++k) {
    auto axis = node.axis(given[k], rank);
    if (failed(axis))
      return failure();
    for (int64_t amount : {list[k], list[count + k]})
      if (amount < -maxElements || amount > maxElements)
        return node.error() << "a pad of " << amount << " exceeds "
                            << maxElements << " elements";
    padding.low[*axis] = list[k];
    padding.high[*axis] = list[count + k];
  }
  return success();
}

/// Negative pads take elements away before others are copied.
static Value crop(Node &node, Value input, Padding &padding) {
  for (size_t d = 0; d < padding.low.size(); ++d) {
    int64_t before = std::max<int64_t>(0, -padding.low[d]);
    int64_t behind = std::max<int64_t>(0, -padding.high[d]);
    int64_t size = shapeOf(input)[d] - before - behind;
    if (size < 0)
      continue; // refused with the result's type
    input = makeSlice(node, input, int64_t(d), before, size);
    padding.low[d] = std::max<int64_t>(0, padding.low[d]);
    padding.high[d] = std::max<int64_t>(0, padding.high[d]);
  }
  return input;
}

/// Reflections that go back and forth are lines by their indices.
static FailureOr<Value> reflectFar(Node &node, Value input, int64_t axis,
                                   Padding &padding) {
  int64_t size = shapeOf(input)[axis],
          period = std::max<int64_t>(1, 2 * (size - 1));
  SmallVector<int64_t> shape(shapeOf(input)), lines;
  shape[axis] += padding.low[axis] + padding.high[axis];
  if (failed(node.type(shape, elementOf(input))) ||
      failed(checkListed(node, double(shape[axis]))))
    return failure();
  for (int64_t k = -padding.low[axis]; k < size + padding.high[axis]; ++k) {
    int64_t at = (k % period + period) % period;
    lines.push_back(at < size ? at : period - at);
  }
  padding.low[axis] = padding.high[axis] = 0;
  return makeLines(node, input, lines, axis);
}

static LogicalResult pad(Node &node, Padding padding) {
  auto input = node.value(0);
  if (failed(input))
    return failure();
  if (padding.mode != "constant" && padding.mode != "reflect" &&
      padding.mode != "edge" && padding.mode != "wrap")
    return node.error() << "mode '" << padding.mode << "' is not known";
  Value inner = *input;
  if (!padding.isConstant())
    inner = crop(node, inner, padding);
  size_t rank = padding.low.size();
  for (size_t d = 0; d < rank; ++d) {
    int64_t size = shapeOf(inner)[d];
    int64_t most = std::max(padding.low[d], padding.high[d]);
    if (!padding.isConstant() && size == 0 && most > 0)
      return node.error() << "axis " << d << " has no elements to pad";
    if (padding.mode != "reflect" || most < std::max<int64_t>(1, size))
      continue;
    auto reflected = reflectFar(node, inner, int64_t(d), padding);
    if (failed(reflected))
      return failure();
    inner = *reflected;
  }
  SmallVector<int64_t> shape(shapeOf(inner));
  for (size_t d = 0; d < rank; ++d)
    shape[d] += padding.low[d] + padding.high[d];
  auto type = node.type(shape, elementOf(inner));
  if (failed(type))
    return failure();
  OpBuilder &b = node.builder();
  return node.define(nn::PadOp::create(
      b, node.loc(), *type, inner, padding.value, padding.low, padding.high,
      SmallVector<int64_t>(rank, 0), padding.mode));
}

/// `list` names the attribute of the amounts: "paddings" in opset 1.
static LogicalResult padWithAttributes(Node &node, const char *list) {
  auto input = node.value(0);
  auto amounts = node.integerList(list, {}, 0, -maxElements, maxElements);
  auto mode = node.string("mode", "constant");
  auto value = node.number("value", 0);
  if (failed(input) || failed(amounts) || failed(mode) || failed(value))
    return failure();
  Padding padding;
  padding.mode = *mode;
  if (failed(readAmounts(node, *amounts, {}, int64_t(shapeOf(*input).size()),
                         padding)))
    return failure();
  if (padding.isConstant() && *value != 0)
    padding.value = node.cast(node.constantOf({}, ArrayRef<float>{*value}),
                              elementOf(*input));
  return pad(node, padding);
}

static LogicalResult importPad1(Node &node) {
  return padWithAttributes(node, "paddings");
}

static LogicalResult importPad2(Node &node) {
  return padWithAttributes(node, "pads");
}

/// The value of operand 2 as a scalar; null for a known 0.
static FailureOr<Value> readValue(Node &node, Type element) {
  auto data = node.known(2);
  auto isZero = [](char byte) { return byte == 0; };
  if (data && data->elements() == 1 && llvm::all_of(data->bytes, isZero))
    return Value();
  auto value = node.value(2);
  if (failed(value))
    return failure();
  if (cast<RankedTensorType>((*value).getType()).getNumElements() != 1 ||
      elementOf(*value) != element)
    return node.error() << "the value is no scalar of the operand's type";
  return node.reshape(*value, {});
}

static LogicalResult importPad11(Node &node) {
  auto input = node.value(0);
  auto amounts = node.integers(1, "pads");
  auto mode = node.string("mode", "constant");
  if (failed(input) || failed(amounts) || failed(mode))
    return failure();
  std::vector<int64_t> axes;
  if (node.has(3)) {
    auto given = node.integers(3, "axes");
    if (failed(given))
      return failure();
    axes = *given;
    if (axes.empty())
      return node.alias(0);
  }
  Padding padding;
  padding.mode = *mode;
  if (failed(readAmounts(node, *amounts, axes, int64_t(shapeOf(*input).size()),
                         padding)))
    return failure();
  if (padding.isConstant() && node.has(2)) {
    auto value = readValue(node, elementOf(*input));
    if (failed(value))
      return failure();
    padding.value = *value;
  }
  return pad(node, padding);
}

llvm::ArrayRef<HandlerEntry> rowlock::padHandlers() {
  static const HandlerEntry entries[] = {
      {"Pad", 1, importPad1, "`nn.pad`", "host"},
      {"Pad", 2, importPad2, "`nn.pad`", "host"},
      {"Pad", 11, importPad11, "`nn.pad`", "host"}};
  return entries;
}
