//===- NodeRecorder.cpp - Import that goes on after errors ----------------===//
#include "NodeRecorder.h"

using namespace mlir;
using namespace rowlock;

NodeRecorder::NodeRecorder(GraphState &graph, const onnx::GraphProto &proto,
                           std::vector<NodeRecord> *records)
    : graph(graph), records(records) {
  for (const auto *list : {&proto.value_info(), &proto.output()})
    for (const onnx::ValueInfoProto &value : *list)
      stated.emplace(value.name(), &value);
}

std::optional<RankedTensorType>
NodeRecorder::statedType(const std::string &tensor) {
  auto found = stated.find(tensor);
  if (found == stated.end() || !found->second->type().has_tensor_type())
    return std::nullopt;
  const onnx::TypeProto::Tensor &type = found->second->type().tensor_type();
  if (type.elem_type() != onnx::TensorProto::FLOAT || !type.has_shape())
    return std::nullopt;
  std::vector<int64_t> shape;
  for (const auto &dimension : type.shape().dim()) {
    int64_t size = dimension.dim_value();
    bool batched = shape.empty() && (size < 1 || size == graph.oldBatch);
    shape.push_back(batched ? graph.batch : size);
    if (shape.back() < 1)
      return std::nullopt;
  }
  if (countElements(shape) < 0)
    return std::nullopt;
  return RankedTensorType::get(shape, graph.builder.getF32Type());
}

bool NodeRecorder::placeStandIn(const onnx::NodeProto &proto) {
  OperationState state(Node(graph, proto).loc(), "onnx." + proto.op_type());
  bool complete = true;
  for (const std::string &output : proto.output()) {
    std::optional<RankedTensorType> type = statedType(output);
    complete &= type && !graph.tensors.count(output);
    if (type)
      state.types.push_back(*type);
  }
  if (!complete)
    state.types.clear();
  // Without results it still keeps what it reads.
  for (const std::string &input : proto.input())
    if (auto found = graph.tensors.find(input);
        found != graph.tensors.end() && found->second.value)
      state.operands.push_back(found->second.value);
  graph.builder.getContext()->allowUnregisteredDialects();
  Operation *op = graph.builder.create(state);
  if (complete)
    for (auto [output, result] : llvm::zip(proto.output(), op->getResults()))
      graph.tensors[output] = GraphTensor{result, nullptr};
  return complete;
}

bool NodeRecorder::tryHandler(const onnx::NodeProto &proto, Handler handler,
                              std::string &problem) {
  Block *block = graph.builder.getInsertionBlock();
  Operation *before = block->empty() ? nullptr : &block->back();
  std::vector<std::string> fresh; // results that only this node makes
  for (const std::string &output : proto.output())
    if (!graph.tensors.count(output))
      fresh.push_back(output);
  ScopedDiagnosticHandler quiet(graph.builder.getContext(),
                                [&](Diagnostic &diagnostic) {
                                  if (problem.empty())
                                    problem = diagnostic.str();
                                  return success();
                                });
  Node node(graph, proto);
  if (succeeded(handler(node)))
    return true;
  for (const std::string &output : fresh)
    graph.tensors.erase(output);
  // Known tensors that became values on the way stay: others know of them.
  Operation *op = block->empty() ? nullptr : &block->back();
  while (op != before) {
    Operation *previous = op->getPrevNode();
    if (!isa<nn::ConstantOp>(op) && op->use_empty())
      op->erase();
    op = previous;
  }
  return false;
}

void NodeRecorder::build(const onnx::NodeProto &proto,
                         const Result<const HandlerEntry *> &handler) {
  NodeRecord record = {Node(graph, proto).name(), proto.op_type(),
                       NodeFate::Built, ""};
  for (const std::string &input : proto.input())
    if (shapeless.contains(input)) {
      record.fate = NodeFate::NotJudged;
      record.problem = "the shape of its operand '" + input + "' is not known";
    }
  if (!handler) {
    record.fate = NodeFate::NoHandler;
    record.problem = handler.message();
  } else if (record.fate == NodeFate::Built &&
             !tryHandler(proto, (*handler)->build, record.problem)) {
    record.fate = NodeFate::NotBuilt;
  }
  bool built = record.fate == NodeFate::Built, known = built;
  bool made = built || placeStandIn(proto);
  for (const std::string &output : proto.output()) {
    auto found = graph.tensors.find(output);
    known &= found != graph.tensors.end() && found->second.data;
    if (!made)
      shapeless.insert(output);
  }
  if (known)
    record.fate = NodeFate::Known;
  records->push_back(std::move(record));
}
