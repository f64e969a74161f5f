//===- Node.cpp - One ONNX node while it is imported ----------------------===//
#include "Node.h"

#include "Types.h"

#include "rowlock/Dialect/NN/IR/Names.h"
#include "rowlock/Dialect/NN/IR/QuantizedData.h"
#include "rowlock/Dialect/NN/Kernels/FoldConstants.h"

#include "mlir/IR/Diagnostics.h"
#include "mlir/IR/Verifier.h"

#include "llvm/ADT/SetVector.h"

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

Result<TensorData> GraphState::decode(const onnx::TensorProto &proto) const {
  Result<TensorData> data = decodeTensor(proto, folder);
  if (data && halfAsFloat && isHalf(data->type))
    return widened(*data);
  return data;
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
          graph.location(proto.output_size() ? proto.output(0) : "", label)) {
  Block *block = graph.builder.getInsertionBlock();
  before = block->empty() ? nullptr : &block->back();
}

InFlightDiagnostic Node::error() {
  InFlightDiagnostic diagnostic = emitError(location);
  if (reported)
    diagnostic.abandon();
  reported = true;
  return diagnostic;
}

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
  if (llvm::is_contained(proto.output(), name))
    error() << "operand '" << name << "' is its own result";
  else if (graph.laterOutputs.count(name))
    error() << "operand '" << name
            << "' is made by a later node; nodes must be "
            << "sorted";
  else
    error() << "operand '" << name << "' is made by no node";
  return nullptr;
}

FailureOr<Value> Node::value(int position) {
  FailureOr<Value> found = bound(position);
  return failed(found) ? found : cast(*found, plainType(elementOf(*found)));
}

FailureOr<Value> Node::movable(int position) {
  FailureOr<Value> found = bound(position);
  bool hasChannels =
      succeeded(found) &&
      llvm::isa<quant::UniformQuantizedPerAxisType>(elementOf(*found));
  return hasChannels ? value(position) : found;
}

FailureOr<Value> Node::bound(int position) {
  GraphTensor *tensor = find(position);
  if (!tensor)
    return failure();
  if (tensor->value)
    return tensor->value;
  const TensorData &data = *tensor->data;
  auto shaped =
      type(data.shape, elementType(graph.builder.getContext(), data.type));
  if (failed(shaped))
    return failure();
  tensor->value = nn::ConstantOp::create(
      graph.builder, graph.location(proto.input(position), ""), *shaped,
      makeElements(graph.builder.getContext(), data));
  return tensor->value;
}

FailureOr<Value> Node::real(int position) {
  FailureOr<Value> found = value(position);
  if (failed(found))
    return failure();
  Type element = elementOf(*found);
  if (element.isF32())
    return found;
  if (!llvm::isa<FloatType>(element))
    return error() << "operand '" << proto.input(position)
                   << "' has elements of type " << element
                   << ", expected floats";
  if (!narrow)
    narrow = element;
  return cast(*found, graph.builder.getF32Type());
}

FailureOr<Value> Node::real(int position, int64_t rank) {
  FailureOr<Value> found = real(position);
  if (failed(found))
    return failure();
  if (int64_t(shapeOf(*found).size()) != rank)
    return error() << "operand '" << proto.input(position) << "' has rank "
                   << shapeOf(*found).size() << ", expected " << rank;
  return found;
}

FailureOr<SmallVector<int64_t>> Node::shape(int position) {
  GraphTensor *tensor = find(position);
  if (!tensor)
    return failure();
  if (tensor->value)
    return SmallVector<int64_t>(shapeOf(tensor->value));
  return SmallVector<int64_t>(tensor->data->shape.begin(),
                              tensor->data->shape.end());
}

std::optional<ArrayRef<int64_t>> Node::declaredShape(int result) const {
  if (!wants(result))
    return std::nullopt;
  auto found = graph.declaredShapes.find(proto.output(result));
  if (found == graph.declaredShapes.end())
    return std::nullopt;
  return ArrayRef<int64_t>(found->second);
}

std::shared_ptr<const TensorData> Node::known(int position) {
  if (!has(position))
    return nullptr;
  auto found = graph.tensors.find(proto.input(position));
  if (found == graph.tensors.end())
    return nullptr;
  GraphTensor &tensor = found->second;
  auto made = tensor.value ? tensor.value.getDefiningOp<nn::ConstantOp>()
                           : nn::ConstantOp();
  // One element may stand for more than memory holds.
  constexpr int64_t most = 1 << 28;
  if (!tensor.data && made && made.getType().getNumElements() <= most &&
      dataType(made.getType().getElementType()))
    if (std::optional<TensorData> data = makeTensorData(made.getValue()))
      tensor.data = std::make_shared<const TensorData>(std::move(*data));
  return tensor.data;
}

