//===- UnaryHandlers.cpp - Functions of one operand -----------------------===//
#include "Elements.h"

using namespace mlir;
using namespace rowlock;

template <UnaryFunction F> static LogicalResult importUnary(Node &node) {
  auto input = node.value(0);
  if (failed(input))
    return failure();
  return node.define(makeUnary(node, F, *input));
}

static LogicalResult define(Node &node, UnaryFunction function,
                            FailureOr<float> alpha,
                            std::optional<FailureOr<float>> beta = {}) {
  auto input = node.value(0);
  if (failed(input) || failed(alpha) || (beta && failed(*beta)))
    return failure();
  return node.define(
      makeUnary(node, function, *input, *alpha,
                beta ? std::optional<float>(**beta) : std::nullopt));
}

static LogicalResult importElu(Node &node) {
  return define(node, UnaryFunction::Elu, node.number("alpha", 1.0f));
}

static LogicalResult importCelu(Node &node) {
  auto alpha = node.number("alpha", 1.0f);
  if (succeeded(alpha) && *alpha == 0)
    return node.error() << "attribute 'alpha' is 0";
  return define(node, UnaryFunction::Celu, alpha);
}

static LogicalResult importLeakyRelu(Node &node) {
  return define(node, UnaryFunction::LeakyRelu, node.number("alpha", 0.01f));
}

static LogicalResult importSwish(Node &node) {
  return define(node, UnaryFunction::Swish, node.number("alpha", 1.0f));
}

static LogicalResult importSelu1(Node &node) {
  return define(node, UnaryFunction::Selu, node.number("alpha", 1.6732f),
                node.number("gamma", 1.0507f));
}

static LogicalResult importSelu6(Node &node) {
  return define(node, UnaryFunction::Selu, node.number("alpha", 1.67326324f),
                node.number("gamma", 1.05070102f));
}

static LogicalResult importHardSigmoid(Node &node) {
  return define(node, UnaryFunction::HardSigmoid, node.number("alpha", 0.2f),
                node.number("beta", 0.5f));
}

static LogicalResult importGelu(Node &node) {
  auto approximate = node.string("approximate", "none");
  auto input = node.value(0);
  if (failed(approximate) || failed(input))
    return failure();
  if (*approximate != "none" && *approximate != "tanh")
    return node.error() << "attribute 'approximate' is '" << *approximate
                        << "', expected none or tanh";
  return node.define(makeUnary(node,
                               *approximate == "tanh" ? UnaryFunction::GeluTanh
                                                      : UnaryFunction::Gelu,
                               *input));
}

static LogicalResult importThresholdedRelu(Node &node) {
  auto alpha = node.number("alpha", 1.0f);
  auto input = node.value(0);
  if (failed(alpha) || failed(input))
    return failure();
  Value above = makeBinary(node, BinaryFunction::Greater, *input, *alpha);
  Value zero = scalarOf(node, 0, elementOf(*input));
  Value result = makeSelect(node, above, *input, zero);
  return result ? node.define(result) : failure();
}

llvm::ArrayRef<HandlerEntry> rowlock::unaryHandlers() {
  using F = UnaryFunction;
  constexpr const char *layers = "`nn.unary`";
  constexpr const char *runs = "host, by a table of 8-bit integers";
  static const HandlerEntry entries[] = {
      {"Abs", 1, importUnary<F::Abs>, layers, runs},
      {"Neg", 1, importUnary<F::Neg>, layers, runs},
      {"Sign", 9, importUnary<F::Sign>, layers, "host, in float"},
      {"Floor", 1, importUnary<F::Floor>, layers, "host, in float"},
      {"Ceil", 1, importUnary<F::Ceil>, layers, "host, in float"},
      {"Round", 11, importUnary<F::Round>, layers, "host, in float"},
      {"Sqrt", 1, importUnary<F::Sqrt>, layers, "host, in float"},
      {"Reciprocal", 1, importUnary<F::Reciprocal>, layers, "host, in float"},
      {"Exp", 1, importUnary<F::Exp>, layers, "host, in float"},
      {"Log", 1, importUnary<F::Log>, layers, "host, in float"},
      {"Erf", 9, importUnary<F::Erf>, layers, runs},
      {"Tanh", 1, importUnary<F::Tanh>, layers, runs},
      {"Sigmoid", 1, importUnary<F::Sigmoid>, layers, runs},
      {"Softplus", 1, importUnary<F::Softplus>, layers, runs},
      {"Softsign", 1, importUnary<F::Softsign>, layers, runs},
      {"Mish", 18, importUnary<F::Mish>, layers, runs},
      {"Not", 1, importUnary<F::Not>, layers, "host"},
      {"HardSwish", 14, importUnary<F::HardSwish>, layers, runs},
      {"Elu", 1, importElu, layers, runs},
      {"Celu", 12, importCelu, layers, runs},
      {"LeakyRelu", 1, importLeakyRelu, layers, runs},
      {"Swish", 24, importSwish, layers, runs},
      {"Selu", 1, importSelu1, layers, runs},
      {"Selu", 6, importSelu6, layers, runs},
      {"HardSigmoid", 1, importHardSigmoid, layers, runs},
      {"Gelu", 20, importGelu, layers, runs},
      {"ThresholdedRelu", 10, importThresholdedRelu, "`nn.binary`, `nn.select`",
       "host, in float"}};
  return entries;
}
