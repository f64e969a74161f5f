//===- AttributeList.h - Attributes of kernels ------------------*- C++ -*-===//
#ifndef ROWLOCK_DIALECT_NN_KERNELS_ATTRIBUTELIST_H
#define ROWLOCK_DIALECT_NN_KERNELS_ATTRIBUTELIST_H

#include "rowlock/Dialect/NN/IR/NN.h"

#include "mlir/IR/Builders.h"

namespace rowlock::nn {

/// Collects attributes as docs/spec/kernels.md names them.
class AttributeList {
public:
  explicit AttributeList(mlir::MLIRContext *context) : builder(context) {}

  void ints(llvm::StringRef name, llvm::ArrayRef<int64_t> values) {
    list.set(name, builder.getDenseI64ArrayAttr(values));
  }
  void reals(llvm::StringRef name, llvm::ArrayRef<float> values) {
    list.set(name, builder.getDenseF32ArrayAttr(values));
  }
  void rescale(RescaleAttr rescale) {
    if (!rescale)
      return;
    ints("rescale_multipliers", rescale.getMultipliers());
    ints("rescale_shifts", rescale.getShifts());
  }
  /// The clip of a float layer.
  void activation(ClipAttr clip) {
    if (clip)
      reals("clip",
            {clip.getLow().convertToFloat(), clip.getHigh().convertToFloat()});
  }
  /// Zero points of operands and result, the clip in output integers.
  void quantisation(mlir::Operation *op) {
    auto result = quantized(op->getResult(0));
    if (!result)
      return;
    llvm::SmallVector<int64_t> zeroPoints;
    for (mlir::Value operand : op->getOperands())
      if (auto type = quantized(operand))
        zeroPoints.push_back(zeroPoint(type));
    ints("input_zero_points", zeroPoints);
    ints("output_zero_point", zeroPoint(result));
    ints("clip_low", result.getStorageTypeMin());
    ints("clip_high", result.getStorageTypeMax());
  }
  /// Scales and zero points of the indices of a dimension, where a tensor has
  /// them.
  void grid(mlir::Value integers) {
    auto type =
        llvm::dyn_cast_or_null<mlir::quant::UniformQuantizedPerAxisType>(
            quantized(integers));
    if (!type)
      return;
    ints("axis", int64_t(type.getQuantizedDimension()));
    reals("scales", llvm::SmallVector<float>(type.getScales()));
    ints("zero_points", type.getZeroPoints());
  }
  template <typename Op> void window(Op op) {
    ints("strides", op.getStrides());
    ints("pads", op.getPads());
  }
  mlir::DictionaryAttr get() {
    return list.getDictionary(builder.getContext());
  }

private:
  static mlir::quant::QuantizedType quantized(mlir::Value value) {
    return llvm::dyn_cast<mlir::quant::QuantizedType>(
        llvm::cast<mlir::ShapedType>(value.getType()).getElementType());
  }
  static int64_t zeroPoint(mlir::quant::QuantizedType type) {
    if (auto uniform = llvm::dyn_cast<mlir::quant::UniformQuantizedType>(type))
      return uniform.getZeroPoint();
    return llvm::cast<mlir::quant::UniformQuantizedPerAxisType>(type)
        .getZeroPoints()[0];
  }

  mlir::Builder builder;
  mlir::NamedAttrList list;
};

} // namespace rowlock::nn

#endif // ROWLOCK_DIALECT_NN_KERNELS_ATTRIBUTELIST_H
