//===- ONNXCheck.cpp - Is a model sound? ----------------------------------===//
//
// libonnx throws, which ends the child: that is the answer, too.
//
//===----------------------------------------------------------------------===//
#include "ONNXModel.h"

#include <onnx/checker.h>
#include <onnx/defs/schema.h>
#include <onnx/shape_inference/implementation.h>

#include <algorithm>
#include <fstream>

using namespace rowlock;

static int64_t opsetOf(const onnx::ModelProto &model,
                       const std::string &domain) {
  for (const auto &opset : model.opset_import())
    if (opset.domain() == domain)
      return opset.version();
  return 1;
}

/// Null for operators that ONNX does not know.
static const onnx::OpSchema *findSchema(const onnx::ModelProto &model,
                                        const onnx::NodeProto &node) {
  std::string domain = node.domain() == "ai.onnx" ? "" : node.domain();
  return onnx::OpSchemaRegistry::Schema(node.op_type(),
                                        int(opsetOf(model, domain)), domain);
}

std::set<std::string> rowlock::foreignResults(const onnx::ModelProto &model) {
  std::set<std::string> names;
  for (const onnx::NodeProto &node : model.graph().node())
    if (!findSchema(model, node))
      names.insert(node.output().begin(), node.output().end());
  return names;
}

std::vector<std::pair<int, int>>
rowlock::optionalAttributes(const onnx::ModelProto &model) {
  std::vector<std::pair<int, int>> found;
  for (int k = 0; k < model.graph().node_size(); ++k) {
    const onnx::NodeProto &node = model.graph().node(k);
    const onnx::OpSchema *schema = findSchema(model, node);
    for (int a = 0; a < node.attribute_size(); ++a) {
      if (schema) {
        auto known = schema->attributes().find(node.attribute(a).name());
        if (known != schema->attributes().end() && known->second.required)
          continue;
      }
      found.push_back({k, a});
    }
  }
  return found;
}

/// Gives the first result of operators that ONNX does not know the type of
/// their first operand: most are of the kind of QLinearAdd, and what comes
/// behind has types then. True if there was one to give.
static bool guessTypes(onnx::ModelProto &model) {
  TensorTypes types;
  collectTypes(model.graph(), types);
  std::set<std::string> outputs;
  for (const onnx::ValueInfoProto &output : model.graph().output())
    outputs.insert(output.name());
  bool guessed = false;
  for (const onnx::NodeProto &node : model.graph().node()) {
    if (!node.input_size() || !node.output_size() || findSchema(model, node))
      continue;
    auto type = types.find(node.input(0));
    if (type == types.end() || types.count(node.output(0)) ||
        outputs.count(node.output(0)))
      continue;
    onnx::ValueInfoProto *info = model.mutable_graph()->add_value_info();
    info->set_name(node.output(0));
    *info->mutable_type() = type->second;
    guessed = true;
  }
  return guessed;
}

static void inferTypes(onnx::ModelProto &model) {
  do
    onnx::shape_inference::InferShapes(
        model, onnx::OpSchemaRegistry::Instance(),
        onnx::ShapeInferenceOptions(/*check_type=*/true, /*strict_mode=*/1,
                                    /*data_prop=*/true));
  while (guessTypes(model));
}

/// In the child. Outputs without a shape, which the checker wants, get theirs
/// from the inference, which comes first; where it finds none, results of
/// operators that ONNX does not know, that is no reason to refuse the model.
static int check(onnx::ModelProto model, const std::string &file) {
  // The library may be older than the model: its operators are checked as
  // those that it knows.
  int64_t version = model.ir_version();
  model.set_ir_version(std::min<int64_t>(version, onnx::Version::IR_VERSION));
  inferTypes(model);
  onnx::ModelProto stated = model;
  for (onnx::ValueInfoProto &output : *stated.mutable_graph()->mutable_output())
    output.mutable_type()->mutable_tensor_type()->mutable_shape();
  onnx::checker::check_model(stated);
  model.set_ir_version(version);
  // The parent has the weights.
  model.mutable_graph()->clear_initializer();
  std::ofstream out(file, std::ios::binary);
  return model.SerializeToOstream(&out) && out.flush() ? 0 : 1;
}

std::optional<onnx::ModelProto>
rowlock::checkModel(const onnx::ModelProto &model, const std::string &folder,
                    const ChildLimits &limits) {
  // Tables that all children share.
  onnx::OpSchemaRegistry::Schema("Relu");
  std::string file = folder + "/checked.onnx";
  Result<ChildResult> ran =
      runChild([&] { return check(model, file); }, limits);
  if (!ran || ran->signal || ran->timedOut || ran->exitCode)
    return std::nullopt;
  std::ifstream in(file, std::ios::binary);
  onnx::ModelProto checked;
  if (!checked.ParseFromIstream(&in))
    return std::nullopt;
  return checked;
}
