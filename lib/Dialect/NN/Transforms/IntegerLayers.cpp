//===- IntegerLayers.cpp - Integer layers for float ones ------------------===//
#include "IntegerLayers.h"

#include "QuantizedConstants.h"

#include "rowlock/Dialect/NN/IR/ConstantData.h"
#include "rowlock/Dialect/NN/IR/Rescale.h"
#include "rowlock/Dialect/NN/IR/UnaryTable.h"

#include "llvm/ADT/TypeSwitch.h"
#include "llvm/ADT/bit.h"

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

  Value make(Conv2DOp op) { return makeSums(op, op.getBias()); }
  Value make(FullyConnectedOp op) { return makeSums(op, op.getBias()); }
  Value make(MatMulOp op) { return makeProduct(op, {}); }
  Value make(AddOp op);
  Value make(MulOp op);
  Value make(AveragePool2DOp op);
  Value make(ConcatOp op);
  Value make(UnaryOp op);

private:
  template <typename Op> Value makeSums(Op op, Value bias);
  Value makeProduct(MatMulOp op, Value bias);
  /// A layer without bias, used nowhere else, plus a constant for each filter.
  Value makeBiased(Value layer, Value constant, RankedTensorType type);
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
      double ratio = grid.scale(int64_t(m)) / scales[m];
      // The scale is a product that was rounded to binary32.
      if (std::fabs(ratio - 1) < 1e-6)
        integers.push_back(steps);
      else if (std::fabs(double(steps) * ratio) < 2147483648.0)
        integers.push_back(std::llround(double(steps) * ratio));
      else
        return false;
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

template <typename Op> Value LayerBuilder::makeSums(Op op, Value bias) {
  Value input = integersOf(op.getInput()), filter = integersOf(op.getFilter());
  if (!activationType(input) || !filter || op.getRescale() ||
      op.getProductShift())
    return {};
  auto weights = weightsOf(input, filter, bias);
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

Value LayerBuilder::makeProduct(MatMulOp op, Value bias) {
  Value input = integersOf(op.getLhs()), filter = integersOf(op.getRhs());
  auto rank = [](Value value) {
    return cast<RankedTensorType>(value.getType()).getRank();
  };
  if (!activationType(input) || !filter || rank(input) != 2 ||
      rank(filter) != 2)
    return {};
  filter = transposeConstant(builder, filter.getLoc(), filter, {1, 0});
  auto weights = filter ? weightsOf(input, filter, bias) : std::nullopt;
  if (!weights)
    return {};
  return FullyConnectedOp::create(builder, loc, resultType(op), input,
                                  weights->filter, weights->bias, ClipAttr(),
                                  weights->rescale, IntegerAttr());
}

/// One element for each filter, which is dimension 1 of the result.
static bool isPerFilter(RankedTensorType constant, RankedTensorType result) {
  int64_t lead = result.getRank() - constant.getRank();
  for (int64_t d = 0; d < constant.getRank(); ++d)
    if (constant.getDimSize(d) != (d + lead == 1 ? result.getDimSize(1) : 1))
      return false;
  return lead <= 1 && result.getRank() > 1;
}

Value LayerBuilder::makeBiased(Value layer, Value constant,
                               RankedTensorType type) {
  if (!layer.hasOneUse() || layer.getType() != type ||
      !isPerFilter(cast<RankedTensorType>(constant.getType()), type))
    return {};
  auto makeUnbiased = [&](auto op) {
    return op.getBias() || op.getActivationAttr() ? Value()
                                                  : makeSums(op, constant);
  };
  if (auto conv = layer.getDefiningOp<Conv2DOp>())
    return makeUnbiased(conv);
  if (auto connected = layer.getDefiningOp<FullyConnectedOp>())
    return makeUnbiased(connected);
  auto product = layer.getDefiningOp<MatMulOp>();
  return product ? makeProduct(product, constant) : Value();
}

Value LayerBuilder::make(AddOp op) {
  Value lhs = integersOf(op.getLhs()), rhs = integersOf(op.getRhs());
  auto left = activationType(lhs), right = activationType(rhs);
  if (!left || !right) {
    Value made = makeBiased(op.getLhs(), op.getRhs(), op.getType());
    return made ? made : makeBiased(op.getRhs(), op.getLhs(), op.getType());
  }
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

/// Can a sum of `count` integers times `ratio / count` lie in the middle of two
/// integers? Where the ratio is one of small numbers, p / q, it can if 2
/// divides q * count more often than p.
static bool meansTie(double ratio, int64_t count) {
  for (int64_t q = 1; q <= 256; ++q) {
    double p = std::nearbyint(ratio * double(q));
    if (p >= 1 && p < 65536 && std::fabs(ratio * double(q) - p) < 1e-7 * p)
      return llvm::countr_zero(uint64_t(q * count)) >
             llvm::countr_zero(uint64_t(p));
  }
  return false;
}

/// The same for all numbers of elements that a window may have.
static bool meansTie(AveragePool2DOp op, double ratio) {
  int64_t window = op.getKernel()[0] * op.getKernel()[1];
  auto isZero = [](int64_t pad) { return pad == 0; };
  bool isWhole = !op.getCeilMode() && (op.getCountIncludePad() ||
                                       llvm::all_of(op.getPads(), isZero));
  return meansTie(ratio, isWhole ? window
                                 : int64_t(llvm::bit_floor(uint64_t(window))));
}

Value LayerBuilder::make(AveragePool2DOp op) {
  Value input = integersOf(op.getInput());
  auto element = activationType(input);
  // One rescale for each number of elements.
  int64_t window = op.getKernel()[0] * op.getKernel()[1];
  if (!element || window > (1 << 20))
    return {};
  // The model's mean is one of floats, whose sum falls to either side of a tie.
  if (meansTie(op, element.getScale() / type.getScale()))
    return {};
  auto pool = cast<AveragePool2DOp>(builder.clone(*op));
  pool->setLoc(loc);
  pool.getInputMutable().assign(input);
  pool.getResult().setType(resultType(op));
  pool.setRescaleAttr(makeMeanRescale(element, type, window));
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

Value LayerBuilder::make(UnaryOp op) {
  Value input = integersOf(op.getInput());
  auto from = activationType(input);
  if (!from || from.getStorageTypeIntegralWidth() != 8 ||
      type.getStorageTypeIntegralWidth() != 8)
    return {};
  return TableOp::create(builder, loc, resultType(op), input,
                         tableOf(op, from, type));
}

Value nn::makeIntegerLayer(OpBuilder &builder, Location loc, Operation *layer,
                           quant::UniformQuantizedType type,
                           IntegersOf integersOf) {
  return llvm::TypeSwitch<Operation *, Value>(layer)
      .Case<Conv2DOp, FullyConnectedOp, MatMulOp, AddOp, MulOp, AveragePool2DOp,
            ConcatOp, UnaryOp>([&](auto op) {
        return LayerBuilder(builder, loc, type, integersOf).make(op);
      })
      .Default([](Operation *) { return Value(); });
}

Value nn::requantize(OpBuilder &builder, Location loc, Value integers,
                     quant::UniformQuantizedType type) {
  auto from = activationType(integers);
  if (!from)
    return {};
  bool sameGrid = from.getScale() == type.getScale() &&
                  from.getZeroPoint() == type.getZeroPoint() &&
                  from.getStorageType() == type.getStorageType() &&
                  from.isSigned() == type.isSigned();
  if (sameGrid && from.getStorageTypeMin() >= type.getStorageTypeMin() &&
      from.getStorageTypeMax() <= type.getStorageTypeMax())
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
