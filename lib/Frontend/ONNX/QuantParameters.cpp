//===- QuantParameters.cpp - Scales and zero points of nodes --------------===//
#include "QuantParameters.h"

#include "Types.h"

#include <cmath>
#include <limits>

using namespace mlir;
using namespace rowlock;

namespace {

struct Storage {
  unsigned bits;
  bool isSigned;
};

} // namespace

static std::optional<Storage> storageOf(DataType type) {
  switch (type) {
  case DataType::Int8:
    return Storage{8, true};
  case DataType::UInt8:
    return Storage{8, false};
  case DataType::Int16:
    return Storage{16, true};
  case DataType::UInt16:
    return Storage{16, false};
  case DataType::Int32:
    return Storage{32, true};
  default:
    return std::nullopt;
  }
}

static FailureOr<std::vector<double>> readScales(Node &node, int position) {
  auto data = node.constant(position, "scale");
  if (failed(data))
    return failure();
  bool half = isHalf((*data)->type);
  if ((*data)->type != DataType::Float32 && !half)
    return node.error() << "the scale is not float";
  std::vector<float> values =
      half ? widened(**data).floats() : (*data)->floats();
  if ((*data)->shape.size() > 1)
    return node.error() << "scales of rank " << (*data)->shape.size()
                        << " (of blocks) are not supported";
  for (float value : values)
    if (!std::isfinite(value) || value < std::numeric_limits<float>::min())
      return node.error() << "a scale is " << value
                          << ", expected a positive normal number";
  return std::vector<double>(values.begin(), values.end());
}

/// One zero point for each scale.
static FailureOr<SmallVector<int64_t>>
readZeroPoints(Node &node, int position, size_t count,
               std::optional<DataType> &stored) {
  if (!node.has(position))
    return SmallVector<int64_t>(count, 0);
  auto data = node.constant(position, "zero point");
  if (failed(data))
    return failure();
  if (!storageOf((*data)->type))
    return node.error() << "the zero point is not an integer of 8, 16 or 32 "
                           "bits";
  if (stored && *stored != (*data)->type)
    return node.error() << "integers and zero point differ in element type";
  stored = (*data)->type;
  std::vector<int64_t> values = (*data)->integers();
  if (values.size() == 1)
    values.resize(count, values.front());
  if (values.size() != count)
    return node.error() << values.size() << " zero points for " << count
                        << " scales";
  return SmallVector<int64_t>(values.begin(), values.end());
}

FailureOr<quant::QuantizedType>
rowlock::readQuantizedType(Node &node, QuantOperands operands,
                           ArrayRef<int64_t> shape, int64_t axis,
                           std::optional<DataType> stored) {
  auto scales = readScales(node, operands.scale);
  if (failed(scales))
    return failure();
  auto zeroPoints =
      readZeroPoints(node, operands.zeroPoint, scales->size(), stored);
  if (failed(zeroPoints))
    return failure();
  auto storage = storageOf(stored.value_or(DataType::UInt8));
  if (!storage)
    return node.error() << "the operand is not an integer of 8, 16 or 32 bits";
  OpBuilder &b = node.builder();
  unsigned flags = storage->isSigned ? quant::QuantizationFlags::Signed : 0;
  Type integer = b.getIntegerType(storage->bits);
  int64_t low = quant::QuantizedType::getDefaultMinimumForInteger(
      storage->isSigned, storage->bits);
  int64_t high = quant::QuantizedType::getDefaultMaximumForInteger(
      storage->isSigned, storage->bits);
  if (scales->size() == 1)
    return quant::QuantizedType(quant::UniformQuantizedType::get(
        flags, integer, b.getF32Type(), scales->front(), zeroPoints->front(),
        low, high));
  auto dimension = node.axis(axis, int64_t(shape.size()));
  if (failed(dimension))
    return failure();
  if (shape[*dimension] != int64_t(scales->size()))
    return node.error() << scales->size() << " scales for a dimension of size "
                        << shape[*dimension];
  return quant::QuantizedType(quant::UniformQuantizedPerAxisType::get(
      flags, integer, b.getF32Type(), *scales, *zeroPoints, int32_t(*dimension),
      low, high));
}

Value rowlock::dequantizedConstant(Node &node, const TensorData &data,
                                   quant::QuantizedType type) {
  OpBuilder &b = node.builder();
  auto stored = RankedTensorType::get(data.shape, type.getStorageType());
  auto real = RankedTensorType::get(data.shape, b.getF32Type());
  Value constant = nn::ConstantOp::create(
      b, node.loc(), RankedTensorType::get(data.shape, type),
      nn::makeIntegers(stored, data.integers()));
  return nn::DequantizeOp::create(b, node.loc(), real, constant);
}

/// Integers that a node computed keep the scale that it gave them.
static bool sameGrid(Type made, Type wanted) {
  auto a = dyn_cast<quant::UniformQuantizedType>(made);
  auto b = dyn_cast<quant::UniformQuantizedType>(wanted);
  return a && b ? a.getScale() == b.getScale() &&
                      a.getZeroPoint() == b.getZeroPoint()
                : made == wanted;
}

FailureOr<Value> rowlock::readDequantized(Node &node, int position,
                                          QuantOperands operands,
                                          int64_t axis) {
  if (auto data = node.known(position)) {
    auto type =
        readQuantizedType(node, operands, data->shape, axis, data->type);
    if (failed(type) ||
        failed(node.type(data->shape, node.builder().getF32Type())))
      return failure();
    return dequantizedConstant(node, *data, *type);
  }
  auto integers = node.bound(position);
  if (failed(integers))
    return failure();
  Type made = elementOf(*integers);
  std::optional<DataType> stored = dataType(plainType(made));
  auto type =
      readQuantizedType(node, operands, shapeOf(*integers), axis, stored);
  auto real = node.type(shapeOf(*integers), node.builder().getF32Type());
  if (failed(type) || failed(real))
    return failure();
  if (!sameGrid(made, *type))
    integers = node.cast(*integers, *type);
  return Value(
      nn::DequantizeOp::create(node.builder(), node.loc(), *real, *integers));
}

LogicalResult rowlock::defineQuantized(Node &node, Value real,
                                       QuantOperands operands, int like) {
  std::optional<DataType> stored;
  if (!node.has(operands.zeroPoint)) {
    auto integers = node.value(like);
    if (failed(integers))
      return failure();
    stored = dataType(elementOf(*integers));
  }
  auto type = readQuantizedType(node, operands, shapeOf(real), 1, stored);
  if (failed(type))
    return failure();
  return node.define(nn::QuantizeOp::create(
      node.builder(), node.loc(), RankedTensorType::get(shapeOf(real), *type),
      real));
}
