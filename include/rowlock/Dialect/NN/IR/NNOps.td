//===- NNOps.td - Operations of the nn dialect -------------*- tablegen -*-===//
#ifndef ROWLOCK_DIALECT_NN_IR_NNOPS_TD
#define ROWLOCK_DIALECT_NN_IR_NNOPS_TD

include "rowlock/Dialect/NN/IR/NNDialect.td"
include "mlir/Interfaces/SideEffectInterfaces.td"

class NN_Op<string mnemonic, list<Trait> traits = []>
    : Op<NN_Dialect, mnemonic, !listconcat([Pure], traits)>;

def NN_Tensor : Type<
    And<[CPred<"::llvm::isa<::mlir::RankedTensorType>($_self)">,
         CPred<"::llvm::cast<::mlir::RankedTensorType>($_self).hasStaticShape()">,
         CPred<"::rowlock::nn::isBounded(::llvm::cast<::mlir::RankedTensorType>($_self).getShape())">]>,
    "ranked tensor of static shape, of at most 2^31 elements",
    "::mlir::RankedTensorType">;

defvar NN_Format =
  "operands attr-dict `:` functional-type(operands, results)";

def NN_ConstantOp : NN_Op<"constant", [ConstantLike]> {
  let summary = "A tensor known at compile time";
  let description = [{
    `value` holds the elements; for a quantised result their storage integers.

    C1: the value's shape is the result's.
    C2: the value's element type is the result's, or its storage type.

    ```mlir
    %w = nn.constant dense<[1, -2]> : tensor<2xi8> -> tensor<2x!quant.uniform<i8:f32, 0.5>>
    ```
  }];
  let arguments = (ins ElementsAttr:$value);
  let results = (outs NN_Tensor:$result);
  let assemblyFormat = "$value `->` type($result) attr-dict";
  let hasVerifier = 1;
  let hasFolder = 1;
}

def NN_Conv2DOp : NN_Op<"conv2d"> {
  let summary = "Two-dimensional convolution (ONNX Conv)";
  let description = [{
    `input` N x C x H x W, `filter` M x C/groups x R x S, `bias` M, result
    N x M x E x F. `pads` are top, left, bottom, right; padded elements are the
    input's real zero. Quantised: psum = sum of (x - zx) * (w - zw) over the
    window, plus bias (i32), rescaled, plus the output zero point, clamped to
    the storage range of the result. `product_shift` marks 16-bit fixed point:
    products are cut to the low 16 bits of (w * x) >> product_shift, psums and
    the bias (i16) add modulo 2^16, and the psum is clamped to the result's
    storage range; there is no `rescale` then.

    C1: input and filter have rank 4; the result has rank 4.
    C2: strides, dilations have 2 entries of at least 1; pads 4 of at least 0.
    C3: groups divides channels and filters, and the filter has C / groups channels.
    C4: bias, where there is one, has shape M.
    C5: the result's shape is the inferred one and has no size below 1.
    C6: a quantised layer has `rescale` (1 or M entries) or `product_shift`
        (0 to 16), not both; a float layer has neither.
    C7: `activation` stands on float layers only.
    C8: input, filter and result are all f32 or all quantised; the bias is f32
        in a float layer, else integer or quantised.
  }];
  let arguments = (ins NN_Tensor:$input, NN_Tensor:$filter,
    Optional<NN_Tensor>:$bias,
    DefaultValuedAttr<DenseI64ArrayAttr, "{1, 1}">:$strides,
    DefaultValuedAttr<DenseI64ArrayAttr, "{0, 0, 0, 0}">:$pads,
    DefaultValuedAttr<DenseI64ArrayAttr, "{1, 1}">:$dilations,
    DefaultValuedAttr<I64Attr, "1">:$groups,
    OptionalAttr<NN_ClipAttr>:$activation,
    OptionalAttr<NN_RescaleAttr>:$rescale,
    OptionalAttr<I64Attr>:$product_shift);
  let results = (outs NN_Tensor:$result);
  let assemblyFormat = NN_Format;
  let hasVerifier = 1;
}

def NN_FullyConnectedOp : NN_Op<"fully_connected"> {
  let summary = "Fully connected layer (ONNX Gemm, MatMul by a constant)";
  let description = [{
    `input` N x C, `filter` M x C, `bias` M, result N x M: result = input *
    filter^T + bias. Quantised as in `nn.conv2d`.

    C1: input and filter have rank 2 and the same second size.
    C2: bias, where there is one, has shape M; the result is N x M.
    C3: `rescale`, `product_shift` and `activation` as in nn.conv2d, C6 and C7,
        element types as in C8.
  }];
  let arguments = (ins NN_Tensor:$input, NN_Tensor:$filter,
    Optional<NN_Tensor>:$bias, OptionalAttr<NN_ClipAttr>:$activation,
    OptionalAttr<NN_RescaleAttr>:$rescale,
    OptionalAttr<I64Attr>:$product_shift);
  let results = (outs NN_Tensor:$result);
  let assemblyFormat = NN_Format;
  let hasVerifier = 1;
}

