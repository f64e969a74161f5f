//===- ReduceONNX.cpp - The smallest model that still does ----------------===//
#include "rowlock/Reduce/ReduceONNX.h"

#include "ONNXModel.h"
#include "ONNXValues.h"

#include "rowlock/Reduce/DeltaDebugging.h"

using namespace rowlock;

namespace {

class ONNXReduction {
public:
  ONNXReduction(Oracle &oracle, const std::string &folder)
      : oracle(oracle), values(folder), folder(folder) {}

  Status start(const std::string &path, mlir::MLIRContext &context,
               const ModelInputs &inputs);
  /// Everything once; true if something went.
  bool round();

private:
  Candidate write(const onnx::ModelProto &model, Array &input);
  /// The model becomes the best if it is sound and interesting; what is the
  /// best already is accepted untested.
  bool accept(onnx::ModelProto model);
  bool losesShape(const onnx::GraphProto &graph) const;
  void learnTypes(const onnx::GraphProto &graph);
  void strip();
  void dropNodes();
  void bypass();
  void dropOutputs();
  void dropAttributes();
  void shrinkSizes();

  Oracle &oracle;
  ONNXValues values;
  std::string folder;
  onnx::ModelProto best;
  std::string bestBytes;
  TensorTypes types; // of the best
  std::set<std::string> foreign;
  bool sound = true; // so must be what is accepted
  int64_t accepted = 0;
};

} // namespace

/// For ONNX's checker.
constexpr ChildLimits kCheckLimits = {60, 0};

/// The items of 0 ... count - 1 that are not kept.
static std::vector<size_t> others(size_t count,
                                  const std::vector<size_t> &kept) {
  std::vector<size_t> rest;
  for (size_t k = 0, next = 0; k < count; ++k) {
    if (next < kept.size() && kept[next] == k)
      ++next;
    else
      rest.push_back(k);
  }
  return rest;
}

/// Types that importer and ONNX's inference know, the more definite ones last.
void ONNXReduction::learnTypes(const onnx::GraphProto &graph) {
  types.clear();
  collectTypes(graph, types);
  for (const onnx::NodeProto &node : graph.node())
    for (const std::string &name : node.output()) {
      auto known = types.find(name);
      std::vector<int64_t> shape;
      if (known != types.end())
        shape = shapeOf(known->second).value_or(shape);
      bool isOpen = std::find(shape.begin(), shape.end(), -1) != shape.end();
      if (known != types.end() && !isOpen)
        continue;
      if (std::optional<onnx::TypeProto> type = values.type(name))
        types[name] = *type;
    }
}

Candidate ONNXReduction::write(const onnx::ModelProto &model, Array &input) {
  Candidate candidate;
  candidate.bytes = model.SerializeAsString();
  int count = model.graph().node_size();
  candidate.size = std::to_string(count) +
                   (count == 1 ? " node, " : " nodes, ") +
                   std::to_string(candidate.bytes.size()) + " bytes";
  if (oracle.usesInput()) {
    input = inputArray(model, values);
    candidate.input = &input;
  }
  return candidate;
}

Status ONNXReduction::start(const std::string &path, mlir::MLIRContext &context,
                            const ModelInputs &inputs) {
  Result<onnx::ModelProto> model = readModel(path);
  if (!model)
    return Status::error(path + ": " + model.message());
  if (oracle.usesInput())
    if (Status computed = values.compute(path, model->graph(), context, inputs,
                                         oracle.limits());
        !computed)
      return computed;
  best = std::move(*model);
  foreign = foreignResults(best);
  Array input;
  Candidate whole = write(best, input);
  if (Status shown = oracle.start(whole); !shown)
    return Status::error(path + ": " + shown.message());
  bestBytes = whole.bytes;
  std::optional<onnx::ModelProto> checked =
      checkModel(best, folder, kCheckLimits);
  sound = checked.has_value();
  learnTypes(sound ? checked->graph() : best.graph());
  return Status::ok();
}

/// Is an output without a shape whose type is known?
bool ONNXReduction::losesShape(const onnx::GraphProto &graph) const {
  for (const onnx::ValueInfoProto &output : graph.output())
    if (!shapeOf(output.type()) && types.count(output.name()) &&
        !foreign.count(output.name()))
      return true;
  return false;
}

bool ONNXReduction::accept(onnx::ModelProto model) {
  if (oracle.stopped())
    return false;
  std::optional<onnx::ModelProto> checked;
  if (sound) {
    checked = checkModel(model, folder, kCheckLimits);
    if (!checked || losesShape(checked->graph()))
      return false;
    *model.mutable_graph()->mutable_output() = checked->graph().output();
  }
  Array input;
  Candidate candidate = write(model, input);
  if (candidate.bytes == bestBytes)
    return true;
  if (!oracle.test(candidate))
    return false;
  best = std::move(model);
  bestBytes = std::move(candidate.bytes);
  learnTypes(checked ? checked->graph() : best.graph());
  ++accepted;
  return true;
}

