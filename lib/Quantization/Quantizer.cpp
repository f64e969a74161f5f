//===- Quantizer.cpp - Quantise a float network ---------------------------===//
#include "rowlock/Quantization/Quantize.h"

#include "LayerWeights.h"

#include "rowlock/Dialect/NN/IR/ConstantData.h"
#include "rowlock/Dialect/NN/IR/Names.h"
#include "rowlock/Dialect/NN/IR/Rescale.h"
#include "rowlock/Dialect/NN/IR/UnaryTable.h"
#include "rowlock/Numerics/Integer.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"

#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/TypeSwitch.h"

#include <cmath>

using namespace mlir;
using namespace rowlock;

namespace {

/// Walks @main once; `twins` holds the integer twin of every float value
/// that has one.
class Quantizer {
public:
  Quantizer(func::FuncOp main, const CalibrationTable &table,
            const QuantizationOptions &options)
      : main(main), table(table), options(options), builder(main.getContext()) {
  }
  LogicalResult run();

private:
  LogicalResult quantizeArguments();
  LogicalResult quantizeOp(Operation *op);
  template <typename Op> LogicalResult quantizeLayer(Op op);
  template <typename Op>
  LogicalResult quantizeInt(Op op, const FloatWeights &weights);
  template <typename Op>
  LogicalResult quantizeFixed(Op op, const FloatWeights &weights);
  LogicalResult quantizeAdd(nn::AddOp op);
  LogicalResult quantizeMul(nn::MulOp op);
  LogicalResult quantizeConcat(nn::ConcatOp op);
  LogicalResult quantizeAverage(nn::AveragePool2DOp op);
  LogicalResult quantizeMaximum(nn::MaxPool2DOp op);
  LogicalResult quantizeClip(nn::ClipOp op);
  LogicalResult quantizeUnary(nn::UnaryOp op);
  LogicalResult quantizeMovement(Operation *op);

  /// No integer operation computes what the operation does; at most its result
  /// is quantised behind it.
  bool staysInFloat(Operation *op) const {
    Value made = op->getNumResults() ? twins.lookup(op->getResult(0)) : Value();
    auto quantised = made ? made.getDefiningOp<nn::QuantizeOp>() : nullptr;
    return !made || (quantised && quantised.getInput() == op->getResult(0));
  }
  /// Sums and products of what float operations made stay in float: what
  /// attention and normalisations leave, masks among it, has no one step that
  /// serves it well.
  bool readsIntegers(Operation *op) const {
    return llvm::any_of(op->getOperands(),
                        [&](Value operand) { return isInteger(operand); });
  }
  bool isInteger(Value value) const;
  /// Would a sum with a constant leave nothing of its other operand?
  bool drowns(nn::AddOp op) const;
  bool isFixed16() const {
    return options.arithmetic == QuantizedArithmetic::Fixed16;
  }
  /// The integer twin; a constant gets one, a float value without one is
  /// quantised with its own range. Null after an error.
  Value integer(Value value, Operation *user);
  /// The type of a computed value by its calibrated range.
  FailureOr<quant::UniformQuantizedType> typeOf(Value value, nn::ClipAttr clip);
  FailureOr<CalibrationTable::Range> rangeOf(Value value);
  /// What the calibration table calls it.
  std::string nameOf(Value value) const;
  static quant::UniformQuantizedType elementOf(Value value) {
    return cast<quant::UniformQuantizedType>(
        cast<RankedTensorType>(value.getType()).getElementType());
  }
  static RankedTensorType withElement(Value value, Type element) {
    return RankedTensorType::get(
        cast<RankedTensorType>(value.getType()).getShape(), element);
  }
  template <typename Integer>
  Value makeConstant(Location loc, RankedTensorType type,
                     const std::vector<Integer> &values);
  void twin(Value real, Value quantised) { twins[real] = quantised; }

  func::FuncOp main;
  const CalibrationTable &table;
  QuantizationOptions options;
  OpBuilder builder;
  llvm::DenseMap<Value, Value> twins;
};

} // namespace

