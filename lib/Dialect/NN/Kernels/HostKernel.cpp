//===- HostKernel.cpp - Layers in terms of the kernel set -----------------===//
#include "rowlock/Dialect/NN/Kernels/HostKernel.h"

#include "rowlock/Dialect/NN/IR/HostOperations.h"
#include "rowlock/Dialect/NN/Kernels/AttributeList.h"
#include "rowlock/Numerics/Functions.h"

#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace rowlock;
using namespace rowlock::nn;

std::optional<fb::Kernel> nn::kernelNamed(StringRef name) {
  const char *const *names = fb::EnumNamesKernel();
  for (int kernel = 0; names[kernel]; ++kernel)
    if (name == names[kernel])
      return fb::Kernel(kernel);
  return std::nullopt;
}

std::unique_ptr<fb::AttributeT> nn::programAttribute(NamedAttribute named) {
  auto result = std::make_unique<fb::AttributeT>();
  result->name = named.getName().str();
  if (auto ints = dyn_cast<DenseI64ArrayAttr>(named.getValue()))
    result->ints.assign(ints.asArrayRef().begin(), ints.asArrayRef().end());
  else if (auto reals = dyn_cast<DenseF32ArrayAttr>(named.getValue()))
    result->reals.assign(reals.asArrayRef().begin(), reals.asArrayRef().end());
  else if (auto number = dyn_cast<IntegerAttr>(named.getValue()))
    result->ints.push_back(number.getInt());
  else if (auto real = dyn_cast<FloatAttr>(named.getValue()))
    result->reals.push_back(real.getValueAsDouble());
  else
    return nullptr;
  return result;
}

/// A float parameter where the operation has it.
static void addReal(AttributeList &list, StringRef name,
                    const std::optional<APFloat> &value) {
  if (value)
    list.reals(name, {value->convertToFloat()});
}

/// Operations that are no layers: NNHostOps.td.
static StringRef hostOperation(Operation *op, AttributeList &list) {
  return llvm::TypeSwitch<Operation *, StringRef>(op)
      .Case([&](CastOp cast) {
        if (cast.getSaturate())
          list.ints("saturate", int64_t(1));
        return "Cast";
      })
      .Case([&](UnaryOp unary) {
        list.ints("function", int64_t(*unaryFunction(
                                  std::string_view(unary.getFunction()))));
        addReal(list, "alpha", unary.getAlpha());
        addReal(list, "beta", unary.getBeta());
        return "Unary";
      })
      .Case([&](BinaryOp binary) {
        list.ints("function", int64_t(*binaryFunction(
                                  std::string_view(binary.getFunction()))));
        return "Binary";
      })
      .Case([&](SelectOp) { return "Select"; })
      .Case([&](ReduceOp reduce) {
        list.ints("function", int64_t(*reduceFunction(
                                  std::string_view(reduce.getFunction()))));
        list.ints("axes", reduce.getAxes());
        list.ints("select_last", int64_t(reduce.getSelectLast()));
        return "Reduce";
      })
      .Case([&](CumSumOp sum) {
        list.ints("axis", int64_t(sum.getAxis()));
        list.ints("exclusive", int64_t(sum.getExclusive()));
        list.ints("reverse", int64_t(sum.getReverse()));
        return "CumSum";
      })
      .Case([&](SliceOp slice) {
        list.ints("starts", slice.getStarts());
        list.ints("strides", slice.getStrides());
        return "Slice";
      })
      .Case([&](PadOp pad) {
        list.ints("low", pad.getLow());
        list.ints("high", pad.getHigh());
        list.ints("interior", pad.getInterior());
        list.ints("mode", int64_t(*padMode(pad.getMode())));
        return "Pad";
      })
      .Case([&](BroadcastOp) { return "Broadcast"; })
      .Case([&](GatherOp gather) {
        list.ints("axis", int64_t(gather.getAxis()));
        return "Gather";
      })
      .Case([&](GatherElementsOp gather) {
        list.ints("axis", int64_t(gather.getAxis()));
        return "GatherElements";
      })
      .Case([&](ScatterNDOp scatter) {
        list.ints("reduction",
                  int64_t(*scatterReduction(scatter.getReduction())));
        return "ScatterND";
      })
      .Case([&](ResampleOp resample) {
        list.ints("axis", int64_t(resample.getAxis()));
        return "Resample";
      })
      .Case([&](TopKOp top) {
        list.ints("axis", int64_t(top.getAxis()));
        list.ints("largest", int64_t(top.getLargest()));
        return "TopK";
      })
      .Case([&](NonMaxSuppressionOp suppression) {
        list.ints("most", int64_t(suppression.getMost()));
        list.ints("center_point_box", int64_t(suppression.getCenterPointBox()));
        addReal(list, "iou_threshold", suppression.getIouThreshold());
        addReal(list, "score_threshold", suppression.getScoreThreshold());
        return "NonMaxSuppression";
      })
      .Case([&](TableOp table) {
        list.ints("values", table.getValues());
        return "Table";
      })
      .Case([&](MaxPoolIndices2DOp pool) {
        list.window(pool);
        list.ints("kernel", pool.getKernel());
        list.ints("dilations", pool.getDilations());
        list.ints("column_major", int64_t(pool.getColumnMajor()));
        return "MaxPoolIndices";
      })
      .Default([](Operation *) { return ""; });
}

KernelCall nn::hostKernel(Operation *op) {
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
          .Default([&](Operation *) { return hostOperation(op, list); });
  return {kernel, list.get()};
}
