//===- Unary.cpp - A function of each element, Table ----------------------===//
#include "Elements.h"
#include "Kernels.h"
#include "ScalarArithmetic.h"
#include "Scalars.h"

#include "rowlock/Numerics/Elementary.h"

using namespace rowlock;

static Status oneOperand(const LayerView &layer) {
  if (layer.operands.size() != 1 ||
      layer.operands[0].shape != layer.result.shape)
    return Status::error("expected one operand of the result's shape");
  return Status::ok();
}

namespace {

struct Function {
  UnaryFunction code;
  float alpha, beta;

  template <typename V> static bool takes(UnaryFunction code) {
    if (std::is_same_v<V, bool>)
      return code == UnaryFunction::Not;
    return isReal<V> ? code != UnaryFunction::Not : code <= UnaryFunction::Sign;
  }

  template <typename V> V operator()(V x) const {
    if constexpr (std::is_same_v<V, bool>)
      return !x;
    else if constexpr (isReal<V>)
      return applyUnary(code, x, V(alpha), V(beta));
    else if (code == UnaryFunction::Sign)
      return V(int(x > 0) - int(x < 0));
    else
      return code == UnaryFunction::Neg || x < 0 ? subtractValues(V(0), x) : x;
  }
};

} // namespace

Result<KernelRun> rowlock::prepareUnary(const LayerView &layer) {
  if (Status shape = oneOperand(layer); !shape)
    return shape;
  if (layer.operands[0].type != layer.result.type)
    return Status::error("operand and result differ in type");
  auto code = layer.ints("function", 1, 0, unaryFunctions - 1, {});
  if (!code)
    return code.takeStatus();
  std::vector<float> alpha = layer.reals("alpha"), beta = layer.reals("beta");
  Function function = {UnaryFunction(code->front()),
                       alpha.empty() ? 1 : alpha[0],
                       beta.empty() ? 0 : beta[0]};
  int64_t count = layer.result.elements();
  return withScalar(layer.result.type, [&](auto scalar) -> Result<KernelRun> {
    if (!Function::takes<typename decltype(scalar)::Value>(function.code))
      return Status::error("the function takes no elements of this type");
    return KernelRun(
        [=](const std::vector<const uint8_t *> &data, uint8_t *out) {
          for (int64_t k = 0; k < count; ++k)
            scalar.store(out, k, function(scalar.load(data[0], k)));
        });
  });
}

Result<KernelRun> rowlock::prepareTable(const LayerView &layer) {
  if (Status shape = oneOperand(layer); !shape)
    return shape;
  auto isByte = [](const TensorView &tensor) {
    return tensor.type == fb::ElementType::I8 ||
           tensor.type == fb::ElementType::U8;
  };
  if (!isByte(layer.operands[0]) || !isByte(layer.result))
    return Status::error("expected integers of 8 bits");
  int64_t low, high;
  integerRange(layer.result.type, low, high);
  auto values = layer.ints("values", 256, low, high, {});
  if (!values)
    return values.takeStatus();
  integerRange(layer.operands[0].type, low, high);
  // By the bits of the operand's element.
  std::vector<uint8_t> table(256);
  for (int64_t k = 0; k < 256; ++k)
    table[uint8_t(k + low)] = uint8_t((*values)[size_t(k)]);
  return KernelRun([table, count = layer.result.elements()](
                       const std::vector<const uint8_t *> &data, uint8_t *out) {
    for (int64_t k = 0; k < count; ++k)
      out[k] = table[data[0][k]];
  });
}
