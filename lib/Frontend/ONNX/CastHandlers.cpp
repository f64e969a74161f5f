//===- CastHandlers.cpp - Cast, Dropout, OneHot, Range --------------------===//
#include "Elements.h"
#include "Listed.h"
#include "Types.h"

#include <cmath>
#include <cstring>

using namespace mlir;
using namespace rowlock;

static LogicalResult castTo(Node &node, Type element) {
  auto input = node.value(0);
  auto saturate = node.integer("saturate", 1, 0, 1);
  if (failed(input) || failed(saturate))
    return failure();
  if (elementOf(*input) == element)
    return node.alias(0);
  return node.define(node.cast(*input, element, *saturate));
}

static LogicalResult importCast(Node &node) {
  if (!node.attribute("to"))
    return node.error() << "attribute 'to' is missing";
  auto to = node.integer("to", 0, 0, INT32_MAX);
  if (failed(to))
    return failure();
  std::optional<DataType> type = dataType(int(*to));
  if (!type)
    return node.error() << "elements of type " << dataTypeName(int(*to))
                        << " are not supported";
  return castTo(node, elementType(node.builder().getContext(), *type));
}

static LogicalResult importCastLike(Node &node) {
  auto like = node.value(1);
  return failed(like) ? failure() : castTo(node, plainType(elementOf(*like)));
}

/// The operand, with a mask that drops nothing.
static LogicalResult importDropout(Node &node) {
  if (!node.wants(1))
    return node.alias(0);
  auto input = node.bound(0);
  if (failed(input))
    return failure();
  // Opset 7 has a mask of the operand's type.
  Type element = node.state().opset < 10 ? elementOf(*input)
                                         : Type(node.builder().getI1Type());
  auto truths =
      RankedTensorType::get(shapeOf(*input), node.builder().getI1Type());
  Value mask = nn::ConstantOp::create(node.builder(), node.loc(), truths,
                                      DenseElementsAttr::get(truths, true));
  return node.define({*input, node.cast(mask, element)});
}

/// The known operand of one element, or an error that calls it `role`.
static FailureOr<double> numberOf(Node &node, int position, const char *role) {
  auto known = node.constant(position, role);
  if (failed(known))
    return failure();
  TensorData data = isHalf((*known)->type) ? widened(**known) : **known;
  if (data.elements() == 1) {
    if (data.type == DataType::Float64) {
      double number;
      std::memcpy(&number, data.bytes.data(), sizeof number);
      return number;
    }
    if (data.type == DataType::Float32)
      return double(data.floats().front());
    if (std::vector<int64_t> integers = data.integers(); !integers.empty())
      return double(integers.front());
  }
  return node.error() << "the " << role << " is no scalar";
}

static LogicalResult importDropout12(Node &node) {
  if (node.has(2)) {
    auto training = numberOf(node, 2, "training mode");
    if (failed(training))
      return failure();
    FailureOr<double> ratio = 0.5;
    if (*training != 0 && node.has(1))
      ratio = numberOf(node, 1, "ratio");
    if (failed(ratio))
      return failure();
    if (*training != 0 && *ratio != 0)
      return node.error() << "training_mode with a ratio is not supported";
  }
  return importDropout(node);
}

static LogicalResult importOneHot(Node &node) {
  auto given = node.value(0);
  auto values = node.value(2);
  auto axis = node.integer("axis", -1, INT32_MIN, INT32_MAX);
  auto known = numberOf(node, 1, "depth");
  if (failed(given) || failed(values) || failed(axis) || failed(known))
    return failure();
  Type index = node.builder().getI64Type();
  if (shapeOf(*values) != ArrayRef<int64_t>(2))
    return node.error() << "the values are not two";
  if (!(*known >= 1 && *known <= double(maxElements)))
    return node.error() << "depth " << *known << " is not supported";
  if (failed(checkListed(node, *known)))
    return failure();
  auto depth = int64_t(*known);
  SmallVector<int64_t> shape(shapeOf(*given));
  auto at = node.axis(*axis, int64_t(shape.size()) + 1);
  if (failed(at))
    return failure();
  shape.insert(shape.begin() + *at, 1);
  SmallVector<int64_t> line(shape.size(), 1);
  line[*at] = depth;
  std::vector<int64_t> iota(depth);
  for (int64_t k = 0; k < depth; ++k)
    iota[k] = k;
  Value indices = node.reshape(node.cast(*given, index), shape);
  // Negative indices count from the end.
  Value wrapped = makeBinary(node, BinaryFunction::Add, indices,
                             node.constantOf({}, ArrayRef<int64_t>(depth)));
  Value negative = makeBinary(node, BinaryFunction::Less, indices, 0);
  indices = makeSelect(node, negative, wrapped, indices);
  Value hot = makeBinary(node, BinaryFunction::Equal, indices,
                         node.constantOf(line, iota));
  auto entry = [&](int64_t k) -> Value {
    auto type = RankedTensorType::get({1}, elementOf(*values));
    return node.reshape(nn::SliceOp::create(node.builder(), node.loc(), type,
                                            *values, ArrayRef<int64_t>(k),
                                            ArrayRef<int64_t>(1)),
                        {});
  };
  Value result = hot ? makeSelect(node, hot, entry(1), entry(0)) : hot;
  return result ? node.define(result) : failure();
}

/// How many numbers there are from start to limit in steps of delta; negative
/// for a step of 0.
static double countSteps(ArrayRef<double> bounds) {
  if (bounds[2] == 0)
    return -1;
  return std::max(0.0, std::ceil((bounds[1] - bounds[0]) / bounds[2]));
}

/// start + k * delta, computed by the operations' kernels.
static LogicalResult importRange(Node &node) {
  const char *roles[] = {"start", "limit", "delta"};
  Value bounds[3];
  SmallVector<double> known;
  for (int k = 0; k < 3; ++k) {
    auto number = numberOf(node, k, roles[k]);
    auto value = node.value(k);
    if (failed(number) || failed(value))
      return failure();
    bounds[k] = node.reshape(*value, {});
    known.push_back(*number);
  }
  double count = countSteps(known);
  if (!(count >= 0 && count <= double(maxElements)))
    return node.error() << "a range from " << known[0] << " to " << known[1]
                        << " in steps of " << known[2] << " is not supported";
  if (failed(checkListed(node, double(count))))
    return failure();
  std::vector<int64_t> iota(static_cast<size_t>(count));
  for (size_t k = 0; k < iota.size(); ++k)
    iota[k] = int64_t(k);
  Value steps = node.cast(node.constantOf({int64_t(iota.size())}, iota),
                          elementOf(bounds[0]));
  Value offset = makeBinary(node, BinaryFunction::Mul, steps, bounds[2]);
  Value result = makeBinary(node, BinaryFunction::Add, offset, bounds[0]);
  return result ? node.define(result) : failure();
}

llvm::ArrayRef<HandlerEntry> rowlock::castHandlers() {
  static const HandlerEntry entries[] = {
      {"Cast", 6, importCast, "`nn.cast`", "host"},
      {"CastLike", 15, importCastLike, "`nn.cast`", "host"},
      {"Dropout", 1, importDropout, "its operand", "nothing"},
      {"Dropout", 12, importDropout12, "its operand", "nothing"},
      {"OneHot", 9, importOneHot, "`nn.binary`, `nn.select`", "host"},
      {"Range", 11, importRange, "a constant", "nothing"}};
  return entries;
}
