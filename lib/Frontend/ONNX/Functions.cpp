//===- Functions.cpp - Functions that a model defines ---------------------===//
#include "Functions.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringSet.h"

#include <google/protobuf/reflection.h>

#include <map>
#include <set>

using namespace rowlock;

using Attributes = google::protobuf::RepeatedPtrField<onnx::AttributeProto>;

namespace {

// Calls of calls grow exponentially.
constexpr size_t kMostBytes = size_t(1) << 30, kBytesOfNode = 4096;
constexpr size_t kMostDepth = 256;

class Inliner {
public:
  explicit Inliner(onnx::ModelProto &model) : model(model) {}
  Status run();

private:
  using Names = std::map<std::string, std::string>;

  Status collect();
  const onnx::FunctionProto *called(const onnx::NodeProto &node) const;
  Status add(onnx::NodeProto node);
  Status inlineCall(const onnx::NodeProto &call,
                    const onnx::FunctionProto &function);
  /// A node of a function as it is in the graph.
  static onnx::NodeProto nodeOf(onnx::NodeProto node, const Names &names,
                                const onnx::NodeProto &call,
                                const onnx::FunctionProto &function,
                                const std::string &prefix);
  /// What names within a call begin with.
  std::string prefixOf(const onnx::NodeProto &call);

  onnx::ModelProto &model;
  std::map<std::pair<std::string, std::string>, const onnx::FunctionProto *>
      functions; // by domain and name
  google::protobuf::RepeatedPtrField<onnx::NodeProto> nodes;
  std::set<std::string> names; // of the graph's tensors
  llvm::StringSet<> prefixes;
  std::vector<const onnx::FunctionProto *> open; // calls around a node
  size_t bytes = 0;                              // of calls and nodes, about
};

} // namespace

static std::string domainOf(const std::string &domain) {
  return domain == "ai.onnx" ? "" : domain;
}

template <typename Proto> static int64_t opsetOf(const Proto &proto) {
  for (const onnx::OperatorSetIdProto &opset : proto.opset_import())
    if (domainOf(opset.domain()).empty())
      return opset.version();
  return 0;
}

/// Attributes with the values that they have where a call gives none. Versions
/// of onnx.proto before IR 9 do not know the field, and keep what it holds.
static Attributes defaultsOf(const onnx::FunctionProto &function) {
  constexpr int number = 11;
  Attributes defaults;
  if (auto *known = function.GetDescriptor()->FindFieldByNumber(number))
    for (const onnx::AttributeProto &attribute :
         function.GetReflection()->GetRepeatedFieldRef<onnx::AttributeProto>(
             function, known))
      *defaults.Add() = attribute;
  const google::protobuf::UnknownFieldSet &unknown = function.unknown_fields();
  for (int k = 0; k < unknown.field_count(); ++k) {
    const google::protobuf::UnknownField &field = unknown.field(k);
    if (field.number() == number &&
        field.type() == google::protobuf::UnknownField::TYPE_LENGTH_DELIMITED)
      defaults.Add()->ParseFromString(field.length_delimited());
  }
  return defaults;
}

const onnx::FunctionProto *Inliner::called(const onnx::NodeProto &node) const {
  auto found = functions.find({domainOf(node.domain()), node.op_type()});
  return found == functions.end() ? nullptr : found->second;
}

std::string Inliner::prefixOf(const onnx::NodeProto &call) {
  std::string name = call.name();
  if (name.empty() && call.output_size())
    name = call.output(0);
  std::string prefix = name + "/";
  auto isTaken = [&] {
    auto next = names.lower_bound(prefix);
    return next != names.end() && llvm::StringRef(*next).starts_with(prefix);
  };
  for (int k = 2; isTaken() || !prefixes.insert(prefix).second; ++k)
    prefix = name + "." + std::to_string(k) + "/";
  return prefix;
}