std::string Quantizer::nameOf(Value value) const {
  auto argument = dyn_cast<BlockArgument>(value);
  if (!argument)
    return nn::nameOf(value.getLoc());
  auto name = func::FuncOp(main).getArgAttrOfType<StringAttr>(
      argument.getArgNumber(), nn::kNameAttr);
  return name ? name.str() : "";
}

/// Is the value made in integers, or an input, which all readers quantise?
bool Quantizer::isInteger(Value value) const {
  if (isa<BlockArgument>(value))
    return true;
  Value made = twins.lookup(value);
  if (!made || nn::getConstant(value))
    return false;
  // Integers that moved are those that were there before.
  while (isa_and_nonnull<nn::ReshapeOp, nn::TransposeOp, nn::SliceOp, nn::PadOp,
                         nn::BroadcastOp, nn::GatherOp, nn::GatherElementsOp>(
      made.getDefiningOp()))
    made = made.getDefiningOp()->getOperand(0);
  auto quantized = made.getDefiningOp<nn::QuantizeOp>();
  return !quantized || isa<BlockArgument>(quantized.getInput());
}

bool Quantizer::drowns(nn::AddOp op) const {
  auto leavesNoStep = [&](Value constant, Value other) {
    auto floats = nn::getFloats(nn::getConstant(constant));
    return floats && rowlock::leavesNoStep(*floats, table.find(nameOf(other)));
  };
  return leavesNoStep(op.getLhs(), op.getRhs()) ||
         leavesNoStep(op.getRhs(), op.getLhs());
}

FailureOr<CalibrationTable::Range> Quantizer::rangeOf(Value value) {
  std::string name = nameOf(value);
  if (auto range = table.find(name)) {
    if (std::isfinite(range->low) && std::isfinite(range->high))
      return *range;
    return emitError(value.getLoc())
           << "tensor '" << name << "' has infinite values: no integers stand "
           << "for its range";
  }
  return emitError(value.getLoc())
         << "no calibrated range for tensor '" << name << "'";
}

FailureOr<quant::UniformQuantizedType> Quantizer::typeOf(Value value,
                                                         nn::ClipAttr clip) {
  auto range = rangeOf(value);
  if (failed(range))
    return failure();
  return activationType(main.getContext(), *range, clip, options.arithmetic);
}

template <typename Integer>
Value Quantizer::makeConstant(Location loc, RankedTensorType type,
                              const std::vector<Integer> &values) {
  Type storage = type.getElementType();
  if (auto quantized = dyn_cast<quant::QuantizedType>(storage))
    storage = IntegerType::get(type.getContext(),
                               quantized.getStorageTypeIntegralWidth());
  return nn::ConstantOp::create(
      builder, loc, type,
      nn::makeIntegers(RankedTensorType::get(type.getShape(), storage),
                       ArrayRef<Integer>(values)));
}

Value Quantizer::integer(Value value, Operation *user) {
  auto found = twins.find(value);
  if (found != twins.end())
    return found->second;
  auto floats = nn::getFloats(nn::getConstant(value));
  if (!floats) {
    auto type = typeOf(value, {});
    if (failed(type))
      return {};
    Value made = nn::QuantizeOp::create(builder, value.getLoc(),
                                        withElement(value, *type), value);
    twin(value, made);
    return made;
  }
  CalibrationTable::Range range = {0, 0};
  for (float element : *floats) {
    if (!std::isfinite(element)) {
      user->emitError("a constant operand is not finite");
      return {};
    }
    range.low = std::min(range.low, element);
    range.high = std::max(range.high, element);
  }
  auto type = activationType(main.getContext(), range, {}, options.arithmetic);
  std::vector<int64_t> integers;
  for (float element : *floats)
    integers.push_back(
        saturate(int64_t(std::nearbyint(element / type.getScale())),
                 type.getStorageTypeMin(), type.getStorageTypeMax()));
  Value made = makeConstant(value.getLoc(), withElement(value, type), integers);
  twin(value, made);
  return made;
}

LogicalResult Quantizer::quantizeArguments() {
  builder.setInsertionPointToStart(&main.getBody().front());
  for (BlockArgument argument : main.getArguments()) {
    if (!cast<RankedTensorType>(argument.getType()).getElementType().isF32())
      continue;
    if (!integer(argument, main))
      return failure();
  }
  return success();
}