def NN_MatMulOp : NN_Op<"matmul"> {
  let summary = "Matrix product (ONNX MatMul)";
  let description = [{
    C1: lhs ... x N x C, rhs ... x C x M, result ... x N x M, all f32; the
        leading dimensions broadcast (numpy).
  }];
  let arguments = (ins NN_Tensor:$lhs, NN_Tensor:$rhs);
  let results = (outs NN_Tensor:$result);
  let assemblyFormat = NN_Format;
  let hasVerifier = 1;
  let hasCanonicalizer = 1;
}

class NN_PoolOp<string mnemonic> : NN_Op<mnemonic> {
  let results = (outs NN_Tensor:$result);
  let assemblyFormat = NN_Format;
  let hasVerifier = 1;
}

def NN_MaxPool2DOp : NN_PoolOp<"max_pool2d"> {
  let summary = "Maximum over windows (ONNX MaxPool)";
  let description = [{
    Padded elements never win. Quantised: input and result have equal scale and
    zero point.

    C1: rank 4; kernel, strides, dilations of 2 entries of at least 1, pads of
        4 of at least 0, each pad smaller than its (dilated) kernel size.
    C2: the result's shape is the inferred one (`ceil_mode` rounds up, but no
        window starts in the trailing padding).
    C3: input and result have the same element type up to the storage range,
        f32 or quantised.
  }];
  let arguments = (ins NN_Tensor:$input, DenseI64ArrayAttr:$kernel,
    DefaultValuedAttr<DenseI64ArrayAttr, "{1, 1}">:$strides,
    DefaultValuedAttr<DenseI64ArrayAttr, "{0, 0, 0, 0}">:$pads,
    DefaultValuedAttr<DenseI64ArrayAttr, "{1, 1}">:$dilations,
    UnitAttr:$ceil_mode);
}

def NN_AveragePool2DOp : NN_PoolOp<"average_pool2d"> {
  let summary = "Mean over windows (ONNX AveragePool)";
  let description = [{
    The mean is over the window's elements inside the input, or over all, padding
    included, with `count_include_pad` (never over what lies beyond the padding).
    Quantised: the int32 sum of (x - zx), rescaled by entry (count - 1) of
    `rescale`, plus the output zero point, clamped.

    C1, C2: as in nn.max_pool2d.
    C3: quantised pools have `rescale` with R*S entries; float ones, on f32,
        have none.
  }];
  let arguments = (ins NN_Tensor:$input, DenseI64ArrayAttr:$kernel,
    DefaultValuedAttr<DenseI64ArrayAttr, "{1, 1}">:$strides,
    DefaultValuedAttr<DenseI64ArrayAttr, "{0, 0, 0, 0}">:$pads,
    UnitAttr:$ceil_mode, UnitAttr:$count_include_pad,
    OptionalAttr<NN_RescaleAttr>:$rescale);
}

// Not Commutative: canonicalisation would exchange the operands, not the multipliers.
def NN_AddOp : NN_Op<"add"> {
  let summary = "Elementwise sum with broadcasting (ONNX Add)";
  let description = [{
    Quantised: ((a - za) * multipliers[0] + (b - zb) * multipliers[1]) in int32,
    rescaled by the one entry of `rescale`, plus the output zero point, clamped.

    C1: the operands broadcast (numpy) to the result's shape.
    C2: quantised sums have `multipliers` (2 entries from 0 to 2^22) and `rescale` (1 entry);
        float ones, on f32, have neither.
  }];
  let arguments = (ins NN_Tensor:$lhs, NN_Tensor:$rhs,
    OptionalAttr<DenseI64ArrayAttr>:$multipliers,
    OptionalAttr<NN_RescaleAttr>:$rescale,
    OptionalAttr<NN_ClipAttr>:$activation);
  let results = (outs NN_Tensor:$result);
  let assemblyFormat = NN_Format;
  let hasVerifier = 1;
}

def NN_MulOp : NN_Op<"mul", [Commutative]> {
  let summary = "Elementwise product with broadcasting (ONNX Mul)";
  let description = [{
    Quantised: (a - za) * (b - zb), rescaled by the one entry of `rescale`, plus
    the output zero point, clamped.

    C1: the operands broadcast (numpy) to the result's shape.
    C2: quantised products have a `rescale` of one entry; float ones, on f32,
        have none.
  }];
  let arguments = (ins NN_Tensor:$lhs, NN_Tensor:$rhs,
    OptionalAttr<NN_RescaleAttr>:$rescale);
  let results = (outs NN_Tensor:$result);
  let assemblyFormat = NN_Format;
  let hasVerifier = 1;
}

def NN_ConcatOp : NN_Op<"concat"> {
  let summary = "Tensors one behind the other (ONNX Concat)";
  let description = [{
    Quantised: each input is requantised to the result: x - zx, rescaled by the
    input's entry of `rescale`, plus the output zero point, clamped.

    C1: at least one input; axis from 0 to rank - 1.
    C2: all shapes agree but along the axis, where the result's size is the sum.
    C3: quantised tensors have a `rescale` with one entry for each input; others
        have none and are all of one type.
  }];
  let arguments = (ins Variadic<NN_Tensor>:$inputs, I64Attr:$axis,
    OptionalAttr<NN_RescaleAttr>:$rescale);
  let results = (outs NN_Tensor:$result);
  let assemblyFormat = NN_Format;
  let hasVerifier = 1;
}

