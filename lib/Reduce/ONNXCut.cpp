//===- ONNXCut.cpp - The model of some nodes ------------------------------===//
#include "ONNXModel.h"
#include "rowlock/Support/Bytes.h"

#include "RandomValues.h"

#include <cstring>

using namespace rowlock;

/// More elements than this do not become a constant.
constexpr int64_t kMaxConstant = 16 << 20;

/// Tensors that a node needs: operands, and what graphs inside it take from
/// outside.
static std::set<std::string> neededBy(const onnx::NodeProto &node) {
  std::set<std::string> needed(node.input().begin(), node.input().end());
  auto addGraph = [&](const onnx::GraphProto &graph) {
    std::set<std::string> inside;
    for (const onnx::ValueInfoProto &input : graph.input())
      inside.insert(input.name());
    for (const onnx::TensorProto &tensor : graph.initializer())
      inside.insert(tensor.name());
    std::set<std::string> wanted;
    for (const onnx::NodeProto &inner : graph.node()) {
      wanted.merge(neededBy(inner));
      inside.insert(inner.output().begin(), inner.output().end());
    }
    for (const onnx::ValueInfoProto &output : graph.output())
      wanted.insert(output.name());
    for (const std::string &name : wanted)
      if (!inside.count(name))
        needed.insert(name);
  };
  for (const onnx::AttributeProto &attribute : node.attribute()) {
    if (attribute.has_g())
      addGraph(attribute.g());
    for (const onnx::GraphProto &graph : attribute.graphs())
      addGraph(graph);
  }
  needed.erase("");
  return needed;
}

namespace {

class Cut {
public:
  Cut(const onnx::ModelProto &model, Missing missing, const TensorTypes &types,
      const TensorValues &values);
  std::optional<onnx::ModelProto> make(std::vector<size_t> kept);

private:
  std::set<std::string> neededByAll(const std::vector<size_t> &nodes) const;
  std::set<std::string> madeBy(const std::vector<size_t> &nodes) const;
  /// Ends of the nodes, and what was an output, in the order of nodes.
  std::vector<std::string> ends(const std::vector<size_t> &nodes) const;
  /// Ends that depend on an input, if any does.
  std::vector<std::string> liveEnds(const std::vector<size_t> &nodes) const;
  /// The nodes that the ends need.
  std::vector<size_t> live(const std::vector<size_t> &nodes,
                           const std::vector<std::string> &ends) const;
  bool addInputs(const std::set<std::string> &needed,
                 const std::set<std::string> &made, onnx::GraphProto &graph);
  bool addConstant(const std::string &name, onnx::GraphProto &graph);
  bool addValue(const std::string &name, onnx::ValueInfoProto *value) const;
  void addOutput(const std::string &name, onnx::GraphProto &graph) const;

  const onnx::ModelProto &model;
  const onnx::GraphProto &whole;
  Missing missing;
  const TensorTypes &types;
  const TensorValues &values;
  std::set<std::string> initialised, used, outputs, foreign;
};

} // namespace

Cut::Cut(const onnx::ModelProto &model, Missing missing,
         const TensorTypes &types, const TensorValues &values)
    : model(model), whole(model.graph()), missing(missing), types(types),
      values(values), foreign(foreignResults(model)) {
  for (const onnx::TensorProto &tensor : whole.initializer())
    initialised.insert(tensor.name());
  for (const onnx::SparseTensorProto &tensor : whole.sparse_initializer())
    initialised.insert(tensor.values().name());
  for (const onnx::NodeProto &node : whole.node())
    used.merge(neededBy(node));
  for (const onnx::ValueInfoProto &output : whole.output())
    outputs.insert(output.name());
}

std::set<std::string> Cut::neededByAll(const std::vector<size_t> &nodes) const {
  std::set<std::string> needed;
  for (size_t k : nodes)
    needed.merge(neededBy(whole.node(int(k))));
  return needed;
}