template <typename Op> LogicalResult Quantizer::quantizeLayer(Op op) {
  FloatWeights weights;
  RankedTensorType type = op.getFilter().getType();
  weights.bias.assign(type.getDimSize(0), 0);
  DenseElementsAttr dense =
      dyn_cast_or_null<DenseElementsAttr>(nn::getConstant(op.getFilter()));
  if (dense && dense.isSplat() && dense.getElementType().isF32()) {
    weights.filter.assign(weights.bias.size(), dense.getSplatValue<float>());
    weights.repeat = type.getNumElements() / type.getDimSize(0);
  } else if (auto filter = nn::getFloats(nn::getConstant(op.getFilter()))) {
    weights.filter = std::move(*filter);
  } else {
    return success(); // made at run time: stays in float
  }
  if (op.getBias()) {
    auto bias = nn::getFloats(nn::getConstant(op.getBias()));
    if (!bias)
      return success();
    weights.bias = *bias;
  }
  for (const auto *values : {&weights.filter, &weights.bias})
    for (float value : *values)
      if (!std::isfinite(value))
        return op.emitError("a weight is not finite");
  return isFixed16() ? quantizeFixed(op, weights) : quantizeInt(op, weights);
}

/// Replaces operands and types of a copy of a float layer.
template <typename Op>
static Op cloneLayer(OpBuilder &builder, Op op, Value input, Value filter,
                     Value bias, RankedTensorType type) {
  auto copy = cast<Op>(builder.clone(*op));
  copy.getInputMutable().assign(input);
  copy.getFilterMutable().assign(filter);
  copy.getBiasMutable().assign(bias);
  copy.getResult().setType(type);
  copy.removeActivationAttr();
  return copy;
}

template <typename Op>
LogicalResult Quantizer::quantizeInt(Op op, const FloatWeights &weights) {
  Value input = integer(op.getInput(), op);
  auto type = typeOf(op.getResult(), op.getActivationAttr());
  if (!input || failed(type))
    return failure();
  bool wide = options.arithmetic == QuantizedArithmetic::Int16;
  IntegerWeights integers = quantizeWeights(weights, elementOf(input),
                                            wide ? 16 : 8, options.psumBits);
  int64_t most = (int64_t(1) << (integers.bits - 1)) - 1;
  auto filterType = quant::UniformQuantizedPerAxisType::get(
      quant::QuantizationFlags::Signed, builder.getIntegerType(wide ? 16 : 8),
      builder.getF32Type(), integers.scales,
      SmallVector<int64_t>(integers.scales.size(), 0), 0, -most, most);
  Value filter =
      makeConstant(op.getFilter().getLoc(),
                   withElement(op.getFilter(), filterType), integers.filter);
  Value bias = makeConstant(
      op.getBias() ? op.getBias().getLoc() : op.getLoc(),
      RankedTensorType::get({weights.filters()}, builder.getI32Type()),
      integers.bias);
  SmallVector<double> factors;
  for (double scale : integers.scales)
    factors.push_back(elementOf(input).getScale() * scale / type->getScale());
  Op copy = cloneLayer(builder, op, input, filter, bias,
                       withElement(op.getResult(), *type));
  copy.setRescaleAttr(nn::makeRescale(main.getContext(), factors));
  twin(op.getResult(), copy.getResult());
  return success();
}

template <typename Op>
LogicalResult Quantizer::quantizeFixed(Op op, const FloatWeights &weights) {
  Value input = integer(op.getInput(), op);
  if (!input)
    return failure();
  MLIRContext *context = main.getContext();
  Fixed16Weights integers = quantizeFixed16(weights, elementOf(input));
  Value filter = makeConstant(
      op.getFilter().getLoc(),
      withElement(op.getFilter(),
                  fixed16Type(context, integers.filterScale, -32768, 32767)),
      integers.filter);
  Value bias = makeConstant(
      op.getBias() ? op.getBias().getLoc() : op.getLoc(),
      RankedTensorType::get({weights.filters()}, builder.getI16Type()),
      integers.bias);
  nn::ClipAttr clip = op.getActivationAttr();
  bool relu = clip && clip.getLow().isZero();
  auto type =
      fixed16Type(context, integers.psumScale, relu ? 0 : -32768, 32767);
  Op copy = cloneLayer(builder, op, input, filter, bias,
                       withElement(op.getResult(), type));
  copy.setProductShiftAttr(builder.getI64IntegerAttr(integers.productShift));
  Value result = copy.getResult();
  auto narrow = clippedType(type, clip);
  if (narrow != type)
    result = nn::ClipOp::create(builder, op.getLoc(),
                                withElement(op.getResult(), narrow), result,
                                nn::ClipAttr());
  twin(op.getResult(), result);
  return success();
}

