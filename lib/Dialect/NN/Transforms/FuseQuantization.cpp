//===- FuseQuantization.cpp - Float layers between integers ---------------===//
#include "IntegerLayers.h"
#include "QuantizedConstants.h"

#include "rowlock/Dialect/NN/Transforms/Passes.h"
#include "rowlock/Numerics/Float.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"

#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/TypeSwitch.h"

#include <algorithm>

namespace rowlock::nn {
#define GEN_PASS_DEF_FUSEQUANTIZATION
#include "rowlock/Dialect/NN/Transforms/Passes.h.inc"
} // namespace rowlock::nn

using namespace mlir;
using namespace rowlock;
using namespace rowlock::nn;

namespace {

/// Walks one function; `twins` holds the integers of real values.
class Fuser {
public:
  explicit Fuser(func::FuncOp function)
      : function(function), builder(function.getContext()) {}
  /// Returns how many layers became integer ones.
  unsigned run();

private:
  /// The integers of a real value, or null. Integers only move, or their
  /// greatest is taken: the same steps on them.
  Value integersOf(Value real);
  Value makeTwin(Value real);
  bool fuse(QuantizeOp op);
  /// A layer's result is quantised in the shape and order that it has, so that
  /// those it takes are left between integers.
  void quantizeBeforeMoves(QuantizeOp op);
  /// Constants are integers before layers are looked at, and floats if no
  /// integer layer took them.
  void quantizeConstants();
  void dequantizeConstants();
  void eraseUnused();

  func::FuncOp function;
  OpBuilder builder;
  llvm::DenseMap<Value, Value> twins;
};

} // namespace

Value Fuser::integersOf(Value real) {
  auto found = twins.find(real);
  if (found != twins.end())
    return found->second;
  Value twin = makeTwin(real);
  if (twin)
    twins[real] = twin;
  return twin;
}

Value Fuser::makeTwin(Value real) {
  Operation *op = real.getDefiningOp();
  if (auto dequantize = dyn_cast_or_null<DequantizeOp>(op))
    return dequantize.getInput();
  if (!isa_and_nonnull<ReshapeOp, TransposeOp, MaxPool2DOp, SliceOp, PadOp,
                       BroadcastOp, GatherOp>(op))
    return {};
  auto pad = dyn_cast<PadOp>(op);
  if (pad && pad.getValue())
    return {};
  Value input = integersOf(op->getOperand(0));
  if (!input)
    return {};
  if (input.getDefiningOp<ConstantOp>())
    if (Value constant = moveConstant(builder, op, input))
      return constant;
  auto type = dyn_cast<quant::UniformQuantizedType>(
      cast<RankedTensorType>(input.getType()).getElementType());
  if (!type)
    return {};
  Operation *moved = builder.clone(*op);
  moved->setOperand(0, input);
  moved->getResult(0).setType(RankedTensorType::get(
      cast<RankedTensorType>(real.getType()).getShape(), type));
  return moved->getResult(0);
}

namespace {

/// What stands between a layer and the quantisation of its result. Quantising
/// is monotone: a clip before it is one of the integers behind it.
struct ClippedResult {
  ClippedResult(QuantizeOp op, quant::UniformQuantizedType to)
      : real(op.getInput()), type(to), low(to.getStorageTypeMin()),
        high(to.getStorageTypeMax()) {
    while (auto clip = real.getDefiningOp<ClipOp>()) {
      add(clip.getActivationAttr());
      real = clip.getInput();
    }
    if (Operation *layer = real.getDefiningOp())
      llvm::TypeSwitch<Operation *>(layer)
          .Case<Conv2DOp, FullyConnectedOp, AddOp>(
              [&](auto with) { add(with.getActivationAttr()); })
          .Default([](Operation *) {});
  }
  /// A clip before those that are there.
  void add(ClipAttr clip) {
    if (!clip)
      return;
    auto bound = [&](const llvm::APFloat &real) {
      return quantizeFloat(real.convertToFloat(), float(type.getScale()),
                           type.getZeroPoint(), low, high);
    };
    int64_t least = bound(clip.getLow());
    high = bound(clip.getHigh());
    low = least;
  }
  /// The type with the clip as its storage range; null if a single integer is
  /// left.
  quant::UniformQuantizedType clipped() const {
    if (low >= high)
      return {};
    return quant::UniformQuantizedType::get(
        type.getFlags(), type.getStorageType(), type.getExpressedType(),
        type.getScale(), type.getZeroPoint(), low, high);
  }