std::set<std::string> Cut::madeBy(const std::vector<size_t> &nodes) const {
  std::set<std::string> made;
  for (size_t k : nodes)
    made.insert(whole.node(int(k)).output().begin(),
                whole.node(int(k)).output().end());
  made.erase("");
  return made;
}

std::vector<std::string> Cut::ends(const std::vector<size_t> &nodes) const {
  std::set<std::string> needed = neededByAll(nodes);
  std::vector<std::string> found;
  for (size_t k : nodes)
    for (const std::string &name : whole.node(int(k)).output())
      if (outputs.count(name) || (used.count(name) && !needed.count(name)))
        found.push_back(name);
  return found;
}

std::vector<std::string> Cut::liveEnds(const std::vector<size_t> &nodes) const {
  std::set<std::string> made = madeBy(nodes), dependent;
  for (size_t k : nodes) {
    const onnx::NodeProto &node = whole.node(int(k));
    for (const std::string &name : neededBy(node))
      if (dependent.count(name) ||
          (!made.count(name) && !initialised.count(name)))
        dependent.insert(node.output().begin(), node.output().end());
  }
  std::vector<std::string> all = ends(nodes), found;
  for (const std::string &name : all)
    if (dependent.count(name))
      found.push_back(name);
  return found.empty() ? all : found;
}

std::vector<size_t> Cut::live(const std::vector<size_t> &nodes,
                              const std::vector<std::string> &ends) const {
  std::set<std::string> wanted(ends.begin(), ends.end());
  std::vector<size_t> found;
  for (auto k = nodes.rbegin(); k != nodes.rend(); ++k) {
    const onnx::NodeProto &node = whole.node(int(*k));
    bool isWanted = false;
    for (const std::string &name : node.output())
      isWanted |= wanted.count(name) > 0;
    if (!isWanted)
      continue;
    wanted.merge(neededBy(node));
    found.insert(found.begin(), *k);
  }
  return found;
}

bool Cut::addValue(const std::string &name, onnx::ValueInfoProto *value) const {
  auto type = types.find(name);
  if (type == types.end())
    return false;
  value->set_name(name);
  *value->mutable_type() = type->second;
  return true;
}

/// What is not known, or a guess, is stated to be f32 of any shape.
void Cut::addOutput(const std::string &name, onnx::GraphProto &graph) const {
  onnx::ValueInfoProto *output = graph.add_output();
  if ((!foreign.count(name) || outputs.count(name)) && addValue(name, output))
    return;
  output->set_name(name);
  output->mutable_type()->mutable_tensor_type()->set_elem_type(
      onnx::TensorProto::FLOAT);
}

bool Cut::addConstant(const std::string &name, onnx::GraphProto &graph) {
  auto type = types.find(name);
  if (type == types.end() ||
      type->second.tensor_type().elem_type() != onnx::TensorProto::FLOAT)
    return false;
  std::optional<std::vector<int64_t>> shape = shapeOf(type->second);
  int64_t count = 1;
  for (int64_t size : shape.value_or(std::vector<int64_t>{-1})) {
    if (size < 1 || size > kMaxConstant / count)
      return false;
    count *= size;
  }
  std::vector<float> floats = RandomValues().numbers(count);
  const Array *known = values ? values(name) : nullptr;
  if (known && known->bytes.size() >= floats.size() * 4)
    copyBytes(floats.data(), known->bytes.data(), floats.size() * 4);
  onnx::TensorProto *tensor = graph.add_initializer();
  tensor->set_name(name);
  tensor->set_data_type(onnx::TensorProto::FLOAT);
  for (int64_t size : *shape)
    tensor->add_dims(size);
  tensor->set_raw_data(floats.data(), floats.size() * 4);
  return true;
}

