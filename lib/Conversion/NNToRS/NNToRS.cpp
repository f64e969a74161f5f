//===- NNToRS.cpp - Give the array every layer that it can run ------------===//
#include "rowlock/Conversion/NNToRS.h"
#include "rowlock/Conversion/Passes.h"
#include "rowlock/Dialect/NN/IR/ConstantData.h"
#include "rowlock/Dialect/NN/IR/NN.h"
#include "rowlock/Dialect/NN/IR/Names.h"
#include "rowlock/Dialect/RS/IR/RS.h"

namespace rowlock {
#define GEN_PASS_DEF_NNTORS
#include "rowlock/Conversion/Passes.h.inc"
} // namespace rowlock

using namespace mlir;
using namespace rowlock;

static RankedTensorType withShape(Value value, ArrayRef<int64_t> shape) {
  return RankedTensorType::get(
      shape, cast<RankedTensorType>(value.getType()).getElementType());
}

static quant::QuantizedType quantizedType(Value value) {
  return dyn_cast<quant::QuantizedType>(
      cast<RankedTensorType>(value.getType()).getElementType());
}

/// Symmetric, so that the array's signed weights are the stored integers.
static Status checkFilterType(quant::QuantizedType type) {
  if (!type.isSigned())
    return Status::error("the filter's integers are unsigned");
  ArrayRef<int64_t> zeroPoints;
  int64_t one = 0;
  if (auto uniform = dyn_cast<quant::UniformQuantizedType>(type)) {
    one = uniform.getZeroPoint();
    zeroPoints = one;
  } else if (auto perAxis = dyn_cast<quant::UniformQuantizedPerAxisType>(type);
             perAxis && perAxis.getQuantizedDimension() == 0) {
    zeroPoints = perAxis.getZeroPoints();
  } else {
    return Status::error("the filter's scales are not by output channel");
  }
  for (int64_t zeroPoint : zeroPoints)
    if (zeroPoint != 0)
      return Status::error("the filter has the zero point " +
                           std::to_string(zeroPoint) + ", not 0");
  return Status::ok();
}

/// The overflow proof: whatever the order of accumulation, no psum of a filter
/// leaves `bits`, since sum |w| * max |x| < 2^(bits - 1).
static Status checkPsums(int64_t bits, quant::QuantizedType input,
                         ElementsAttr filter) {
  auto weights = nn::IntegerElements::of(filter);
  if (!weights)
    return Status::error("the filter's integers are not in memory");
  int64_t most = std::max(std::abs(input.getStorageTypeMin()),
                          std::abs(input.getStorageTypeMax()));
  int64_t filters = filter.getShapedType().getDimSize(0);
  int64_t words = int64_t(weights->size()) / filters;
  for (int64_t m = 0; m < filters; ++m) {
    int64_t sum = 0;
    if (weights->isSplat())
      sum = words * std::abs((*weights)[0]);
    else
      for (int64_t k = m * words; k < (m + 1) * words; ++k)
        sum += std::abs((*weights)[k]);
    if (sum * most >= int64_t(1) << (bits - 1))
      return Status::error("psums of filter " + std::to_string(m) +
                           " may reach " + std::to_string(sum * most) +
                           ", beyond the " + std::to_string(bits) +
                           " bits of the target's psums");
  }
  return Status::ok();
}

namespace {

/// A convolution in rank 4 that may become an rs.conv2d.
struct Candidate {
  Value input, filter, bias;
  RankedTensorType result;
  SmallVector<int64_t> strides, pads, dilations;
  int64_t groups;
  nn::RescaleAttr rescale;
  IntegerAttr productShift;
};

/// Turns layers into convolutions for the array. An error is why the layer
/// stays.
class LayerConverter {
public:
  LayerConverter(ModuleOp module, const TargetSpec &spec)
      : spec(spec), rewriter(module.getContext()), derive(module) {}
  Status convert(Operation *layer) {
    rewriter.setInsertionPoint(layer);
    if (auto conv = dyn_cast<nn::Conv2DOp>(layer))
      return convert(conv);
    return convert(cast<nn::FullyConnectedOp>(layer));
  }

private:
  Status convert(nn::Conv2DOp op);
  /// The convolution keeps the layer's name; reshapes around it may go.
  Status convert(nn::FullyConnectedOp op);
  /// What the array's arithmetic can do, sizes aside.
  Status checkTypes(Value input, Value filter, Value bias, Value result,
                    IntegerAttr productShift);
  /// The convolution on the array, unless its sizes are not native.
  Result<rs::Conv2DOp> create(const Candidate &candidate, Location loc);

