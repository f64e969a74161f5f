//===- ConvHandlers.cpp - Conv, FusedConv ---------------------------------===//
#include "Convolutions.h"
#include "Layers.h"

#include <cmath>

using namespace mlir;
using namespace rowlock;

FailureOr<Value> rowlock::makeConv(Node &node, Value input, Value filter,
                                   Value bias) {
  auto sizes = spatialSizes(node, input);
  if (failed(sizes))
    return failure();
  ArrayRef<int64_t> in = shapeOf(input), shape = shapeOf(filter);
  if (shape.size() != in.size())
    return node.error() << "input has rank " << in.size() << " and filter rank "
                        << shape.size();
  ArrayRef<int64_t> kernel = shape.drop_front(2);
  auto groups = node.integer("group", 1, 1, 1 << 20);
  auto stated =
      node.integerList("kernel_shape", kernel, kernel.size(), 1, 1 << 16);
  auto window = readWindow(node, *sizes, kernel);
  if (failed(groups) || failed(stated) || failed(window))
    return failure();
  if (ArrayRef<int64_t>(*stated) != kernel)
    return node.error() << "kernel_shape [" << *stated
                        << "] is not the filter's [" << kernel << "]";
  if (in[1] % *groups || shape[0] % *groups || shape[1] != in[1] / *groups)
    return node.error() << *groups << " groups do not fit an operand of shape ["
                        << in << "] and a filter of shape [" << shape << "]";
  return makeConvolution(node, input, filter, bias, *window, *groups);
}

static FailureOr<Value> readConv(Node &node) {
  auto input = node.real(0), filter = node.real(1);
  if (failed(input) || failed(filter))
    return failure();
  FailureOr<Value> bias = node.has(2) ? node.real(2, 1) : Value();
  if (failed(bias))
    return failure();
  return makeConv(node, *input, *filter, *bias);
}

static LogicalResult importConv(Node &node) {
  auto conv = readConv(node);
  return failed(conv) ? failure() : node.define(*conv);
}

/// The parameters of a FusedConv's activation, which has `count` of them.
static FailureOr<SmallVector<float>> activationParameters(Node &node,
                                                          size_t count) {
  const onnx::AttributeProto *found = node.attribute("activation_params");
  SmallVector<float> values;
  if (found)
    values.assign(found->floats().begin(), found->floats().end());
  if (values.size() != count)
    return node.error() << "attribute 'activation_params' has " << values.size()
                        << " entries, expected " << count;
  return values;
}

static FailureOr<Value> activate(Node &node, Value value, StringRef name) {
  static const struct {
    StringRef name, function;
    size_t parameters;
  } activations[] = {{"", "", 0},
                     {"Relu", "", 0},
                     {"Clip", "", 2},
                     {"Tanh", "tanh", 0},
                     {"Sigmoid", "sigmoid", 0},
                     {"LeakyRelu", "leaky_relu", 1},
                     {"HardSigmoid", "hard_sigmoid", 2}};
  const auto *found = llvm::find_if(
      activations, [&](const auto &entry) { return entry.name == name; });
  if (found == std::end(activations))
    return node.error() << "activation '" << name << "' is not supported";
  auto parameters = activationParameters(node, found->parameters);
  if (failed(parameters) || name.empty())
    return failed(parameters) ? FailureOr<Value>() : FailureOr<Value>(value);
  OpBuilder &b = node.builder();
  if (found->function.empty()) {
    bool relu = parameters->empty();
    return Value(nn::ClipOp::create(
        b, node.loc(), value.getType(), value,
        nn::ClipAttr::get(b.getContext(), relu ? 0 : (*parameters)[0],
                          relu ? INFINITY : (*parameters)[1])));
  }
  auto parameter = [&](size_t k) {
    return k < parameters->size() ? b.getF32FloatAttr((*parameters)[k])
                                  : FloatAttr();
  };
  return Value(nn::UnaryOp::create(b, node.loc(), value.getType(), value,
                                   b.getStringAttr(found->function),
                                   parameter(0), parameter(1)));
}

/// Conv, perhaps plus a tensor, and an activation.
static LogicalResult importFusedConv(Node &node) {
  auto conv = readConv(node);
  auto activation = node.string("activation", "");
  if (failed(conv) || failed(activation))
    return failure();
  if (node.has(3)) {
    auto more = node.real(3);
    if (failed(more))
      return failure();
    conv = makeSum(node, *conv, *more);
    if (failed(conv))
      return failure();
  }
  auto result = activate(node, *conv, *activation);
  return failed(result) ? failure() : node.define(*result);
}

llvm::ArrayRef<HandlerEntry> rowlock::convHandlers() {
  static const HandlerEntry entries[] = {
      {"Conv", 1, importConv, "`nn.conv2d`", "array"},
      {"FusedConv", 1, importFusedConv,
       "`nn.conv2d`, `nn.add`, `nn.clip` or `nn.unary`", "array",
       "com.microsoft"}};
  return entries;
}
