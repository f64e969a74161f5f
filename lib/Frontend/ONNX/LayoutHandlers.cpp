//===- LayoutHandlers.cpp - Concat, Transpose -----------------------------===//
#include "Layers.h"

#include "mlir/Dialect/Utils/IndexingUtils.h"

using namespace mlir;
using namespace rowlock;

/// A known tensor with its dimensions in the order `order`.
static TensorData transposed(const TensorData &from, ArrayRef<int64_t> order) {
  int64_t rank = int64_t(from.shape.size());
  TensorData to = from;
  SmallVector<int64_t> strides(rank, 1), steps(rank), indices(rank, 0);
  for (int64_t d = rank - 1; d > 0; --d)
    strides[d - 1] = strides[d] * from.shape[d];
  for (int64_t d = 0; d < rank; ++d) {
    to.shape[d] = from.shape[order[d]];
    steps[d] = strides[order[d]];
  }
  size_t unit = size_t(byteSize(from.type));
  int64_t at = 0;
  for (int64_t k = 0; k < from.elements(); ++k) {
    std::copy_n(from.bytes.begin() + at * unit, unit,
                to.bytes.begin() + k * unit);
    for (int64_t d = rank - 1; d >= 0; --d) {
      at += steps[d];
      if (++indices[d] < to.shape[d])
        break;
      at -= steps[d] * to.shape[d];
      indices[d] = 0;
    }
  }
  return to;
}

static LogicalResult importTranspose(Node &node) {
  auto data = node.known(0);
  FailureOr<Value> input = data ? Value() : node.value(0);
  if (failed(input))
    return failure();
  int64_t rank = int64_t(data ? data->shape.size() : shapeOf(*input).size());
  SmallVector<int64_t> reversed;
  for (int64_t d = rank; d-- > 0;)
    reversed.push_back(d);
  auto order = node.integerList("perm", reversed, size_t(rank), 0, rank - 1);
  if (failed(order))
    return failure();
  SmallVector<bool> seen(rank, false);
  for (int64_t d : *order)
    seen[d] = true;
  if (llvm::is_contained(seen, false))
    return node.error() << "perm is no permutation";
  if (data)
    return node.define(transposed(*data, *order));
  auto type = node.type(applyPermutation(shapeOf(*input), *order));
  if (failed(type))
    return failure();
  return node.define(
      nn::TransposeOp::create(node.builder(), node.loc(), *type, *input,
                              node.builder().getDenseI64ArrayAttr(*order)));
}

/// The operands' bytes, one behind the other along `axis`.
static TensorData joined(ArrayRef<std::shared_ptr<const TensorData>> parts,
                         ArrayRef<int64_t> shape, int64_t axis) {
  TensorData result = *parts.front();
  result.shape.assign(shape.begin(), shape.end());
  result.bytes.clear();
  int64_t outer = 1;
  for (int64_t size : shape.take_front(axis))
    outer *= size;
  for (int64_t o = 0; o < outer; ++o)
    for (const auto &part : parts) {
      int64_t run = int64_t(part->bytes.size()) / outer;
      result.bytes.insert(result.bytes.end(), part->bytes.begin() + o * run,
                          part->bytes.begin() + (o + 1) * run);
    }
  return result;
}

/// The joined shape, or an error.
static FailureOr<SmallVector<int64_t>>
joinedShape(Node &node, ArrayRef<SmallVector<int64_t>> shapes, int64_t axis) {
  SmallVector<int64_t> result = shapes.front();
  for (auto [k, shape] : llvm::enumerate(shapes.drop_front())) {
    bool agrees = shape.size() == result.size();
    for (int64_t d = 0; agrees && d < int64_t(shape.size()); ++d)
      agrees = d == axis || shape[d] == result[d];
    if (!agrees)
      return node.error() << "operand " << k + 1 << " of shape [" << shape
                          << "] does not join [" << shapes.front()
                          << "] along axis " << axis;
    result[axis] += shape[axis];
  }
  return result;
}

FailureOr<Value> rowlock::makeConcat(Node &node, ArrayRef<Value> values,
                                     int64_t axis) {
  SmallVector<SmallVector<int64_t>> shapes;
  for (Value value : values)
    shapes.emplace_back(shapeOf(value));
  auto normal = node.axis(axis, int64_t(shapes.front().size()));
  if (failed(normal))
    return failure();
  auto shape = joinedShape(node, shapes, *normal);
  if (failed(shape))
    return failure();
  auto type = node.type(*shape);
  if (failed(type))
    return failure();
  return Value(nn::ConcatOp::create(node.builder(), node.loc(), *type, values,
                                    node.builder().getI64IntegerAttr(*normal),
                                    nn::RescaleAttr()));
}

static LogicalResult importConcat(Node &node) {
  // Opset 1 has a default.
  if (!node.attribute("axis") && node.state().opset >= 4)
    return node.error() << "attribute 'axis' is missing";
  auto given = node.integer("axis", 1, -8, 7);
  int count = node.operands();
  if (failed(given))
    return failure();
  if (!count)
    return node.error() << "has no operands";
  SmallVector<std::shared_ptr<const TensorData>> parts;
  for (int k = 0; k < count; ++k)
    if (auto data = node.known(k))
      parts.push_back(data);
  bool known = int(parts.size()) == count;
  for (const auto &part : parts)
    known &= part->type == parts.front()->type;
  if (!known) {
    SmallVector<Value> values;
    for (int k = 0; k < count; ++k) {
      auto value = node.value(k);
      if (failed(value))
        return failure();
      values.push_back(*value);
    }
    auto joined = makeConcat(node, values, *given);
    return failed(joined) ? failure() : node.define(*joined);
  }
  SmallVector<SmallVector<int64_t>> shapes;
  for (const auto &part : parts)
    shapes.emplace_back(part->shape.begin(), part->shape.end());
  auto axis = node.axis(*given, int64_t(shapes.front().size()));
  if (failed(axis))
    return failure();
  auto shape = joinedShape(node, shapes, *axis);
  if (failed(shape))
    return failure();
  return node.define(joined(parts, *shape, *axis));
}

llvm::ArrayRef<HandlerEntry> rowlock::layoutHandlers() {
  static const HandlerEntry entries[] = {
      {"Concat", 1, importConcat, "`nn.concat`", "host"},
      {"Transpose", 1, importTranspose, "`nn.transpose`", "host"}};
  return entries;
}