/// Opsets whose domain no node is of; functions may be of any.
static void dropOpsets(onnx::ModelProto &model) {
  std::set<std::string> domains = {"", "ai.onnx"};
  for (const onnx::NodeProto &node : model.graph().node())
    domains.insert(node.domain());
  for (int k = model.opset_import_size(); k-- > 0 && !model.functions_size();)
    if (!domains.count(model.opset_import(k).domain()))
      model.mutable_opset_import()->DeleteSubrange(k, 1);
}

void ONNXReduction::strip() {
  onnx::ModelProto model = best;
  model.clear_doc_string();
  model.clear_metadata_props();
  model.clear_training_info();
  model.clear_producer_name();
  model.clear_producer_version();
  model.clear_domain();
  model.clear_model_version();
  dropOpsets(model);
  onnx::GraphProto &graph = *model.mutable_graph();
  graph.clear_doc_string();
  graph.clear_value_info();
  graph.clear_quantization_annotation();
  for (onnx::NodeProto &node : *graph.mutable_node())
    node.clear_doc_string();
  for (onnx::TensorProto &tensor : *graph.mutable_initializer())
    tensor.clear_doc_string();
  accept(std::move(model));
}

void ONNXReduction::dropNodes() {
  const onnx::ModelProto whole = best;
  const TensorTypes known = types;
  auto find = [&](const std::string &name) { return values.find(name); };
  auto test = [&](const std::vector<size_t> &kept) {
    for (Missing missing : {Missing::Inputs, Missing::Constants}) {
      std::optional<onnx::ModelProto> model =
          keepNodes(whole, kept, missing, known, find);
      if (model && accept(std::move(*model)))
        return true;
    }
    return false;
  };
  deltaDebug(size_t(whole.graph().node_size()), test);
}

void ONNXReduction::bypass() {
  const onnx::ModelProto whole = best;
  const TensorTypes known = types;
  size_t count = size_t(whole.graph().node_size());
  auto test = [&](const std::vector<size_t> &kept) {
    onnx::ModelProto model = bypassNodes(whole, others(count, kept), known);
    return model.graph().node_size() < best.graph().node_size() &&
           accept(std::move(model));
  };
  deltaDebug(count, test);
}

void ONNXReduction::dropOutputs() {
  const onnx::ModelProto whole = best;
  size_t count = size_t(whole.graph().output_size());
  auto test = [&](const std::vector<size_t> &kept) {
    onnx::ModelProto model = whole;
    model.mutable_graph()->clear_output();
    for (size_t k : kept)
      *model.mutable_graph()->add_output() = whole.graph().output(int(k));
    return !kept.empty() && accept(std::move(model));
  };
  deltaDebug(count, test);
}

void ONNXReduction::dropAttributes() {
  const onnx::ModelProto whole = best;
  std::vector<std::pair<int, int>> attributes = optionalAttributes(whole);
  auto test = [&](const std::vector<size_t> &kept) {
    onnx::ModelProto model = whole;
    std::vector<size_t> rest = others(attributes.size(), kept);
    for (auto k = rest.rbegin(); k != rest.rend(); ++k) {
      auto [node, attribute] = attributes[*k];
      model.mutable_graph()
          ->mutable_node(node)
          ->mutable_attribute()
          ->DeleteSubrange(attribute, 1);
    }
    for (onnx::ValueInfoProto &output :
         *model.mutable_graph()->mutable_output())
      output.mutable_type()->mutable_tensor_type()->clear_shape();
    model.mutable_graph()->clear_value_info();
    return accept(std::move(model));
  };
  deltaDebug(attributes.size(), test);
}

void ONNXReduction::shrinkSizes() {
  for (bool again = true; again;) {
    again = false;
    for (int64_t size : findSizes(best))
      for (int64_t to : {int64_t(1), size / 2, size - 1})
        if (to < size && accept(shrinkSize(best, size, to))) {
          again = true;
          break;
        }
  }
}

bool ONNXReduction::round() {
  int64_t before = accepted;
  dropNodes();
  bypass();
  dropOutputs();
  strip();
  // Sizes need outputs whose shapes are inferred again.
  if (sound) {
    dropAttributes();
    shrinkSizes();
  }
  return accepted > before;
}

Status rowlock::reduceONNX(const std::string &path, mlir::MLIRContext &context,
                           const ModelInputs &inputs, Oracle &oracle) {
  Result<std::string> folder = oracle.workFolder();
  if (!folder)
    return folder.takeStatus();
  ONNXReduction reduction(oracle, *folder);
  if (Status started = reduction.start(path, context, inputs); !started)
    return started;
  while (!oracle.stopped() && reduction.round())
    ;
  return oracle.status();
}