  TargetSpec spec;
  IRRewriter rewriter;
  nn::NameDeriver derive;
};

struct NNToRS : ::rowlock::impl::NNToRSBase<NNToRS> {
  void runOnOperation() override {
    if (!rs::getTarget(getOperation())) {
      getOperation().emitError("the module has no rs.target");
      return signalPassFailure();
    }
    converted = convertToRS(getOperation(), [](Operation *, StringRef) {});
  }
};

} // namespace

int64_t rowlock::convertToRS(
    ModuleOp module,
    llvm::function_ref<void(Operation *, StringRef)> staysOnHost) {
  SmallVector<Operation *> layers;
  module.walk([&](Operation *op) {
    if (isa<nn::Conv2DOp, nn::FullyConnectedOp>(op))
      layers.push_back(op);
  });
  LayerConverter converter(module, rs::getTarget(module).getSpec());
  int64_t converted = 0;
  for (Operation *layer : layers) {
    Status done = converter.convert(layer);
    converted += bool(done);
    if (!done)
      staysOnHost(layer, done.message());
  }
  return converted;
}

Status LayerConverter::checkTypes(Value input, Value filter, Value bias,
                                  Value result, IntegerAttr productShift) {
  struct {
    const char *role;
    quant::QuantizedType type;
    bool oneScale;
  } operands[] = {{"input", quantizedType(input), true},
                  {"filter", quantizedType(filter), false},
                  {"result", quantizedType(result), true}};
  if (!nn::getConstant(filter))
    return Status::error("the filter is not known at compile time");
  if (bias && !nn::getConstant(bias))
    return Status::error("the bias is not known at compile time");
  for (Value operand : {input, filter, result})
    if (cast<RankedTensorType>(operand.getType()).getNumElements() == 0)
      return Status::error("a tensor has no elements");
  for (const auto &[role, type, oneScale] : operands) {
    if (!type)
      return Status::error(std::string("the ") + role + " is not quantised");
    if (type.getStorageTypeIntegralWidth() > 16)
      return Status::error(std::string("the ") + role +
                           " has more than 16 bits");
    if (oneScale && !isa<quant::UniformQuantizedType>(type))
      return Status::error(std::string("the ") + role +
                           " has more than one scale");
  }
  if (Status symmetric = checkFilterType(operands[1].type); !symmetric)
    return symmetric;
  if (spec.isFixed16() != bool(productShift))
    return Status::error(spec.isFixed16()
                             ? "the target computes in 16-bit fixed point only"
                             : "the target does not compute in fixed point");
  quant::QuantizedType inputType = operands[0].type, made = operands[2].type;
  if (productShift) {
    if (made.getStorageTypeMax() == 32767 &&
        (made.getStorageTypeMin() == 0 || made.getStorageTypeMin() == -32768))
      return Status::ok();
    return Status::error("the result is clipped to other bounds than ReLU's");
  }
  if (inputType.getStorageTypeIntegralWidth() > 8 && !inputType.isSigned())
    return Status::error("the input has unsigned integers of 16 bits");
  return checkPsums(spec.psum_bits, inputType, nn::getConstant(filter));
}

Result<rs::Conv2DOp> LayerConverter::create(const Candidate &candidate,
                                            Location loc) {
  auto conv = rs::Conv2DOp::create(
      rewriter, loc, candidate.result, candidate.input, candidate.filter,
      candidate.bias, rewriter.getDenseI64ArrayAttr(candidate.strides),
      rewriter.getDenseI64ArrayAttr(candidate.pads),
      rewriter.getI64IntegerAttr(candidate.groups), candidate.rescale,
      candidate.productShift,
      rewriter.getDenseI64ArrayAttr(candidate.dilations),
      rs::MappingAttrInterface(), ArrayAttr());
  auto parts = partsOf(rs::getShape(conv, spec), spec);
  if (parts)
    return conv;
  rewriter.eraseOp(conv);
  return parts.takeStatus();
}

