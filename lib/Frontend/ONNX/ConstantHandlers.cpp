//===- ConstantHandlers.cpp - Constant, ConstantOfShape -------------------===//
#include "Node.h"
#include "Types.h"

using namespace mlir;
using namespace rowlock;

static LogicalResult importConstant1(Node &node) {
  const onnx::AttributeProto *value = node.attribute("value");
  if (!value || !value->has_t())
    return node.error() << "attribute 'value' is no tensor";
  Result<TensorData> data = node.state().decode(value->t());
  if (!data)
    return node.error() << "attribute 'value': " << data.message();
  return node.define(std::move(*data));
}

/// Zeros, and the values at flat indices or at coordinates.
static Result<TensorData> decodeSparse(const GraphState &graph,
                                       const onnx::SparseTensorProto &proto) {
  Result<TensorData> values = graph.decode(proto.values());
  if (!values)
    return values;
  Result<TensorData> indices = graph.decode(proto.indices());
  if (!indices)
    return indices;
  TensorData data;
  data.type = values->type;
  data.shape.assign(proto.dims().begin(), proto.dims().end());
  size_t rank = data.shape.size(), unit = size_t(byteSize(data.type));
  std::vector<int64_t> at = indices->integers();
  size_t count = size_t(values->elements());
  size_t depth = indices->shape.size() == 2 ? rank : 1;
  if (countElements(data.shape) < 0 || indices->type != DataType::Int64 ||
      at.size() != count * depth)
    return Status::error("a shape or indices that are not possible");
  data.bytes.assign(size_t(data.elements()) * unit, 0);
  for (size_t k = 0; k < count; ++k) {
    int64_t place = 0;
    for (size_t d = 0; d < depth; ++d) {
      int64_t index = at[k * depth + d];
      int64_t size = depth == 1 ? data.elements() : data.shape[d];
      if (index < 0 || index >= size)
        return Status::error("index " + std::to_string(index) +
                             " is outside of " + std::to_string(size));
      place = place * size + index;
    }
    std::copy_n(values->bytes.begin() + long(k * unit), unit,
                data.bytes.begin() + long(size_t(place) * unit));
  }
  return data;
}

static LogicalResult importConstant11(Node &node) {
  const onnx::AttributeProto *value = node.attribute("sparse_value");
  if (!value)
    return importConstant1(node);
  Result<TensorData> data = decodeSparse(node.state(), value->sparse_tensor());
  if (!data)
    return node.error() << "attribute 'sparse_value': " << data.message();
  return node.define(std::move(*data));
}

/// Opset 12 adds attributes for plain numbers and lists of them.
static LogicalResult importConstant12(Node &node) {
  TensorData data;
  auto fill = [&](DataType type, const auto &values) {
    data.type = type;
    auto *first = reinterpret_cast<const char *>(values.data());
    data.bytes.assign(first, first + values.size() * sizeof(values[0]));
    return node.define(std::move(data));
  };
  if (node.attribute("value") || node.attribute("sparse_value"))
    return importConstant11(node);
  if (auto *number = node.attribute("value_float"))
    return fill(DataType::Float32, std::vector<float>{number->f()});
  if (auto *number = node.attribute("value_int"))
    return fill(DataType::Int64, std::vector<int64_t>{number->i()});
  if (auto *list = node.attribute("value_floats")) {
    data.shape = {list->floats_size()};
    return fill(DataType::Float32, std::vector<float>(list->floats().begin(),
                                                      list->floats().end()));
  }
  if (auto *list = node.attribute("value_ints")) {
    data.shape = {list->ints_size()};
    return fill(DataType::Int64,
                std::vector<int64_t>(list->ints().begin(), list->ints().end()));
  }
  return node.error()
         << "none of the attributes value, sparse_value, value_float, "
            "value_floats, value_int, value_ints is there";
}

static LogicalResult importConstantOfShape(Node &node) {
  auto shape = node.integers(0, "shape");
  if (failed(shape))
    return failure();
  TensorData unit;
  unit.bytes.assign(sizeof(float), 0);
  if (const onnx::AttributeProto *value = node.attribute("value")) {
    if (!value->has_t())
      return node.error() << "attribute 'value' is no tensor";
    Result<TensorData> data = node.state().decode(value->t());
    if (!data)
      return node.error() << "attribute 'value': " << data.message();
    if (data->elements() != 1)
      return node.error() << "attribute 'value' has " << data->elements()
                          << " elements, expected 1";
    unit = std::move(*data);
  }
  int64_t count = countElements(*shape);
  if (count < 0)
    return node.error() << "a shape with a negative size or more than "
                        << maxElements << " elements";
  TensorData result;
  result.shape = *shape;
  result.type = unit.type;
  if (node.state().randomWeights && unit.type == DataType::Float32) {
    std::vector<float> values = node.randomWeights(result.shape);
    auto *first = reinterpret_cast<const char *>(values.data());
    result.bytes.assign(first, first + values.size() * sizeof(float));
    return node.define(std::move(result));
  }
  // Large ones are weights: one element that stands for all is enough.
  if (count > 1 << 16) {
    MLIRContext *context = node.builder().getContext();
    auto type = node.type(result.shape, elementType(context, unit.type));
    if (failed(type))
      return failure();
    unit.shape = {1};
    auto one = cast<DenseElementsAttr>(makeElements(context, unit));
    auto splat = DenseElementsAttr::get(*type, one.getSplatValue<Attribute>());
    return node.define(
        nn::ConstantOp::create(node.builder(), node.loc(), *type, splat));
  }
  result.bytes.resize(size_t(count) * unit.bytes.size());
  for (size_t k = 0; k < result.bytes.size(); ++k)
    result.bytes[k] = unit.bytes[k % unit.bytes.size()];
  return node.define(std::move(result));
}

llvm::ArrayRef<HandlerEntry> rowlock::constantHandlers() {
  static const HandlerEntry entries[] = {
      {"Constant", 1, importConstant1, "a constant", "nothing"},
      {"Constant", 11, importConstant11, "a constant", "nothing"},
      {"Constant", 12, importConstant12, "a constant", "nothing"},
      {"ConstantOfShape", 9, importConstantOfShape, "a constant", "nothing"}};
  return entries;
}