bool Cut::addInputs(const std::set<std::string> &needed,
                    const std::set<std::string> &made,
                    onnx::GraphProto &graph) {
  // The model's own inputs first, then in the order of nodes.
  std::vector<std::string> names;
  auto add = [&](const std::string &name) {
    if (needed.count(name) && !made.count(name) && !initialised.count(name) &&
        std::find(names.begin(), names.end(), name) == names.end())
      names.push_back(name);
  };
  for (const onnx::ValueInfoProto &input : whole.input()) {
    if (initialised.count(input.name()) && needed.count(input.name()))
      *graph.add_input() = input;
    add(input.name());
  }
  for (const onnx::NodeProto &node : whole.node())
    for (const std::string &name : node.output())
      add(name);
  bool first = true;
  for (const std::string &name : names) {
    if (missing == Missing::Constants && !first) {
      if (!addConstant(name, graph))
        return false;
    } else if (!addValue(name, graph.add_input())) {
      return false;
    }
    first = false;
  }
  return true;
}

std::optional<onnx::ModelProto> Cut::make(std::vector<size_t> kept) {
  std::vector<std::string> ends = liveEnds(kept);
  kept = live(kept, ends);
  if (kept.empty())
    return std::nullopt;
  std::set<std::string> needed = neededByAll(kept), made = madeBy(kept);
  onnx::ModelProto result;
  // Everything beside the graph's lists, without copying weights.
  for (const auto &opset : model.opset_import())
    *result.add_opset_import() = opset;
  for (const auto &function : model.functions())
    *result.add_functions() = function;
  for (const auto &entry : model.metadata_props())
    *result.add_metadata_props() = entry;
  result.set_ir_version(model.ir_version());
  onnx::GraphProto &graph = *result.mutable_graph();
  graph.set_name(whole.name());
  for (size_t k : kept)
    *graph.add_node() = whole.node(int(k));
  for (const onnx::TensorProto &tensor : whole.initializer())
    if (needed.count(tensor.name()))
      *graph.add_initializer() = tensor;
  for (const onnx::SparseTensorProto &tensor : whole.sparse_initializer())
    if (needed.count(tensor.values().name()))
      *graph.add_sparse_initializer() = tensor;
  for (const onnx::ValueInfoProto &value : whole.value_info())
    if (made.count(value.name()))
      *graph.add_value_info() = value;
  for (const std::string &name : ends)
    addOutput(name, graph);
  if (!addInputs(needed, made, graph))
    return std::nullopt;
  return result;
}

std::optional<onnx::ModelProto>
rowlock::keepNodes(const onnx::ModelProto &model,
                   const std::vector<size_t> &kept, Missing missing,
                   const TensorTypes &types, const TensorValues &values) {
  return Cut(model, missing, types, values).make(kept);
}

/// The operand that can take the place of a node's one result.
static const std::string *findStandIn(const onnx::NodeProto &node,
                                      const std::set<std::string> &outputs,
                                      const TensorTypes &types) {
  if (!node.output_size() || outputs.count(node.output(0)))
    return nullptr;
  auto type = types.find(node.output(0));
  if (type == types.end())
    return nullptr;
  for (const std::string &name : node.input()) {
    auto other = types.find(name);
    if (other != types.end() &&
        other->second.SerializeAsString() == type->second.SerializeAsString())
      return &name;
  }
  return nullptr;
}

onnx::ModelProto rowlock::bypassNodes(const onnx::ModelProto &model,
                                      const std::vector<size_t> &dropped,
                                      const TensorTypes &types) {
  onnx::ModelProto result = model;
  onnx::GraphProto &graph = *result.mutable_graph();
  std::set<std::string> outputs;
  for (const onnx::ValueInfoProto &output : graph.output())
    outputs.insert(output.name());
  std::set<int> gone;
  for (size_t k : dropped) {
    const onnx::NodeProto &node = graph.node(int(k));
    const std::string *standIn = findStandIn(node, outputs, types);
    if (!standIn)
      continue;
    std::string old = node.output(0), other = *standIn;
    gone.insert(int(k));
    for (onnx::NodeProto &user : *graph.mutable_node())
      for (std::string &name : *user.mutable_input())
        if (name == old)
          name = other;
  }
  onnx::GraphProto rest;
  for (int k = 0; k < graph.node_size(); ++k)
    if (!gone.count(k))
      rest.add_node()->Swap(graph.mutable_node(k));
  graph.mutable_node()->Swap(rest.mutable_node());
  return result;
}
