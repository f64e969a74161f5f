//===- IntegerLayers.cpp - Integer layers for float ones ------------------===//
#include "IntegerLayers.h"

#include "QuantizedConstants.h"

#include "rowlock/Dialect/NN/IR/ConstantData.h"
#include "rowlock/Dialect/NN/IR/Rescale.h"

#include "llvm/ADT/TypeSwitch.h"

#include <cmath>

using namespace mlir;
using namespace rowlock;
using namespace rowlock::nn;

/// The element type of an activation that integer layers read: per tensor, of
/// at most 16 bits.
static quant::UniformQuantizedType activationType(Value integers) {
  if (!integers)
    return {};
  auto type = dyn_cast<quant::UniformQuantizedType>(
      cast<RankedTensorType>(integers.getType()).getElementType());
  return type && type.getStorageTypeIntegralWidth() <= 16
             ? type
             : quant::UniformQuantizedType();
}

namespace {

class LayerBuilder {
public:
  LayerBuilder(OpBuilder &builder, Location loc,
               quant::UniformQuantizedType type, IntegersOf integersOf)
      : builder(builder), loc(loc), type(type), integersOf(integersOf) {}

  Value make(Conv2DOp op) { return makeSums(op, op.getFilter()); }
  Value make(FullyConnectedOp op) { return makeSums(op, op.getFilter()); }
  Value make(MatMulOp op);
  Value make(AddOp op);
  Value make(MulOp op);
  Value make(AveragePool2DOp op);
  Value make(ConcatOp op);

private:
  template <typename Op> Value makeSums(Op op, Value realFilter);
  /// Filters, bias and rescale of a layer of sums of products.
  struct Weights {
    Value filter, bias;
    RescaleAttr rescale;
  };
  std::optional<Weights> weightsOf(Value input, Value filter, Value bias);
  /// A bias in steps of `scales`, one for each filter; false if it is not known
  /// or does not fit 32 bits.
  bool biasIntegers(Value bias, ArrayRef<double> scales,
                    std::vector<int64_t> &integers);
  RankedTensorType resultType(Operation *op) {
    return RankedTensorType::get(
        cast<RankedTensorType>(op->getResult(0).getType()).getShape(), type);
  }

  OpBuilder &builder;
  Location loc;
  quant::UniformQuantizedType type;
  IntegersOf integersOf;
};

} // namespace

bool LayerBuilder::biasIntegers(Value bias, ArrayRef<double> scales,
                                std::vector<int64_t> &integers) {
  Value stored = integersOf(bias);
  auto known = stored ? storedIntegers(stored) : std::nullopt;
  auto floats = getFloats(getConstant(bias));
  if (known) {
    Grid grid(quantizedElement(stored));
    for (auto [m, value] : llvm::enumerate(*known)) {
      int64_t steps = value - grid.zeroPoint(int64_t(m));
      // The scale is a product that was rounded to binary32.
      double ratio = grid.scale(int64_t(m)) / scales[m];
      integers.push_back(std::fabs(ratio - 1) < 1e-6
                             ? steps
                             : std::llround(double(steps) * ratio));
    }
  } else if (floats) {
    for (auto [m, value] : llvm::enumerate(*floats)) {
      double steps = double(value) / scales[m];
      if (!(std::fabs(steps) < 2147483647.0))
        return false;
      integers.push_back(std::llround(steps));
    }
  } else {
    return false;
  }
  return llvm::all_of(integers, [](int64_t v) { return v == int32_t(v); });
}

std::optional<LayerBuilder::Weights>
LayerBuilder::weightsOf(Value input, Value filter, Value bias) {
  Weights weights;
  weights.filter = symmetricFilter(builder, filter);
  if (!weights.filter)
    return std::nullopt;
  auto shape = cast<RankedTensorType>(filter.getType()).getShape();
  Grid grid(quantizedElement(weights.filter));
  double inputScale = activationType(input).getScale();
  SmallVector<double> psumScales, factors;
  for (int64_t m = 0; m < shape[0]; ++m)
    psumScales.push_back(inputScale * grid.scale(m));
  for (size_t m = 0; m < grid.scales.size(); ++m)
    factors.push_back(psumScales[m] / type.getScale());
  weights.rescale = makeRescale(builder.getContext(), factors);
  if (!bias)
    return weights;
  std::vector<int64_t> integers;
  if (!biasIntegers(bias, psumScales, integers))
    return std::nullopt;
  weights.bias = makeIntegerConstant(
      builder, bias.getLoc(),
      RankedTensorType::get({shape[0]}, builder.getI32Type()), integers);
  return weights;
}