LogicalResult Quantizer::quantizeAdd(nn::AddOp op) {
  Value lhs = integer(op.getLhs(), op), rhs = integer(op.getRhs(), op);
  auto type = typeOf(op.getResult(), op.getActivationAttr());
  if (!lhs || !rhs || failed(type))
    return failure();
  nn::SumFactors factors =
      nn::makeSumFactors(elementOf(lhs), elementOf(rhs), *type);
  auto add = nn::AddOp::create(
      builder, op.getLoc(), withElement(op.getResult(), *type), lhs, rhs,
      builder.getDenseI64ArrayAttr(factors.multipliers), factors.rescale,
      nn::ClipAttr());
  twin(op.getResult(), add);
  return success();
}

LogicalResult Quantizer::quantizeMul(nn::MulOp op) {
  Value lhs = integer(op.getLhs(), op), rhs = integer(op.getRhs(), op);
  auto type = typeOf(op.getResult(), {});
  if (!lhs || !rhs || failed(type))
    return failure();
  double factor = elementOf(lhs).getScale() * elementOf(rhs).getScale();
  twin(op.getResult(),
       nn::MulOp::create(
           builder, op.getLoc(), withElement(op.getResult(), *type), lhs, rhs,
           nn::makeRescale(main.getContext(), {factor / type->getScale()})));
  return success();
}

LogicalResult Quantizer::quantizeConcat(nn::ConcatOp op) {
  auto type = typeOf(op.getResult(), {});
  if (failed(type))
    return failure();
  SmallVector<Value> inputs;
  SmallVector<double> factors;
  for (Value real : op.getInputs()) {
    Value input = integer(real, op);
    if (!input)
      return failure();
    inputs.push_back(input);
    factors.push_back(elementOf(input).getScale() / type->getScale());
  }
  twin(op.getResult(),
       nn::ConcatOp::create(
           builder, op.getLoc(), withElement(op.getResult(), *type), inputs,
           op.getAxisAttr(), nn::makeRescale(main.getContext(), factors)));
  return success();
}

LogicalResult Quantizer::quantizeAverage(nn::AveragePool2DOp op) {
  Value input = integer(op.getInput(), op);
  auto type = typeOf(op.getResult(), {});
  if (!input || failed(type))
    return failure();
  auto copy = cast<nn::AveragePool2DOp>(builder.clone(*op));
  copy.getInputMutable().assign(input);
  copy.getResult().setType(withElement(op.getResult(), *type));
  copy.setRescaleAttr(nn::makeMeanRescale(
      elementOf(input), *type, op.getKernel()[0] * op.getKernel()[1]));
  twin(op.getResult(), copy.getResult());
  return success();
}

LogicalResult Quantizer::quantizeMaximum(nn::MaxPool2DOp op) {
  return integer(op.getInput(), op) ? quantizeMovement(op) : failure();
}

LogicalResult Quantizer::quantizeClip(nn::ClipOp op) {
  Value input = integer(op.getInput(), op);
  if (!input)
    return failure();
  auto type = clippedType(elementOf(input), op.getActivationAttr());
  twin(op.getResult(), nn::ClipOp::create(builder, op.getLoc(),
                                          withElement(op.getResult(), type),
                                          input, nn::ClipAttr()));
  return success();
}

