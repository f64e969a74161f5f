//===- ConstantHandlers.cpp - Constant, ConstantOfShape -------------------===//
#include "Node.h"

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

/// Opset 12 adds attributes for plain numbers and lists of them.
static LogicalResult importConstant12(Node &node) {
  TensorData data;
  auto fill = [&](DataType type, const auto &values) {
    data.type = type;
    auto *first = reinterpret_cast<const char *>(values.data());
    data.bytes.assign(first, first + values.size() * sizeof(values[0]));
    return node.define(std::move(data));
  };
  if (node.attribute("value"))
    return importConstant1(node);
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
  return node.error() << "none of the attributes value, value_float, "
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
  if (count > 1 << 16 && unit.type == DataType::Float32) {
    auto type = node.type(result.shape);
    if (failed(type))
      return failure();
    auto splat = DenseElementsAttr::get(*type, ArrayRef<float>(unit.floats()));
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
      {"Constant", 12, importConstant12, "a constant", "nothing"},
      {"ConstantOfShape", 9, importConstantOfShape, "a constant", "nothing"}};
  return entries;
}