template <typename Op> Value LayerBuilder::makeSums(Op op, Value realFilter) {
  Value input = integersOf(op.getInput()), filter = integersOf(realFilter);
  if (!activationType(input) || !filter || op.getRescale() ||
      op.getProductShift())
    return {};
  auto weights = weightsOf(input, filter, op.getBias());
  if (!weights)
    return {};
  auto layer = cast<Op>(builder.clone(*op));
  layer->setLoc(loc);
  layer.getInputMutable().assign(input);
  layer.getFilterMutable().assign(weights->filter);
  layer.getBiasMutable().clear();
  if (weights->bias)
    layer.getBiasMutable().assign(weights->bias);
  layer.getResult().setType(resultType(op));
  layer.removeActivationAttr();
  layer.setRescaleAttr(weights->rescale);
  return layer.getResult();
}

Value LayerBuilder::make(MatMulOp op) {
  Value input = integersOf(op.getLhs()), filter = integersOf(op.getRhs());
  if (!activationType(input) || !filter)
    return {};
  filter = transposeConstant(builder, filter.getLoc(), filter, {1, 0});
  auto weights = filter ? weightsOf(input, filter, {}) : std::nullopt;
  if (!weights)
    return {};
  return FullyConnectedOp::create(builder, loc, resultType(op), input,
                                  weights->filter, Value(), ClipAttr(),
                                  weights->rescale, IntegerAttr());
}

Value LayerBuilder::make(AddOp op) {
  Value lhs = integersOf(op.getLhs()), rhs = integersOf(op.getRhs());
  auto left = activationType(lhs), right = activationType(rhs);
  if (!left || !right)
    return {};
  SumFactors factors = makeSumFactors(left, right, type);
  return AddOp::create(builder, loc, resultType(op), lhs, rhs,
                       builder.getDenseI64ArrayAttr(factors.multipliers),
                       factors.rescale, ClipAttr());
}

Value LayerBuilder::make(MulOp op) {
  Value lhs = integersOf(op.getLhs()), rhs = integersOf(op.getRhs());
  auto left = activationType(lhs), right = activationType(rhs);
  if (!left || !right)
    return {};
  double factor = left.getScale() * right.getScale() / type.getScale();
  return MulOp::create(builder, loc, resultType(op), lhs, rhs,
                       makeRescale(builder.getContext(), factor));
}

Value LayerBuilder::make(AveragePool2DOp op) {
  Value input = integersOf(op.getInput());
  auto element = activationType(input);
  if (!element)
    return {};
  auto pool = cast<AveragePool2DOp>(builder.clone(*op));
  pool->setLoc(loc);
  pool.getInputMutable().assign(input);
  pool.getResult().setType(resultType(op));
  pool.setRescaleAttr(
      makeMeanRescale(element, type, op.getKernel()[0] * op.getKernel()[1]));
  return pool.getResult();
}

Value LayerBuilder::make(ConcatOp op) {
  SmallVector<Value> inputs;
  SmallVector<double> factors;
  for (Value real : op.getInputs()) {
    Value input = integersOf(real);
    auto element = activationType(input);
    if (!element)
      return {};
    inputs.push_back(input);
    factors.push_back(element.getScale() / type.getScale());
  }
  return ConcatOp::create(builder, loc, resultType(op), inputs,
                          op.getAxisAttr(),
                          makeRescale(builder.getContext(), factors));
}

Value nn::makeIntegerLayer(OpBuilder &builder, Location loc, Operation *layer,
                           quant::UniformQuantizedType type,
                           IntegersOf integersOf) {
  return llvm::TypeSwitch<Operation *, Value>(layer)
      .Case<Conv2DOp, FullyConnectedOp, MatMulOp, AddOp, MulOp, AveragePool2DOp,
            ConcatOp>([&](auto op) {
        return LayerBuilder(builder, loc, type, integersOf).make(op);
      })
      .Default([](Operation *) { return Value(); });
}

Value nn::requantize(OpBuilder &builder, Location loc, Value integers,
                     quant::UniformQuantizedType type) {
  auto from = activationType(integers);
  if (!from)
    return {};
  if (from == type)
    return integers;
  auto shape = cast<RankedTensorType>(integers.getType()).getShape();
  auto result = RankedTensorType::get(shape, type);
  if (from.getScale() == type.getScale() &&
      from.getZeroPoint() == type.getZeroPoint())
    return ClipOp::create(builder, loc, result, integers, ClipAttr());
  return ConcatOp::create(
      builder, loc, result, integers, builder.getI64IntegerAttr(0),
      makeRescale(builder.getContext(), from.getScale() / type.getScale()));
}