LogicalResult Quantizer::quantizeUnary(nn::UnaryOp op) {
  if (options.arithmetic != QuantizedArithmetic::Int8 || !nn::hasTable(op))
    return success();
  Value input = integer(op.getInput(), op);
  auto type = typeOf(op.getResult(), {});
  if (!input || failed(type))
    return failure();
  twin(op.getResult(),
       nn::TableOp::create(builder, op.getLoc(),
                           withElement(op.getResult(), *type), input,
                           nn::tableOf(op, elementOf(input), *type)));
  return success();
}

/// Elements that only move keep their integers, where they have any already.
LogicalResult Quantizer::quantizeMovement(Operation *op) {
  Value input = twins.lookup(op->getOperand(0));
  auto pad = dyn_cast<nn::PadOp>(op);
  if (!input || (pad && pad.getValue()))
    return success();
  Operation *copy = builder.clone(*op);
  copy->setOperand(0, input);
  copy->getResult(0).setType(withElement(op->getResult(0), elementOf(input)));
  twin(op->getResult(0), copy->getResult(0));
  return success();
}

LogicalResult Quantizer::quantizeOp(Operation *op) {
  builder.setInsertionPointAfter(op);
  return llvm::TypeSwitch<Operation *, LogicalResult>(op)
      .Case<nn::Conv2DOp, nn::FullyConnectedOp>([&](auto layer) {
        return layer.getRescale() || layer.getProductShift()
                   ? success()
                   : quantizeLayer(layer);
      })
      .Case([&](nn::AddOp add) {
        return add.getRescale() || !readsIntegers(add) || drowns(add)
                   ? success()
                   : quantizeAdd(add);
      })
      .Case([&](nn::MulOp mul) {
        return mul.getRescale() || !readsIntegers(mul) ? success()
                                                       : quantizeMul(mul);
      })
      .Case([&](nn::ConcatOp concat) {
        return concat.getRescale() ? success() : quantizeConcat(concat);
      })
      .Case([&](nn::AveragePool2DOp pool) {
        return pool.getRescale() ? success() : quantizeAverage(pool);
      })
      .Case([&](nn::ClipOp clip) {
        return clip.getActivation() ? quantizeClip(clip) : success();
      })
      .Case([&](nn::UnaryOp unary) { return quantizeUnary(unary); })
      .Case([&](nn::MaxPool2DOp pool) {
        return pool.getType().getElementType().isF32() ? quantizeMaximum(pool)
                                                       : success();
      })
      .Case<nn::ReshapeOp, nn::TransposeOp, nn::SliceOp, nn::PadOp,
            nn::BroadcastOp, nn::GatherOp, nn::GatherElementsOp>(
          [&](Operation *moves) { return quantizeMovement(moves); })
      .Default([](Operation *) { return success(); });
}

LogicalResult Quantizer::run() {
  SmallVector<Operation *> ops;
  for (Operation &op : main.getBody().front().without_terminator())
    ops.push_back(&op);
  if (failed(quantizeArguments()))
    return failure();
  for (Operation *op : ops)
    if (!isa<nn::ConstantOp>(op) && failed(quantizeOp(op)))
      return failure();
  // What is left in float reads the integers; float layers without readers go.
  for (Operation *op : ops)
    for (Value result : op->getResults()) {
      Value made = twins.lookup(result);
      if (!made || isa<nn::ConstantOp>(op) ||
          made.getDefiningOp<nn::QuantizeOp>())
        continue;
      SmallVector<OpOperand *> readers;
      for (OpOperand &use : result.getUses())
        if (staysInFloat(use.getOwner()))
          readers.push_back(&use);
      if (readers.empty())
        continue;
      builder.setInsertionPointAfterValue(made);
      Value real = nn::DequantizeOp::create(builder, result.getLoc(),
                                            result.getType(), made);
      for (OpOperand *use : readers)
        use->set(real);
    }
  for (Operation *op : llvm::reverse(ops))
    if (isOpTriviallyDead(op))
      op->erase();
  return success();
}

LogicalResult rowlock::quantize(ModuleOp module, const CalibrationTable &table,
                                const QuantizationOptions &options) {
  auto main = module.lookupSymbol<func::FuncOp>("main");
  if (!main || !main.getBody().hasOneBlock())
    return module.emitError("the module has no function @main of one block");
  return Quantizer(main, table, options).run();
}
