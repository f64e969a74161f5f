//===- RandomWeights.cpp - Weights for models that come without -----------===//
//
// Every tensor has a generator of its own, seeded by --random-weights and the
// tensor's name, so values depend neither on the order of nodes nor on threads.
// Filters are uniform with variance 2 / fan-in, which keeps the variance of
// activations through ReLU (He et al., ICCV 2015); factors and variances are
// uniform in [0.5, 1.5], biases and means in [-0.1, 0.1].
//
//===----------------------------------------------------------------------===//
#include "Node.h"

#include <cmath>

using namespace mlir;
using namespace rowlock;

llvm::StringSet<> rowlock::findPositiveWeights(const onnx::GraphProto &graph) {
  llvm::StringSet<> positive;
  for (int k = graph.node_size(); k-- > 0;) {
    const onnx::NodeProto &node = graph.node(k);
    StringRef op = node.op_type();
    auto mark = [&](int operand) {
      if (operand < node.input_size())
        positive.insert(node.input(operand));
    };
    bool passes = op == "Unsqueeze" || op == "Reshape" || op == "Identity";
    if (op == "BatchNormalization") {
      mark(1);
      mark(4);
    } else if (op == "Mul") {
      mark(0);
      mark(1);
    } else if (passes && node.output_size() &&
               positive.contains(node.output(0))) {
      mark(0);
    }
  }
  return positive;
}

/// splitmix64 (Steele, Lea, Flood, OOPSLA 2014).
static uint64_t next(uint64_t &state) {
  uint64_t z = state += 0x9e3779b97f4a7c15u;
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
  return z ^ (z >> 31);
}

std::vector<float> Node::randomWeights(ArrayRef<int64_t> shape) {
  StringRef name = proto.output_size() ? StringRef(proto.output(0)) : "";
  uint64_t state = *graph.randomWeights;
  for (char c : name)
    state = (state ^ uint8_t(c)) * 0x100000001b3u;
  int64_t count = 1;
  for (int64_t size : shape)
    count *= size;
  float low = -0.1f, high = 0.1f;
  if (graph.positiveWeights.contains(name)) {
    low = 0.5f;
    high = 1.5f;
  } else if (shape.size() > 1) {
    high =
        std::sqrt(6.0f * float(shape[0]) / float(std::max<int64_t>(1, count)));
    low = -high;
  }
  std::vector<float> values(count);
  for (float &value : values) {
    float unit = float(next(state) >> 40) / float(1 << 24);
    value = low + (high - low) * unit;
  }
  return values;
}
