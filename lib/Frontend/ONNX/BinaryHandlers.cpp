//===- BinaryHandlers.cpp - Functions of two operands, Where --------------===//
#include "Elements.h"

using namespace mlir;
using namespace rowlock;

template <BinaryFunction F> static LogicalResult importBinary(Node &node) {
  auto lhs = node.value(0);
  if (failed(lhs))
    return failure();
  auto rhs = node.value(1);
  if (failed(rhs))
    return failure();
  rhs = alignToAxis(node, *lhs, *rhs);
  if (failed(rhs))
    return failure();
  Value result = makeBinary(node, F, *lhs, *rhs);
  return result ? node.define(result) : failure();
}

/// The result has the base's type; the exponent may have any.
static LogicalResult importPow(Node &node) {
  auto base = node.value(0);
  if (failed(base))
    return failure();
  auto exponent = node.value(1);
  if (failed(exponent))
    return failure();
  exponent = alignToAxis(node, *base, *exponent);
  if (failed(exponent))
    return failure();
  Type element = elementOf(*base);
  // Of integers to a real power, the real result is truncated.
  Type common =
      isa<IntegerType>(element) && isa<FloatType>(elementOf(*exponent))
          ? elementOf(*exponent)
          : element;
  Value result = makeBinary(node, BinaryFunction::Pow, node.cast(*base, common),
                            node.cast(*exponent, common));
  return result ? node.define(node.cast(result, element)) : failure();
}

static LogicalResult importMod(Node &node) {
  auto fmod = node.integer("fmod", 0, 0, 1);
  if (failed(fmod))
    return failure();
  return *fmod ? importBinary<BinaryFunction::FMod>(node)
               : importBinary<BinaryFunction::Mod>(node);
}

/// One operand or more, joined from the first on; null after an error.
template <BinaryFunction F> static Value joinAll(Node &node) {
  Value result;
  for (int k = 0; k < node.operands(); ++k) {
    auto next = wideOperand(node, k);
    if (failed(next))
      return {};
    result = k ? makeBinary(node, F, result, *next) : *next;
    if (!result)
      return {};
  }
  if (!result)
    node.error() << "has no operands";
  return result;
}

template <BinaryFunction F> static LogicalResult importVariadic(Node &node) {
  Value result = joinAll<F>(node);
  return result ? node.define(result) : failure();
}

static LogicalResult importMean(Node &node) {
  Value sum = joinAll<BinaryFunction::Add>(node);
  Value mean =
      sum ? makeBinary(node, BinaryFunction::Div, sum, float(node.operands()))
          : sum;
  return mean ? node.define(mean) : failure();
}

static LogicalResult importWhere(Node &node) {
  SmallVector<Value> operands;
  for (int k = 0; k < 3; ++k) {
    auto operand = node.value(k);
    if (failed(operand))
      return failure();
    operands.push_back(*operand);
  }
  Value result = makeSelect(node, operands[0], operands[1], operands[2]);
  return result ? node.define(result) : failure();
}

llvm::ArrayRef<HandlerEntry> rowlock::binaryHandlers() {
  using F = BinaryFunction;
  constexpr const char *layers = "`nn.binary`";
  constexpr const char *runs = "host, in float";
  static const HandlerEntry entries[] = {
      {"Pow", 1, importPow, layers, runs},
      {"Mod", 10, importMod, layers, runs},
      {"PRelu", 1, importBinary<F::PRelu>, layers, runs},
      {"Min", 1, importVariadic<F::Min>, layers, runs},
      {"Max", 1, importVariadic<F::Max>, layers, runs},
      {"Mean", 1, importMean, layers, runs},
      {"Equal", 1, importBinary<F::Equal>, layers, "host"},
      {"Greater", 1, importBinary<F::Greater>, layers, "host"},
      {"GreaterOrEqual", 12, importBinary<F::GreaterEqual>, layers, "host"},
      {"Less", 1, importBinary<F::Less>, layers, "host"},
      {"LessOrEqual", 12, importBinary<F::LessEqual>, layers, "host"},
      {"And", 1, importBinary<F::And>, layers, "host"},
      {"Or", 1, importBinary<F::Or>, layers, "host"},
      {"Xor", 1, importBinary<F::Xor>, layers, "host"},
      {"Where", 9, importWhere, "`nn.select`", "host"}};
  return entries;
}
