//===- ONNXSizes.cpp - Smaller dimensions ---------------------------------===//
#include "ONNXModel.h"

#include <algorithm>
#include <cstring>

using namespace rowlock;

std::set<int64_t, std::greater<int64_t>>
rowlock::findSizes(const onnx::ModelProto &model) {
  std::set<int64_t, std::greater<int64_t>> sizes;
  auto add = [&](int64_t size) {
    if (size > 1)
      sizes.insert(size);
  };
  for (const onnx::TensorProto &tensor : model.graph().initializer())
    std::for_each(tensor.dims().begin(), tensor.dims().end(), add);
  for (const onnx::ValueInfoProto &input : model.graph().input()) {
    std::vector<int64_t> shape =
        shapeOf(input.type()).value_or(std::vector<int64_t>());
    std::for_each(shape.begin(), shape.end(), add);
  }
  return sizes;
}

/// Integers that may state a shape.
static void shrinkElements(onnx::TensorProto &tensor, int64_t from,
                           int64_t to) {
  if (tensor.data_type() != onnx::TensorProto::INT64 || tensor.dims_size() > 1)
    return;
  std::string &raw = *tensor.mutable_raw_data();
  for (size_t at = 0; at + 8 <= raw.size(); at += 8) {
    int64_t value;
    std::memcpy(&value, raw.data() + at, 8);
    if (value == from)
      std::memcpy(raw.data() + at, &to, 8);
  }
}

static void shrinkTensor(onnx::TensorProto &tensor, int64_t from, int64_t to) {
  std::vector<int64_t> shape(tensor.dims().begin(), tensor.dims().end());
  if (std::find(shape.begin(), shape.end(), from) == shape.end()) {
    shrinkElements(tensor, from, to);
    return;
  }
  int64_t count = 1;
  for (int64_t size : shape)
    count *= size;
  if (tensor.raw_data().size() !=
      size_t(count) * elementSize(tensor.data_type()))
    return; // elements that are not known stay; the checker refuses the model
  std::replace(shape.begin(), shape.end(), from, to);
  takeFirst(tensor, shape);
}

onnx::ModelProto rowlock::shrinkSize(const onnx::ModelProto &model,
                                     int64_t from, int64_t to) {
  onnx::ModelProto result = model;
  onnx::GraphProto &graph = *result.mutable_graph();
  for (onnx::TensorProto &tensor : *graph.mutable_initializer())
    shrinkTensor(tensor, from, to);
  for (onnx::ValueInfoProto &input : *graph.mutable_input())
    for (auto &dim : *input.mutable_type()
                          ->mutable_tensor_type()
                          ->mutable_shape()
                          ->mutable_dim())
      if (dim.has_dim_value() && dim.dim_value() == from)
        dim.set_dim_value(to);
  for (onnx::NodeProto &node : *graph.mutable_node())
    for (onnx::AttributeProto &attribute : *node.mutable_attribute()) {
      // Groups of a depthwise convolution are as many as channels.
      if (attribute.name() == "group" && attribute.i() == from)
        attribute.set_i(to);
      if (node.op_type() == "Constant" && attribute.has_t()) {
        makeRaw(*attribute.mutable_t());
        shrinkTensor(*attribute.mutable_t(), from, to);
      }
    }
  graph.clear_value_info();
  for (onnx::ValueInfoProto &output : *graph.mutable_output())
    output.mutable_type()->mutable_tensor_type()->clear_shape();
  return result;
}