Status LayerConverter::convert(nn::Conv2DOp op) {
  if (Status native = checkTypes(op.getInput(), op.getFilter(), op.getBias(),
                                 op.getResult(), op.getProductShiftAttr());
      !native)
    return native;
  Candidate candidate = {op.getInput(),
                         op.getFilter(),
                         op.getBias(),
                         op.getType(),
                         SmallVector<int64_t>(op.getStrides()),
                         SmallVector<int64_t>(op.getPads()),
                         SmallVector<int64_t>(op.getDilations()),
                         int64_t(op.getGroups()),
                         op.getRescaleAttr(),
                         op.getProductShiftAttr()};
  Result<rs::Conv2DOp> conv = create(candidate, op.getLoc());
  if (!conv)
    return conv.takeStatus();
  rewriter.replaceOp(op, *conv);
  return Status::ok();
}

/// The constant with another shape.
static Value reshapeConstant(Value constant, ArrayRef<int64_t> shape,
                             Location loc, IRRewriter &rewriter) {
  auto values = cast<DenseElementsAttr>(nn::getConstant(constant));
  return nn::ConstantOp::create(
      rewriter, loc, withShape(constant, shape),
      cast<ElementsAttr>(values.reshape(
          RankedTensorType::get(shape, values.getElementType()))));
}

/// Features as an ifmap of one row. Those beyond the channels of a native layer
/// fold into columns, in which they lie anyway: the layer then need not run in
/// parts that pass raw psums on.
static SmallVector<int64_t> ifmapOf(int64_t images, int64_t features, bool wide,
                                    const TargetSpec &spec) {
  const bool mode16 = wide && !spec.isFixed16();
  int64_t widest = std::min(
      {spec.max_filter_width, spec.ifmapSpad(mode16), spec.filterSpad(mode16)});
  int64_t least = (features + spec.max_channels - 1) / spec.max_channels;
  for (int64_t columns = least; columns <= widest; ++columns)
    if (features % columns == 0)
      return {images, features / columns, 1, columns};
  return {images, features, 1, 1};
}

Status LayerConverter::convert(nn::FullyConnectedOp op) {
  if (Status native = checkTypes(op.getInput(), op.getFilter(), op.getBias(),
                                 op.getResult(), op.getProductShiftAttr());
      !native)
    return native;
  if (!isa<DenseElementsAttr>(nn::getConstant(op.getFilter())))
    return Status::error("the filter's integers are not in the module");
  RankedTensorType input = op.getInput().getType();
  RankedTensorType filter = op.getFilter().getType();
  int64_t images = input.getDimSize(0), outputs = filter.getDimSize(0);

  // Feature maps as they are, then as one row.
  SmallVector<Value> sources;
  if (auto reshape = op.getInput().getDefiningOp<nn::ReshapeOp>())
    if (reshape.getInput().getType().getRank() == 4 &&
        reshape.getInput().getType().getDimSize(0) == images &&
        reshape.getInput().getType().getDimSize(1) <= spec.max_channels)
      sources.push_back(reshape.getInput());
  sources.push_back(Value());

  const bool wide =
      quantizedType(op.getInput()).getStorageTypeIntegralWidth() > 8 ||
      quantizedType(op.getFilter()).getStorageTypeIntegralWidth() > 8;
  Location ifmap = derive(op.getLoc(), ".ifmap");
  Location result = derive(op.getLoc(), ".reshaped");
  Location filterLoc = derive(op.getFilter().getLoc(), ".reshaped");
  Status notNative = Status::ok();
  for (Value source : sources) {
    SmallVector<int64_t> map = ifmapOf(images, input.getDimSize(1), wide, spec);
    if (source)
      map.assign(cast<RankedTensorType>(source.getType()).getShape().begin(),
                 cast<RankedTensorType>(source.getType()).getShape().end());
    Operation *before = op->getPrevNode();
    Value features = source;
    if (!features)
      features = nn::ReshapeOp::create(
          rewriter, ifmap, withShape(op.getInput(), map), op.getInput());
    Candidate candidate = {features,
                           reshapeConstant(op.getFilter(),
                                           {outputs, map[1], map[2], map[3]},
                                           filterLoc, rewriter),
                           op.getBias(),
                           withShape(op.getResult(), {images, outputs, 1, 1}),
                           {1, 1},
                           {0, 0, 0, 0},
                           {1, 1},
                           1,
                           op.getRescaleAttr(),
                           op.getProductShiftAttr()};
    Result<rs::Conv2DOp> conv = create(candidate, op.getLoc());
    if (conv) {
      rewriter.replaceOp(op,
                         nn::ReshapeOp::create(rewriter, result, op.getType(),
                                               conv->getResult()));
      return Status::ok();
    }
    notNative = conv.takeStatus();
    while (op->getPrevNode() != before)
      rewriter.eraseOp(op->getPrevNode());
  }
  return notNative;
}