  Value real;
  quant::UniformQuantizedType type;
  int64_t low, high;
};

} // namespace

bool Fuser::fuse(QuantizeOp op) {
  auto type =
      dyn_cast<quant::UniformQuantizedType>(op.getType().getElementType());
  if (!type)
    return false;
  ClippedResult result(op, type);
  auto clipped = result.clipped();
  if (!clipped)
    return false;
  builder.setInsertionPoint(op);
  auto integers = [&](Value real) { return integersOf(real); };
  Operation *layer = result.real.getDefiningOp();
  Value made;
  if (Value twin = integersOf(result.real))
    made = requantize(builder, op.getLoc(), twin, clipped);
  else if (layer)
    made = makeIntegerLayer(builder,
                            builder.getFusedLoc({op.getLoc(), layer->getLoc()}),
                            layer, clipped, integers);
  if (!made)
    return false;
  op.getResult().replaceAllUsesWith(made);
  op.erase();
  return true;
}

void Fuser::quantizeBeforeMoves(QuantizeOp op) {
  SmallVector<Operation *> behind;
  bool moved = false;
  Value real = op.getInput();
  while (Operation *step = real.getDefiningOp()) {
    if (!isa<ClipOp, ReshapeOp, TransposeOp>(step) || !step->hasOneUse())
      break;
    moved |= !isa<ClipOp>(step);
    behind.push_back(step);
    real = step->getOperand(0);
  }
  Operation *layer = real.getDefiningOp();
  Type element = op.getType().getElementType();
  if (!moved || !isa<quant::UniformQuantizedType>(element) ||
      !isa_and_nonnull<Conv2DOp, FullyConnectedOp, MatMulOp>(layer))
    return;
  builder.setInsertionPoint(op);
  auto copy = [&](Operation *step) {
    Value shaped = isa<ClipOp>(step) ? real : step->getResult(0);
    Operation *made = builder.clone(*step);
    made->setOperand(0, real);
    made->getResult(0).setType(shaped.getType());
    real = made->getResult(0);
  };
  for (Operation *step : llvm::reverse(behind))
    if (isa<ClipOp>(step))
      copy(step);
  auto type = cast<RankedTensorType>(real.getType());
  Value integers =
      QuantizeOp::create(builder, op.getLoc(), type.clone(element), real);
  real = DequantizeOp::create(builder, op.getLoc(), type, integers);
  for (Operation *step : llvm::reverse(behind))
    if (!isa<ClipOp>(step))
      copy(step);
  op.getInputMutable().assign(real);
}

void Fuser::quantizeConstants() {
  function.walk([&](QuantizeOp op) {
    builder.setInsertionPoint(op);
    if (Value constant = quantizeConstant(builder, op)) {
      op.getResult().replaceAllUsesWith(constant);
      op.erase();
    }
  });
}

void Fuser::dequantizeConstants() {
  function.walk([&](DequantizeOp op) {
    builder.setInsertionPoint(op);
    if (Value constant = dequantizeConstant(builder, op)) {
      op.getResult().replaceAllUsesWith(constant);
      op.erase();
    }
  });
}

void Fuser::eraseUnused() {
  SmallVector<Operation *> ops;
  for (Operation &op : function.getBody().front().without_terminator())
    ops.push_back(&op);
  for (Operation *op : llvm::reverse(ops))
    if (isOpTriviallyDead(op))
      op->erase();
}

unsigned Fuser::run() {
  quantizeConstants();
  SmallVector<QuantizeOp> given, ops;
  function.walk([&](QuantizeOp op) { given.push_back(op); });
  for (QuantizeOp op : given)
    quantizeBeforeMoves(op);
  function.walk([&](QuantizeOp op) { ops.push_back(op); });
  unsigned fused = 0;
  for (QuantizeOp op : ops)
    fused += fuse(op);
  eraseUnused();
  dequantizeConstants();
  eraseUnused();
  Operation *terminator = function.getBody().front().getTerminator();
  function.setType(builder.getFunctionType(function.getArgumentTypes(),
                                           terminator->getOperandTypes()));
  return fused;
}

namespace {

struct FuseQuantization : nn::impl::FuseQuantizationBase<FuseQuantization> {
  void runOnOperation() override {
    getOperation().walk([&](func::FuncOp function) {
      if (function.getBody().hasOneBlock())
        fused += Fuser(function).run();
    });
  }
};

} // namespace
