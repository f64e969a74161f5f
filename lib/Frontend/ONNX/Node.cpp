//===- Node.cpp - One ONNX node while it is imported ----------------------===//
#include "Node.h"

#include "rowlock/Dialect/NN/IR/QuantizedData.h"

#include "mlir/IR/Diagnostics.h"
#include "mlir/IR/Verifier.h"

using namespace mlir;
using namespace rowlock;

/// A location with the file only, or with the node as well, named after the
/// tensor.
Location GraphState::location(StringRef tensor, StringRef node) {
  MLIRContext *context = builder.getContext();
  Location file = FileLineColLoc::get(context, path, 0, 0);
  if (!node.empty())
    file = NameLoc::get(StringAttr::get(context, node), file);
  return NameLoc::get(StringAttr::get(context, tensor), file);
}

static std::string labelOf(const onnx::NodeProto &proto) {
  std::string name = proto.name();
  if (name.empty() && proto.output_size())
    name = proto.output(0);
  return "node '" + name + "' (" + proto.op_type() + ")";
}

Node::Node(GraphState &graph, const onnx::NodeProto &proto)
    : graph(graph), proto(proto), label(labelOf(proto)),
      location(
          graph.location(proto.output_size() ? proto.output(0) : "", label)) {}

InFlightDiagnostic Node::error() { return emitError(location); }

bool Node::has(int position) const {
  return position < proto.input_size() && !proto.input(position).empty();
}

GraphTensor *Node::find(int position) {
  if (!has(position)) {
    error() << "operand " << position << " is missing";
    return nullptr;
  }
  const std::string &name = proto.input(position);
  auto found = graph.tensors.find(name);
  if (found != graph.tensors.end())
    return &found->second;
  if (graph.laterOutputs.count(name))
    error() << "operand '" << name
            << "' is made by a later node; nodes must be "
            << "sorted";
  else
    error() << "operand '" << name << "' is made by no node";
  return nullptr;
}

FailureOr<Value> Node::value(int position) {
  GraphTensor *tensor = find(position);
  if (!tensor)
    return failure();
  if (tensor->value)
    return tensor->value;
  std::vector<float> floats = tensor->data->floats();
  if (tensor->data->type != DataType::Float32)
    return error() << "operand '" << proto.input(position)
                   << "' is a constant that is not float32";
  auto shaped = type(tensor->data->shape);
  if (failed(shaped))
    return failure();
  tensor->value = nn::ConstantOp::create(
      graph.builder, graph.location(proto.input(position), ""), *shaped,
      nn::makeFloats(*shaped, floats));
  return tensor->value;
}

FailureOr<Value> Node::value(int position, int64_t rank) {
  FailureOr<Value> found = value(position);
  if (failed(found))
    return failure();
  if (int64_t(shapeOf(*found).size()) != rank)
    return error() << "operand '" << proto.input(position) << "' has rank "
                   << shapeOf(*found).size() << ", expected " << rank;
  return found;
}

/// The constant of a value that is one in which all elements are equal, or
/// null.
static DenseElementsAttr splatOf(Value value) {
  ElementsAttr constant = value ? nn::getConstant(value) : nullptr;
  auto dense = dyn_cast_or_null<DenseElementsAttr>(constant);
  return dense && dense.isSplat() && dense.getElementType().isF32() ? dense
                                                                    : nullptr;
}

std::shared_ptr<const TensorData> Node::known(int position) {
  if (!has(position))
    return nullptr;
  auto found = graph.tensors.find(proto.input(position));
  if (found == graph.tensors.end())
    return nullptr;
  GraphTensor &tensor = found->second;
  if (DenseElementsAttr splat = tensor.data ? nullptr : splatOf(tensor.value)) {
    TensorData data;
    data.shape = splat.getType().getShape().vec();
    std::vector<float> values = *nn::getFloats(splat);
    auto *first = reinterpret_cast<const char *>(values.data());
    data.bytes.assign(first, first + values.size() * sizeof(float));
    tensor.data = std::make_shared<const TensorData>(std::move(data));
  }
  return tensor.data;
}

DenseElementsAttr Node::splat(int position) {
  auto found = graph.tensors.find(has(position) ? proto.input(position) : "");
  return found == graph.tensors.end() ? nullptr : splatOf(found->second.value);
}

bool Node::isQuantized(int position) {
  GraphTensor *tensor = has(position) ? find(position) : nullptr;
  auto real = tensor && tensor->value
                  ? tensor->value.getDefiningOp<nn::DequantizeOp>()
                  : nullptr;
  return real && nn::getConstant(real.getInput());
}

/// The real values of a quantised constant.
static TensorData dequantized(nn::DequantizeOp op) {
  std::vector<float> values = *nn::dequantizedElements(op.getInput());
  TensorData data;
  data.shape = op.getType().getShape().vec();
  auto *first = reinterpret_cast<const char *>(values.data());
  data.bytes.assign(first, first + values.size() * sizeof(float));
  return data;
}