void Node::noteUnknownInputs(Value value) {
  llvm::SetVector<Value> behind;
  behind.insert(value);
  for (size_t k = 0; k < behind.size(); ++k) {
    if (Operation *op = behind[k].getDefiningOp())
      behind.insert(op->operand_begin(), op->operand_end());
    else if (graph.unknownInputs)
      graph.unknownInputs->push_back(nn::nameOf(behind[k].getLoc()));
  }
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
    noteUnknownInputs(graph.tensors.find(proto.input(position))->second.value);
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

FailureOr<RankedTensorType> Node::type(ArrayRef<int64_t> shape, Type element) {
  if (countElements(std::vector<int64_t>(shape.begin(), shape.end())) < 0)
    return error() << "a shape with a negative size or more than "
                   << maxElements << " elements";
  return RankedTensorType::get(shape, element);
}

bool Node::wants(int result) const {
  return result < proto.output_size() && !proto.output(result).empty();
}

LogicalResult Node::bind(int result, GraphTensor tensor) {
  if (!graph.tensors.try_emplace(proto.output(result), std::move(tensor))
           .second)
    return error() << "result '" << proto.output(result) << "' is made twice";
  return success();
}

/// Does a layer multiply by a known NaN?
static bool hasNaNWeight(Operation &op) {
  return isa<nn::Conv2DOp, nn::FullyConnectedOp, nn::MatMulOp, nn::BatchNormOp>(
             op) &&
         llvm::any_of(op.getOperands(), [](Value operand) {
           return nn::holdsNaN(nn::getConstant(operand));
         });
}

LogicalResult Node::finish(MutableArrayRef<Value> values) {
  Block *block = graph.builder.getInsertionBlock();
  Block::iterator first =
      before ? std::next(before->getIterator()) : block->begin();
  for (Operation &op :
       llvm::make_early_inc_range(llvm::make_range(first, block->end()))) {
    if (failed(verify(&op)))
      return failure();
    ElementsAttr folded = nn::foldOperation(&op);
    if (!folded && hasNaNWeight(op))
      return error() << "a weight is NaN";
    if (!folded)
      continue;
    graph.builder.setInsertionPoint(&op);
    Value constant = nn::ConstantOp::create(graph.builder, op.getLoc(),
                                            op.getResult(0).getType(), folded);
    graph.builder.setInsertionPointToEnd(block);
    std::replace(values.begin(), values.end(), Value(op.getResult(0)),
                 constant);
    op.getResult(0).replaceAllUsesWith(constant);
    op.erase();
  }
  // Results have the names of their tensors; what lies before them has that of
  // the first tensor and the operation's.
  auto nameOf = [&](Operation &op) -> std::string {
    for (auto [k, value] : llvm::enumerate(values))
      if (value && value.getDefiningOp() == &op && wants(int(k)))
        return proto.output(int(k));
    std::string first = proto.output_size() ? proto.output(0) : "";
    return first + "." + op.getName().stripDialect().str();
  };
  first = before ? std::next(before->getIterator()) : block->begin();
  for (Operation &op : llvm::make_range(first, block->end()))
    if (op.getLoc() == location)
      op.setLoc(graph.location(nameOf(op), label));
  return success();
}

LogicalResult Node::define(ArrayRef<Value> values) {
  SmallVector<Value> results(values);
  for (Value &value : results)
    if (value && narrow && elementOf(value).isF32())
      value = cast(value, narrow);
  if (failed(finish(results)))
    return failure();
  if (!wants(0) && results.size() < 2)
    return error() << "has no result";
  for (int k = 0; k < proto.output_size(); ++k) {
    if (!wants(k))
      continue;
    if (k >= int(results.size()) || !results[k])
      return error() << "result " << k << " ('" << proto.output(k)
                     << "') is not supported";
    if (failed(bind(k, {results[k], nullptr})))
      return failure();
  }
  return success();
}

LogicalResult Node::define(TensorData data) {
  if (!wants(0))
    return error() << "has no result";
  return bind(0,
              {nullptr, std::make_shared<const TensorData>(std::move(data))});
}

LogicalResult Node::alias(int position) {
  GraphTensor *tensor = find(position);
  if (tensor && !wants(0))
    return error() << "has no result";
  return tensor ? bind(0, GraphTensor(*tensor)) : failure();
}

Value Node::constantOf(ArrayRef<int64_t> shape, ArrayRef<float> values) {
  auto shaped = RankedTensorType::get(shape, graph.builder.getF32Type());
  return nn::ConstantOp::create(graph.builder, location, shaped,
                                nn::makeFloats(shaped, values));
}

Value Node::constantOf(ArrayRef<int64_t> shape, ArrayRef<int64_t> values) {
  auto shaped = RankedTensorType::get(shape, graph.builder.getI64Type());
  return nn::ConstantOp::create(graph.builder, location, shaped,
                                nn::makeIntegers(shaped, values));
}

Value Node::cast(Value value, Type element, bool saturate) {
  auto shaped = RankedTensorType::get(shapeOf(value), element);
  if (value.getType() == shaped)
    return value;
  if (Type plain = plainType(elementOf(value)); plain != element)
    value = cast(value, plain);
  bool narrow =
      llvm::isa<FloatType>(element) && element.getIntOrFloatBitWidth() == 8;
  return nn::CastOp::create(graph.builder, location, shaped, value,
                            saturate && narrow);
}

Value Node::reshape(Value value, ArrayRef<int64_t> shape) {
  auto shaped = llvm::cast<RankedTensorType>(value.getType()).clone(shape);
  if (value.getType() == shaped)
    return value;
  return nn::ReshapeOp::create(graph.builder, location, shaped, value);
}
