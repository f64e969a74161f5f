//===- KernelAttributes.cpp - Layers in terms of the kernel set -----------===//
#include "KernelAttributes.h"

#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace rowlock;
using namespace rowlock::rs;

namespace {

/// Collects attributes as docs/spec/kernels.md names them.
class AttributeList {
public:
  explicit AttributeList(MLIRContext *context) : builder(context) {}

  void ints(StringRef name, ArrayRef<int64_t> values) {
    list.set(name, builder.getDenseI64ArrayAttr(values));
  }
  void reals(StringRef name, ArrayRef<float> values) {
    list.set(name, builder.getDenseF32ArrayAttr(values));
  }
  void rescale(nn::RescaleAttr rescale) {
    if (!rescale)
      return;
    ints("rescale_multipliers", rescale.getMultipliers());
    ints("rescale_shifts", rescale.getShifts());
  }
  /// The clip of a float layer.
  void activation(nn::ClipAttr clip) {
    if (clip)
      reals("clip",
            {clip.getLow().convertToFloat(), clip.getHigh().convertToFloat()});
  }
  /// Zero points of operands and result, the clip in output integers.
  void quantisation(Operation *op) {
    auto result = quantized(op->getResult(0));
    if (!result)
      return;
    SmallVector<int64_t> zeroPoints;
    for (Value operand : op->getOperands())
      if (auto type = quantized(operand))
        zeroPoints.push_back(zeroPoint(type));
    ints("input_zero_points", zeroPoints);
    ints("output_zero_point", zeroPoint(result));
    ints("clip_low", result.getStorageTypeMin());
    ints("clip_high", result.getStorageTypeMax());
  }
  /// Scales and zero points of the indices of a dimension, where a tensor has
  /// them.
  void grid(Value integers) {
    auto type = dyn_cast_or_null<quant::UniformQuantizedPerAxisType>(
        quantized(integers));
    if (!type)
      return;
    ints("axis", int64_t(type.getQuantizedDimension()));
    reals("scales", SmallVector<float>(type.getScales()));
    ints("zero_points", type.getZeroPoints());
  }
  template <typename Op> void window(Op op) {
    ints("strides", op.getStrides());
    ints("pads", op.getPads());
  }
  DictionaryAttr get() { return list.getDictionary(builder.getContext()); }

private:
  static quant::QuantizedType quantized(Value value) {
    return dyn_cast<quant::QuantizedType>(
        cast<ShapedType>(value.getType()).getElementType());
  }
  static int64_t zeroPoint(quant::QuantizedType type) {
    if (auto uniform = dyn_cast<quant::UniformQuantizedType>(type))
      return uniform.getZeroPoint();
    return cast<quant::UniformQuantizedPerAxisType>(type).getZeroPoints()[0];
  }

  Builder builder;
  NamedAttrList list;
};

} // namespace

KernelCall rs::arrayKernel(Conv2DOp op) {
  AttributeList list(op.getContext());
  list.window(op);
  list.ints("dilations", op.getDilations());
  list.ints("groups", int64_t(op.getGroups()));
  list.rescale(op.getRescaleAttr());
  if (op.getProductShift())
    list.ints("product_shift", int64_t(*op.getProductShift()));
  list.quantisation(op);
  return {"ArrayConv", list.get()};
}

KernelCall rs::hostKernel(Operation *op) {
  AttributeList list(op->getContext());
  llvm::StringRef kernel =
      llvm::TypeSwitch<Operation *, llvm::StringRef>(op)
          .Case([&](nn::Conv2DOp conv) {
            list.window(conv);
            list.ints("dilations", conv.getDilations());
            list.ints("groups", int64_t(conv.getGroups()));
            list.activation(conv.getActivationAttr());
            list.rescale(conv.getRescaleAttr());
            if (conv.getProductShift())
              list.ints("product_shift", int64_t(*conv.getProductShift()));
            list.quantisation(op);
            return "Conv";
          })
          .Case([&](nn::FullyConnectedOp layer) {
            list.ints("transpose_rhs", int64_t(1));
            list.activation(layer.getActivationAttr());
            list.rescale(layer.getRescaleAttr());
            if (layer.getProductShift())
              list.ints("product_shift", int64_t(*layer.getProductShift()));
            list.quantisation(op);
            return "MatMul";
          })
          .Case([&](nn::MatMulOp) { return "MatMul"; })
          .Case([&](nn::MaxPool2DOp pool) {
            list.window(pool);
            list.ints("kernel", pool.getKernel());
            list.ints("dilations", pool.getDilations());
            list.quantisation(op);
            return "MaxPool";
          })
          .Case([&](nn::AveragePool2DOp pool) {
            list.window(pool);
            list.ints("kernel", pool.getKernel());
            list.ints("count_include_pad", int64_t(pool.getCountIncludePad()));
            list.rescale(pool.getRescaleAttr());
            list.quantisation(op);
            return "AveragePool";
          })
          .Case([&](nn::AddOp add) {
            if (auto multipliers = add.getMultipliers())
              list.ints("multipliers", *multipliers);
            list.activation(add.getActivationAttr());
            list.rescale(add.getRescaleAttr());
            list.quantisation(op);
            return "Add";
          })
          .Case([&](nn::MulOp mul) {
            list.rescale(mul.getRescaleAttr());
            list.quantisation(op);
            return "Mul";
          })
          .Case([&](nn::ConcatOp concat) {
            list.ints("axis", int64_t(concat.getAxis()));
            list.rescale(concat.getRescaleAttr());
            list.quantisation(op);
            return "Concat";
          })
          .Case([&](nn::TransposeOp transpose) {
            list.ints("permutation", transpose.getPermutation());
            return "Transpose";
          })
          .Case([&](nn::LRNOp lrn) {
            list.ints("size", int64_t(lrn.getSize()));
            list.reals("factors", {lrn.getAlpha().convertToFloat(),
                                   lrn.getBeta().convertToFloat(),
                                   lrn.getBias().convertToFloat()});
            return "LRN";
          })
          .Case([&](nn::ClipOp clip) {
            list.activation(clip.getActivationAttr());
            list.quantisation(op);
            return "Clip";
          })
          .Case([&](nn::ReshapeOp) { return "Copy"; })
          .Case([&](nn::SoftmaxOp softmax) {
            list.ints("axis", int64_t(softmax.getAxis()));
            return "Softmax";
          })
          .Case([&](nn::QuantizeOp quantize) {
            list.grid(quantize.getResult());
            list.quantisation(op);
            return "Quantize";
          })
          .Case([&](nn::DequantizeOp dequantize) {
            list.grid(dequantize.getInput());
            return "Dequantize";
          })
          .Default([](Operation *) { return ""; });
  return {kernel, list.get()};
}