def NN_TransposeOp : NN_Op<"transpose"> {
  let summary = "Dimensions in another order (ONNX Transpose)";
  let description = [{
    Dimension k of the result is dimension `permutation[k]` of the input.

    C1: `permutation` is one of the input's dimensions.
    C2: the result's shape is the permuted one, its element type the input's.
  }];
  let arguments = (ins NN_Tensor:$input, DenseI64ArrayAttr:$permutation);
  let results = (outs NN_Tensor:$result);
  let assemblyFormat = NN_Format;
  let hasVerifier = 1;
  let hasFolder = 1;
}

class NN_SameShapeOp<string mnemonic> : NN_Op<mnemonic> {
  let results = (outs NN_Tensor:$result);
  let assemblyFormat = NN_Format;
  let hasVerifier = 1;
}

def NN_ClipOp : NN_SameShapeOp<"clip"> {
  let summary = "Clamp (ONNX Relu, Clip)";
  let description = [{
    Float: min(max(x, low), high). Quantised: no `activation`; input and result
    have equal scale and zero point, and the result's storage range clamps.

    C1: result and input have one shape.
    C2: a float clip has `activation`, a quantised one has not.
    C3: input and result are f32, or quantised with one scale and zero point.
  }];
  let arguments = (ins NN_Tensor:$input, OptionalAttr<NN_ClipAttr>:$activation);
}

def NN_ReshapeOp : NN_Op<"reshape"> {
  let summary = "The same elements in another shape (ONNX Reshape, Flatten, ...)";
  let description = [{
    C1: as many elements in the result as in the input.
    C2: the same element type.
  }];
  let arguments = (ins NN_Tensor:$input);
  let results = (outs NN_Tensor:$result);
  let assemblyFormat = NN_Format;
  let hasVerifier = 1;
  let hasCanonicalizer = 1;
  let hasFolder = 1;
}

def NN_BatchNormOp : NN_Op<"batch_norm"> {
  let summary = "Batch normalisation in inference (ONNX BatchNormalization)";
  let description = [{
    (x - mean) / sqrt(variance + epsilon) * scale + bias, per channel
    (dimension 1).

    C1: scale, bias, mean and variance have shape C; all f32; result as input.
  }];
  let arguments = (ins NN_Tensor:$input, NN_Tensor:$scale, NN_Tensor:$bias,
    NN_Tensor:$mean, NN_Tensor:$variance,
    DefaultValuedAttr<F32Attr, "1e-5f">:$epsilon);
  let results = (outs NN_Tensor:$result);
  let assemblyFormat = NN_Format;
  let hasVerifier = 1;
}

def NN_SoftmaxOp : NN_SameShapeOp<"softmax"> {
  let summary = "Softmax along one dimension (ONNX Softmax)";
  let description = [{
    exp(x - max) / sum, computed in the order of docs/numerics.md.

    C1: result and input have one shape, both f32.
    C2: axis from 0 to rank - 1.
  }];
  let arguments = (ins NN_Tensor:$input, I64Attr:$axis);
}

def NN_LRNOp : NN_SameShapeOp<"lrn"> {
  let summary = "Local response normalisation across channels (ONNX LRN)";
  let description = [{
    x / (bias + alpha / size * sum)^beta, where the sum is over the squares of
    the `size` channels around x's, floor((size - 1) / 2) of them before it, as
    far as they exist; in the order of docs/numerics.md.

    C1: result and input have one shape of rank 2 or more, both f32.
    C2: size is at least 1.
  }];
  let arguments = (ins NN_Tensor:$input, I64Attr:$size,
    DefaultValuedAttr<F32Attr, "1e-4f">:$alpha,
    DefaultValuedAttr<F32Attr, "0.75f">:$beta,
    DefaultValuedAttr<F32Attr, "1.0f">:$bias);
}

def NN_QuantizeOp : NN_SameShapeOp<"quantize"> {
  let summary = "Real numbers to integers (ONNX QuantizeLinear)";
  let description = [{
    x / scale in binary32, rounded to nearest, ties to even, plus the zero
    point, clamped to the storage range.

    C1: result and input have one shape; input f32, result quantised.
  }];
  let arguments = (ins NN_Tensor:$input);
}

def NN_DequantizeOp : NN_SameShapeOp<"dequantize"> {
  let summary = "Integers to real numbers (ONNX DequantizeLinear)";
  let description = [{
    (x - zero point) * scale in binary32.

    C1: result and input have one shape; input quantised, result f32.
  }];
  let arguments = (ins NN_Tensor:$input);
}

include "rowlock/Dialect/NN/IR/NNHostOps.td"

#endif // ROWLOCK_DIALECT_NN_IR_NNOPS_TD
