//===- NNToRS.cpp - Give the array every layer that it can run ------------===//
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
static bool isSymmetric(quant::QuantizedType type) {
  if (auto uniform = dyn_cast<quant::UniformQuantizedType>(type))
    return uniform.getZeroPoint() == 0;
  auto perAxis = dyn_cast<quant::UniformQuantizedPerAxisType>(type);
  return perAxis && perAxis.getQuantizedDimension() == 0 &&
         llvm::all_of(perAxis.getZeroPoints(),
                      [](int64_t zeroPoint) { return zeroPoint == 0; });
}

/// The overflow proof: whatever the order of accumulation, no psum of a filter
/// leaves `bits`, since sum |w| * max |x| < 2^(bits - 1).
static bool keepsPsumsWithin(int64_t bits, quant::QuantizedType input,
                             ElementsAttr filter) {
  auto weights = nn::IntegerElements::of(filter);
  if (!weights)
    return false;
  int64_t most = std::max(std::abs(input.getStorageTypeMin()),
                          std::abs(input.getStorageTypeMax()));
  int64_t filters = filter.getShapedType().getDimSize(0);
  int64_t words = int64_t(weights->size()) / filters;
  for (int64_t m = 0; m < filters; ++m) {
    int64_t sum = 0;
    for (int64_t k = m * words; k < (m + 1) * words; ++k)
      sum += std::abs((*weights)[k]);
    if (sum * most >= int64_t(1) << (bits - 1))
      return false;
  }
  return true;
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

struct NNToRS : ::rowlock::impl::NNToRSBase<NNToRS> {
  void runOnOperation() override {
    rs::TargetAttr target = rs::getTarget(getOperation());
    if (!target) {
      getOperation().emitError("the module has no rs.target");
      return signalPassFailure();
    }
    spec = target.getSpec();
    SmallVector<Operation *> layers;
    getOperation().walk([&](Operation *op) {
      if (isa<nn::Conv2DOp, nn::FullyConnectedOp>(op))
        layers.push_back(op);
    });
    IRRewriter rewriter(&getContext());
    nn::NameDeriver derive(getOperation());
    for (Operation *op : layers) {
      rewriter.setInsertionPoint(op);
      if (auto conv = dyn_cast<nn::Conv2DOp>(op))
        convert(conv, rewriter);
      else
        convert(cast<nn::FullyConnectedOp>(op), derive, rewriter);
    }
  }

  void convert(nn::Conv2DOp op, IRRewriter &rewriter);
  /// The convolution keeps the layer's name; reshapes around it may go.
  void convert(nn::FullyConnectedOp op, nn::NameDeriver &derive,
               IRRewriter &rewriter);

  /// What the array's arithmetic can do, sizes aside.
  bool hasNativeTypes(Value input, Value filter, Value bias, Value result,
                      IntegerAttr productShift);
  /// The convolution on the array, or null if it is not native.
  rs::Conv2DOp create(const Candidate &candidate, Location loc,
                      IRRewriter &rewriter);

  TargetSpec spec;
};

} // namespace

bool NNToRS::hasNativeTypes(Value input, Value filter, Value bias, Value result,
                            IntegerAttr productShift) {
  quant::QuantizedType types[] = {quantizedType(input), quantizedType(filter),
                                  quantizedType(result)};
  if (!types[0] || !types[1] || !types[2] || !types[1].isSigned() ||
      !isSymmetric(types[1]) || !isa<quant::UniformQuantizedType>(types[0]) ||
      !isa<quant::UniformQuantizedType>(types[2]))
    return false;
  if (!nn::getConstant(filter) || (bias && !nn::getConstant(bias)))
    return false;
  if (spec.isFixed16() != bool(productShift))
    return false;
  for (quant::QuantizedType type : types)
    if (type.getStorageTypeIntegralWidth() > 16)
      return false;
  if (productShift)
    return types[2].getStorageTypeMax() == 32767 &&
           (types[2].getStorageTypeMin() == 0 ||
            types[2].getStorageTypeMin() == -32768);
  // Operands of 16 bits are signed.
  bool wide = types[0].getStorageTypeIntegralWidth() > 8;
  return (!wide || types[0].isSigned()) &&
         keepsPsumsWithin(spec.psum_bits, types[0], nn::getConstant(filter));
}

rs::Conv2DOp NNToRS::create(const Candidate &candidate, Location loc,
                            IRRewriter &rewriter) {
  auto conv = rs::Conv2DOp::create(
      rewriter, loc, candidate.result, candidate.input, candidate.filter,
      candidate.bias, rewriter.getDenseI64ArrayAttr(candidate.strides),
      rewriter.getDenseI64ArrayAttr(candidate.pads),
      rewriter.getI64IntegerAttr(candidate.groups), candidate.rescale,
      candidate.productShift,
      rewriter.getDenseI64ArrayAttr(candidate.dilations),
      rs::MappingAttrInterface(), ArrayAttr());
  if (partsOf(rs::getShape(conv, spec), spec)) {
    ++converted;
    return conv;
  }
  rewriter.eraseOp(conv);
  return {};
}

void NNToRS::convert(nn::Conv2DOp op, IRRewriter &rewriter) {
  if (!hasNativeTypes(op.getInput(), op.getFilter(), op.getBias(),
                      op.getResult(), op.getProductShiftAttr()))
    return;
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
  if (rs::Conv2DOp conv = create(candidate, op.getLoc(), rewriter))
    rewriter.replaceOp(op, conv);
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

void NNToRS::convert(nn::FullyConnectedOp op, nn::NameDeriver &derive,
                     IRRewriter &rewriter) {
  if (!hasNativeTypes(op.getInput(), op.getFilter(), op.getBias(),
                      op.getResult(), op.getProductShiftAttr()) ||
      !isa<DenseElementsAttr>(nn::getConstant(op.getFilter())))
    return;
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
    if (rs::Conv2DOp conv = create(candidate, op.getLoc(), rewriter)) {
      rewriter.replaceOp(op,
                         nn::ReshapeOp::create(rewriter, result, op.getType(),
                                               conv.getResult()));
      return;
    }
    while (op->getPrevNode() != before)
      rewriter.eraseOp(op->getPrevNode());
  }
}
