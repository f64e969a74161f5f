//===- IntegerHandlers.cpp - ConvInteger, MatMulInteger, ... --------------===//
//
// Sums of products of integers, exact in int32, and the operator that quantises
// by what it sees.
//
//===----------------------------------------------------------------------===//
#include "Convolutions.h"
#include "Elements.h"

#include "rowlock/Dialect/NN/IR/Shapes.h"

using namespace mlir;
using namespace rowlock;

/// The plain integers of a value that may be quantised.
static Value plainIntegers(Node &node, Value value) {
  auto type = dyn_cast<quant::QuantizedType>(elementOf(value));
  if (!type)
    return value;
  return node.cast(value,
                   IntegerType::get(type.getContext(),
                                    type.getStorageTypeIntegralWidth(),
                                    type.isSigned() ? IntegerType::Signless
                                                    : IntegerType::Unsigned));
}

/// Operand `position` minus its zero point, as integers of 16 bits in steps of
/// 1: what a convolution takes. Zero points of rank 1 lie along dimension
/// `axis`, others broadcast.
static FailureOr<Value> readSteps(Node &node, int position, int zeroPoint,
                                  int64_t axis) {
  auto given = node.value(position);
  if (failed(given))
    return failure();
  OpBuilder &b = node.builder();
  Value value = plainIntegers(node, *given);
  if (!elementOf(value).isInteger(8))
    return node.error() << "operand " << position << " has elements of "
                        << elementOf(value) << ", expected 8 bits";
  value = node.cast(value, b.getI32Type());
  if (node.has(zeroPoint)) {
    auto zero = node.value(zeroPoint);
    if (failed(zero))
      return failure();
    Value shift = node.cast(plainIntegers(node, *zero), b.getI32Type());
    int64_t rank = int64_t(shapeOf(value).size());
    if (shapeOf(shift).size() == 1 && shapeOf(shift)[0] != 1 && axis < rank) {
      SmallVector<int64_t> along(rank, 1);
      along[axis] = shapeOf(shift)[0];
      shift = node.reshape(shift, along);
    }
    SmallVector<int64_t> shape(shapeOf(value));
    value = makeBinary(node, BinaryFunction::Sub, value, shift);
    if (!value)
      return failure();
    if (shapeOf(value) != ArrayRef<int64_t>(shape))
      return node.error() << "the zero point of operand " << position
                          << " does not broadcast to the operand";
  }
  auto steps = quant::UniformQuantizedType::get(
      quant::QuantizationFlags::Signed, b.getIntegerType(16), b.getF32Type(),
      /*scale=*/1.0, /*zeroPoint=*/0, -32768, 32767);
  return node.cast(node.cast(value, b.getIntegerType(16)), steps);
}

static LogicalResult importConvInteger(Node &node) {
  auto input = readSteps(node, 0, 2, 0), filter = readSteps(node, 1, 3, 0);
  if (failed(input) || failed(filter))
    return failure();
  auto sizes = spatialSizes(node, *input);
  auto groups = node.integer("group", 1, 1, 1 << 20);
  if (failed(sizes) || failed(groups))
    return failure();
  if (shapeOf(*filter).size() != shapeOf(*input).size())
    return node.error() << "the filter has rank " << shapeOf(*filter).size()
                        << ", the input " << shapeOf(*input).size();
  auto window = readWindow(node, *sizes, shapeOf(*filter).drop_front(2));
  if (failed(window))
    return failure();
  auto sums = makeConvolution(node, *input, *filter, Value(), *window, *groups);
  return failed(sums) ? failure() : node.define(plainIntegers(node, *sums));
}

/// `value` with leading dimensions `batch` before its last two, flattened to
/// P x rows x columns and transposed to P x columns x rows.
static FailureOr<Value> batched(Node &node, Value value,
                                ArrayRef<int64_t> batch) {
  SmallVector<int64_t> shape(batch);
  llvm::append_range(shape, shapeOf(value).take_back(2));
  auto all = makeBroadcast(node, value, shape);
  if (failed(all))
    return failure();
  int64_t count = 1, rows = shape[batch.size()], columns = shape.back();
  for (int64_t size : batch)
    count *= size;
  return makeTranspose(node, node.reshape(*all, {count, rows, columns}),
                       {0, 2, 1});
}