onnx::NodeProto Inliner::nodeOf(onnx::NodeProto node, const Names &names,
                                const onnx::NodeProto &call,
                                const onnx::FunctionProto &function,
                                const std::string &prefix) {
  auto rename = [&](std::string &name) {
    if (name.empty())
      return;
    auto found = names.find(name);
    name = found == names.end() ? prefix + name : found->second;
  };
  for (std::string &input : *node.mutable_input())
    rename(input);
  for (std::string &output : *node.mutable_output())
    rename(output);
  if (!node.name().empty())
    node.set_name(prefix + node.name());
  Attributes attributes;
  const Attributes defaults = defaultsOf(function);
  attributes.Swap(node.mutable_attribute());
  for (const onnx::AttributeProto &attribute : attributes) {
    const onnx::AttributeProto *given = &attribute;
    if (!attribute.ref_attr_name().empty()) {
      given = nullptr;
      for (const auto *list : {&call.attribute(), &defaults})
        for (const onnx::AttributeProto &other : *list)
          if (!given && other.name() == attribute.ref_attr_name())
            given = &other;
    }
    if (given) {
      *node.add_attribute() = *given;
      node.mutable_attribute()->rbegin()->set_name(attribute.name());
    }
  }
  return node;
}

Status Inliner::inlineCall(const onnx::NodeProto &call,
                           const onnx::FunctionProto &function) {
  std::string what = "function '" + function.name() + "'";
  if (llvm::is_contained(open, &function))
    return Status::error(what + " calls itself");
  if (open.size() >= kMostDepth)
    return Status::error(what + " is within " + std::to_string(kMostDepth) +
                         " others");
  if (call.input_size() > function.input_size() ||
      call.output_size() > function.output_size())
    return Status::error(
        what + " has " + std::to_string(function.input_size()) +
        " inputs and " + std::to_string(function.output_size()) +
        " outputs; a call has " + std::to_string(call.input_size()) + " and " +
        std::to_string(call.output_size()));
  int64_t opset = opsetOf(model), its = opsetOf(function);
  if (its && its != opset)
    return Status::error(what + " is of opset " + std::to_string(its) +
                         ", the model of " + std::to_string(opset));
  std::string prefix = prefixOf(call);
  Names names;
  for (int k = 0; k < function.output_size(); ++k)
    if (k < call.output_size() && !call.output(k).empty())
      names[function.output(k)] = call.output(k);
  for (int k = 0; k < function.input_size(); ++k) {
    std::string given = k < call.input_size() ? call.input(k) : "";
    // An input that is an output as well keeps both names.
    auto output = names.find(function.input(k));
    if (output != names.end()) {
      onnx::NodeProto copy;
      copy.set_op_type("Identity");
      copy.add_input(given);
      copy.add_output(output->second);
      if (Status added = add(copy); !added)
        return added;
    }
    names[function.input(k)] = given;
  }
  open.push_back(&function);
  for (const onnx::NodeProto &node : function.node())
    if (Status added = add(nodeOf(node, names, call, function, prefix)); !added)
      return added;
  open.pop_back();
  return Status::ok();
}

Status Inliner::add(onnx::NodeProto node) {
  bytes += kBytesOfNode + node.ByteSizeLong();
  if (bytes > kMostBytes)
    return Status::error("the functions' nodes take more than " +
                         std::to_string(kMostBytes) + " bytes");
  if (const onnx::FunctionProto *function = called(node))
    return inlineCall(node, *function);
  *nodes.Add() = std::move(node);
  return Status::ok();
}

Status Inliner::collect() {
  for (const onnx::FunctionProto &function : model.functions()) {
    std::string what = "function '" + function.name() + "'";
    if (!functions
             .try_emplace({domainOf(function.domain()), function.name()},
                          &function)
             .second)
      return Status::error(what + " is given twice");
  }
  for (const onnx::NodeProto &node : model.graph().node())
    names.insert(node.output().begin(), node.output().end());
  for (const onnx::ValueInfoProto &input : model.graph().input())
    names.insert(input.name());
  for (const onnx::TensorProto &tensor : model.graph().initializer())
    names.insert(tensor.name());
  return Status::ok();
}

Status Inliner::run() {
  if (Status collected = collect(); !collected)
    return collected;
  for (const onnx::NodeProto &node : model.graph().node())
    if (Status added = add(node); !added)
      return added;
  model.mutable_graph()->mutable_node()->Swap(&nodes);
  return Status::ok();
}

Status rowlock::inlineFunctions(onnx::ModelProto &model) {
  return model.functions_size() ? Inliner(model).run() : Status::ok();
}
