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

std::vector<std::pair<int, int>>
rowlock::optionalAttributes(const onnx::ModelProto &model) {
  std::vector<std::pair<int, int>> found;
  for (int k = 0; k < model.graph().node_size(); ++k) {
    const onnx::NodeProto &node = model.graph().node(k);
    std::string domain = node.domain() == "ai.onnx" ? "" : node.domain();
    const onnx::OpSchema *schema = onnx::OpSchemaRegistry::Schema(
        node.op_type(), int(opsetOf(model, domain)), domain);
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

/// In the child. Outputs without a shape, which the checker wants, get theirs
/// from the inference, which comes first; where it finds none, results of
/// operators that ONNX does not know, that is no reason to refuse the model.
static int check(onnx::ModelProto model, const std::string &file) {
  // The library may be older than the model: its operators are checked as
  // those that it knows.
  int64_t version = model.ir_version();
  model.set_ir_version(std::min<int64_t>(version, onnx::Version::IR_VERSION));
  onnx::shape_inference::InferShapes(
      model, onnx::OpSchemaRegistry::Instance(),
      onnx::ShapeInferenceOptions(/*check_type=*/true, /*strict_mode=*/1,
                                  /*data_prop=*/true));
  onnx::ModelProto stated = model;
  for (onnx::ValueInfoProto &output : *stated.mutable_graph()->mutable_output())
    output.mutable_type()->mutable_tensor_type()->mutable_shape();
  onnx::checker::check_model(stated);
  model.set_ir_version(version);
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