/// Products of matrices are convolutions with a kernel of one element: the rows
/// of the left one are places, and every matrix of the batch is a group.
static LogicalResult importMatMulInteger(Node &node) {
  auto lhs = node.value(0), rhs = node.value(1);
  if (failed(lhs) || failed(rhs))
    return failure();
  // As vectors, the left one is a row and the right one a column.
  SmallVector<int64_t> left(shapeOf(*lhs)), right(shapeOf(*rhs));
  bool row = left.size() == 1, column = right.size() == 1;
  if (row)
    left.insert(left.begin(), 1);
  if (column)
    right.push_back(1);
  if (left.size() < 2 || right.size() < 2 ||
      left.back() != right[right.size() - 2])
    return node.error() << "shapes [" << shapeOf(*lhs) << "] and ["
                        << shapeOf(*rhs) << "] have no matrix product";
  auto batch = nn::broadcastShapes(ArrayRef<int64_t>(left).drop_back(2),
                                   ArrayRef<int64_t>(right).drop_back(2));
  if (!batch)
    return node.error() << "the leading dimensions of [" << left << "] and ["
                        << right << "] do not broadcast";
  auto rows = readSteps(node, 0, 2, int64_t(left.size()) - 2);
  auto columns = readSteps(node, 1, 3, int64_t(right.size()) - 1);
  if (failed(rows) || failed(columns))
    return failure();
  auto places = batched(node, node.reshape(*rows, left), *batch);
  auto filters = batched(node, node.reshape(*columns, right), *batch);
  if (failed(places) || failed(filters))
    return failure();
  SmallVector<int64_t> in(shapeOf(*places)), kernel(shapeOf(*filters));
  auto sums = makeConvolution(
      node, node.reshape(*places, {1, in[0] * in[1], in[2], 1}),
      node.reshape(*filters, {kernel[0] * kernel[1], kernel[2], 1, 1}), Value(),
      WindowAttributes({1, 1}), in[0]);
  if (failed(sums))
    return failure();
  SmallVector<int64_t> shape(*batch);
  if (!row)
    shape.push_back(in[2]);
  if (!column)
    shape.push_back(kernel[1]);
  Value apart = node.reshape(*sums, {in[0], kernel[1], in[2]});
  return node.define(plainIntegers(
      node, node.reshape(makeTranspose(node, apart, {0, 2, 1}), shape)));
}

static LogicalResult importDynamicQuantize(Node &node) {
  auto input = node.real(0);
  if (failed(input))
    return failure();
  OpBuilder &b = node.builder();
  SmallVector<int64_t> axes;
  for (size_t d = 0; d < shapeOf(*input).size(); ++d)
    axes.push_back(int64_t(d));
  // The range holds 0.
  Value low = node.reshape(makeReduce(node, "min", *input, axes), {});
  Value high = node.reshape(makeReduce(node, "max", *input, axes), {});
  low = makeBinary(node, BinaryFunction::Min, low, 0.0f);
  high = makeBinary(node, BinaryFunction::Max, high, 0.0f);
  Value scale =
      makeBinary(node, BinaryFunction::Div,
                 makeBinary(node, BinaryFunction::Sub, high, low), 255.0f);
  // A tensor of zeros has steps of 1.
  scale = makeSelect(node, makeBinary(node, BinaryFunction::Equal, scale, 0.0f),
                     scalarOf(node, 1, b.getF32Type()), scale);
  Value zero =
      makeUnary(node, UnaryFunction::Round,
                makeBinary(node, BinaryFunction::Div,
                           makeUnary(node, UnaryFunction::Neg, low), scale));
  Value steps = makeUnary(node, UnaryFunction::Round,
                          makeBinary(node, BinaryFunction::Div, *input, scale));
  Type stored = b.getIntegerType(8, /*isSigned=*/false);
  // Casts saturate.
  Value shifted = makeBinary(node, BinaryFunction::Add, steps, zero);
  return node.define(
      {node.cast(shifted, stored), scale, node.cast(zero, stored)});
}

llvm::ArrayRef<HandlerEntry> rowlock::integerHandlers() {
  static const HandlerEntry entries[] = {
      {"ConvInteger", 10, importConvInteger, "`nn.conv2d`", "host"},
      {"MatMulInteger", 10, importMatMulInteger, "`nn.conv2d`", "host"},
      {"DynamicQuantizeLinear", 11, importDynamicQuantize,
       "`nn.reduce`, `nn.binary`, `nn.unary`, `nn.cast`", "host"}};
  return entries;
}