FailureOr<std::shared_ptr<const TensorData>> Node::constant(int position,
                                                            StringRef role) {
  GraphTensor *tensor = find(position);
  if (!tensor)
    return failure();
  auto data = known(position);
  if (isQuantized(position))
    data = std::make_shared<const TensorData>(
        dequantized(tensor->value.getDefiningOp<nn::DequantizeOp>()));
  if (!data)
    return error() << "the " << role << " '" << proto.input(position)
                   << "' is not known at compile time";
  return data;
}

FailureOr<std::vector<int64_t>> Node::integers(int position, StringRef role) {
  auto data = constant(position, role);
  if (failed(data))
    return failure();
  if ((*data)->type == DataType::Float32 ||
      (*data)->type == DataType::Float64 || (*data)->shape.size() > 1)
    return error() << "the " << role << " must be integers of rank 0 or 1";
  return (*data)->integers();
}

const onnx::AttributeProto *Node::attribute(StringRef name) const {
  for (const onnx::AttributeProto &attribute : proto.attribute())
    if (attribute.name() == name)
      return &attribute;
  return nullptr;
}

FailureOr<int64_t> Node::integer(StringRef name, int64_t otherwise, int64_t low,
                                 int64_t high) {
  const onnx::AttributeProto *found = attribute(name);
  if (found && found->type() != onnx::AttributeProto::INT)
    return error() << "attribute '" << name << "' is not an integer";
  int64_t result = found ? found->i() : otherwise;
  if (result < low || result > high)
    return error() << "attribute '" << name << "' is " << result
                   << ", expected " << low << " to " << high;
  return result;
}

FailureOr<float> Node::number(StringRef name, float otherwise) {
  const onnx::AttributeProto *found = attribute(name);
  if (found && found->type() != onnx::AttributeProto::FLOAT)
    return error() << "attribute '" << name << "' is not a float";
  return found ? found->f() : otherwise;
}

FailureOr<std::string> Node::string(StringRef name, StringRef otherwise) {
  const onnx::AttributeProto *found = attribute(name);
  if (found && found->type() != onnx::AttributeProto::STRING)
    return error() << "attribute '" << name << "' is not a string";
  return found ? found->s() : otherwise.str();
}

FailureOr<SmallVector<int64_t>> Node::integerList(StringRef name,
                                                  ArrayRef<int64_t> otherwise,
                                                  size_t count, int64_t low,
                                                  int64_t high) {
  const onnx::AttributeProto *found = attribute(name);
  if (!found)
    return SmallVector<int64_t>(otherwise);
  if (found->type() != onnx::AttributeProto::INTS)
    return error() << "attribute '" << name << "' is not a list of integers";
  SmallVector<int64_t> result(found->ints().begin(), found->ints().end());
  if (count && result.size() != count)
    return error() << "attribute '" << name << "' has " << result.size()
                   << " entries, expected " << count;
  for (int64_t entry : result)
    if (entry < low || entry > high)
      return error() << "attribute '" << name << "' has " << entry
                     << ", expected " << low << " to " << high;
  return result;
}

FailureOr<int64_t> Node::axis(int64_t axis, int64_t rank) {
  if (axis < -rank || axis >= rank)
    return error() << "axis " << axis << " is outside a tensor of rank "
                   << rank;
  return axis < 0 ? axis + rank : axis;
}

FailureOr<RankedTensorType> Node::type(ArrayRef<int64_t> shape) {
  for (int64_t size : shape)
    if (size < 1)
      return error() << "a size of " << size << " is below 1";
  if (countElements(std::vector<int64_t>(shape.begin(), shape.end())) < 0)
    return error() << "a tensor has more than " << maxElements << " elements";
  return RankedTensorType::get(shape, graph.builder.getF32Type());
}

LogicalResult Node::bind(GraphTensor tensor) {
  for (int k = 1; k < proto.output_size(); ++k)
    if (!proto.output(k).empty() && proto.op_type() != "Dropout" &&
        proto.op_type() != "BatchNormalization")
      return error() << "result " << k << " ('" << proto.output(k)
                     << "') is not supported";
  if (!proto.output_size() || proto.output(0).empty())
    return error() << "has no result";
  if (!graph.tensors.try_emplace(proto.output(0), std::move(tensor)).second)
    return error() << "result '" << proto.output(0) << "' is made twice";
  return success();
}

LogicalResult Node::define(Value value) {
  Operation *op = value.getDefiningOp();
  if (op && failed(verify(op)))
    return failure();
  return bind({value, nullptr});
}

LogicalResult Node::define(TensorData data) {
  return bind({nullptr, std::make_shared<const TensorData>(std::move(data))});
}

LogicalResult Node::alias(int position) {
  GraphTensor *tensor = find(position);
  return tensor ? bind(*tensor) : failure();
}

Value Node::constantOf(ArrayRef<int64_t> shape, ArrayRef<float> values) {
  auto shaped = RankedTensorType::get(shape, graph.builder.getF32Type());
  return nn::ConstantOp::create(graph.builder, location, shaped,
                                nn::makeFloats(shaped, values));
}

Value Node::reshape(Value value, ArrayRef<int64_t> shape) {
  auto shaped = RankedTensorType::get(shape, graph.builder.getF32Type());
  if (value.getType() == shaped)
    return value;
  return nn::ReshapeOp::create(graph.builder, location, shaped, value);
}
