//===- RandomLayer.cpp - Random quantised convolutions --------------------===//
#include "RandomLayer.h"

#include "rowlock/Dialect/NN/IR/ConstantData.h"
#include "rowlock/Dialect/NN/IR/NN.h"
#include "rowlock/Dialect/RS/IR/RS.h"

#include <algorithm>
#include <cmath>

using namespace mlir;
using namespace rowlock;

static quant::UniformQuantizedType makeType(MLIRContext *context, bool isSigned,
                                            unsigned bits, int64_t zeroPoint,
                                            int64_t low, int64_t high) {
  return quant::UniformQuantizedType::get(
      isSigned ? quant::QuantizationFlags::Signed : 0,
      IntegerType::get(context, bits), Float32Type::get(context), 0.5,
      zeroPoint, low, high);
}

namespace {

/// Types and greatest weight of a layer whose psums fit.
struct Arithmetic {
  quant::UniformQuantizedType input, filter, result;
  int64_t weight;
};

} // namespace

static Arithmetic fixedArithmetic(MLIRContext *context, RandomProblem &random) {
  auto full = makeType(context, true, 16, 0, -32768, 32767);
  auto relu = makeType(context, true, 16, 0, 0, 32767);
  return {full, full, random.number(0, 1) ? full : relu, 32767};
}

static Arithmetic intArithmetic(MLIRContext *context, const LayerShape &layer,
                                const TargetSpec &target,
                                RandomProblem &random) {
  int64_t words = layer.channels * layer.filterHeight * layer.filterWidth;
  int64_t bound = (int64_t(1) << (target.psum_bits - 1)) - 1;
  Arithmetic result;
  bool isSigned = random.number(0, 1);
  int64_t most = isSigned ? 128 : 255;
  if (layer.mode16) {
    most = std::min<int64_t>(32767, bound / (words * 3));
    result.input = makeType(context, true, 16, 0, -most, most);
    most = std::max<int64_t>(most, 1);
  } else {
    int64_t low = isSigned ? -128 : 0, high = isSigned ? 127 : 255;
    int64_t zero = random.number(0, 2) ? 0 : random.number(low, high);
    result.input = makeType(context, isSigned, 8, zero, low, high);
  }
  int64_t widest = layer.mode16 ? 32767 : 127;
  result.weight = std::min(widest, bound / (words * most));
  result.filter =
      makeType(context, true, layer.mode16 ? 16 : 8, 0, -widest, widest);
  bool outSigned = random.number(0, 1);
  unsigned bits = random.number(0, 1) ? 8 : 16;
  int64_t least = outSigned ? -(int64_t(1) << (bits - 1)) : 0;
  int64_t greatest = least + (int64_t(1) << bits) - 1;
  int64_t zero = random.number(0, 2) ? 0 : random.number(least, greatest);
  int64_t low =
      random.number(0, 1) ? least : random.number(least, greatest - 1);
  int64_t high =
      random.number(0, 1) ? greatest : random.number(low + 1, greatest);
  result.result = makeType(context, outSigned, bits, zero, low, high);
  return result;
}

namespace {

/// The greatest bias, and the shift of all filters; 0: random ones.
struct Spread {
  int64_t bias = 1 << 20, shift = 0;
};

} // namespace

/// The deviation of a psum of uniform operands spreads over half of the
/// result's range.
static Spread spreadOf(const LayerShape &layer, const Arithmetic &types) {
  double words =
      double(layer.channels * layer.filterHeight * layer.filterWidth);
  double psum = std::sqrt(words) * double(types.weight) *
                double(types.input.getStorageTypeMax()) / 3;
  double range = double(types.result.getStorageTypeMax()) -
                 double(types.result.getStorageTypeMin());
  return {int64_t(psum),
          25 + int64_t(std::lround(std::log2(psum / range * 3)))};
}

static quant::UniformQuantizedType fullRange(quant::UniformQuantizedType type) {
  int64_t values = int64_t(1) << type.getStorageTypeIntegralWidth();
  int64_t low = type.isSigned() ? -values / 2 : 0;
  return makeType(type.getContext(), type.isSigned(),
                  type.getStorageTypeIntegralWidth(), type.getZeroPoint(), low,
                  low + values - 1);
}

RefTensor rowlock::randomTensor(RankedTensorType type, RandomProblem &random) {
  auto element = cast<quant::QuantizedType>(type.getElementType());
  RefTensor tensor;
  tensor.type = type;
  for (int64_t k = 0; k < type.getNumElements(); ++k)
    tensor.integers.push_back(random.number(element.getStorageTypeMin(),
                                            element.getStorageTypeMax()));
  return tensor;
}

static Value makeConstant(OpBuilder &builder, RankedTensorType type,
                          int64_t most, RandomProblem &random) {
  std::vector<int64_t> values;
  for (int64_t k = 0; k < type.getNumElements(); ++k)
    values.push_back(random.number(-most, most));
  Type storage = type.getElementType();
  if (auto quantized = dyn_cast<quant::QuantizedType>(storage))
    storage = quantized.getStorageType();
  return nn::ConstantOp::create(
      builder, builder.getUnknownLoc(), type,
      nn::makeIntegers(RankedTensorType::get(type.getShape(), storage),
                       values));
}

OwningOpRef<ModuleOp> rowlock::randomLayer(MLIRContext *context,
                                           const ConvShape &shape,
                                           const TargetSpec &target,
                                           RandomProblem &random, bool spread) {
  const LayerShape &layer = shape.layer;
  bool fixed = target.isFixed16();
  Arithmetic types = fixed ? fixedArithmetic(context, random)
                           : intArithmetic(context, layer, target, random);
  Spread outputs;
  if (spread && !fixed) {
    types.result = fullRange(types.result);
    outputs = spreadOf(layer, types);
  }
  OpBuilder builder(context);
  Location loc = builder.getUnknownLoc();
  OwningOpRef<ModuleOp> module = ModuleOp::create(loc);
  (*module)->setAttr(rs::kTargetAttrName, rs::TargetAttr::get(context, target));

  // Pads come out of the layer's height and width.
  auto pad = [&](int64_t size, int64_t kernel) {
    int64_t before = random.number(0, std::min(size - 1, kernel - 1));
    int64_t after = random.number(0, std::min(size - 1 - before, kernel - 1));
    return std::make_pair(before, after);
  };
  auto [top, bottom] = pad(layer.height, layer.filterHeight);
  auto [left, right] = pad(layer.width, layer.filterWidth);
  auto input = RankedTensorType::get(
      {layer.batch, layer.groups * layer.channels, layer.height - top - bottom,
       layer.width - left - right},
      types.input);
  auto result = RankedTensorType::get(
      {layer.batch, layer.filters, shape.ofmapHeight(), shape.ofmapWidth()},
      types.result);
  builder.setInsertionPointToEnd(module->getBody());
  auto main = func::FuncOp::create(builder, loc, "main",
                                   builder.getFunctionType({input}, {result}));
  builder.setInsertionPointToEnd(main.addEntryBlock());
  Value filter = makeConstant(
      builder,
      RankedTensorType::get({layer.filters, layer.channels, layer.filterHeight,
                             layer.filterWidth},
                            types.filter),
      types.weight, random);
  auto biasType = RankedTensorType::get(
      {layer.filters}, builder.getIntegerType(fixed ? 16 : 32));
  Value bias =
      makeConstant(builder, biasType, fixed ? 32767 : outputs.bias, random);
  SmallVector<int64_t> multipliers, shifts;
  for (int64_t m = 0; m < layer.filters; ++m) {
    multipliers.push_back(
        random.number(int64_t(1) << 25, (int64_t(1) << 26) - 1));
    if (outputs.shift)
      shifts.push_back(outputs.shift);
    else
      shifts.push_back(random.number(0, 9) ? random.number(26, 40)
                                           : random.number(2, 62));
  }
  auto conv = nn::Conv2DOp::create(
      builder, loc, result, main.getArgument(0), filter, bias,
      builder.getDenseI64ArrayAttr({layer.strideY, layer.strideX}),
      builder.getDenseI64ArrayAttr({top, left, bottom, right}),
      builder.getDenseI64ArrayAttr({shape.dilationY, shape.dilationX}),
      builder.getI64IntegerAttr(layer.groups), nn::ClipAttr(),
      fixed ? nn::RescaleAttr()
            : nn::RescaleAttr::get(context, multipliers, shifts),
      fixed ? builder.getI64IntegerAttr(random.number(0, 16)) : IntegerAttr());
  func::ReturnOp::create(builder, loc, conv.getResult());
  return module;
}
