//===- NNHostOps.td - Operations that only the host runs ---*- tablegen -*-===//
//
// What ONNX's operators decompose into where they are no layers of the array.
// Each is one kernel of docs/spec/kernels.md.
//
//===----------------------------------------------------------------------===//
#ifndef ROWLOCK_DIALECT_NN_IR_NNHOSTOPS_TD
#define ROWLOCK_DIALECT_NN_IR_NNHOSTOPS_TD

class NN_HostOp<string mnemonic> : NN_Op<mnemonic> {
  let results = (outs NN_Tensor:$result);
  let assemblyFormat = NN_Format;
  let hasVerifier = 1;
}

def NN_CastOp : NN_HostOp<"cast"> {
  let summary = "Elements of another type (ONNX Cast)";
  let description = [{
    Floats round to nearest, ties to even; those of 16 and 8 bits come from
    binary32. What exceeds the range of an 8-bit float becomes its infinity, or
    NaN where it has none, or with `saturate` its greatest value. A float
    becomes an integer by truncation, saturated at the type's range, NaN as 0;
    integers wrap. As i1, whatever is not zero is true.

    C1: result and input have one shape.
    C2: at most one is quantised; the other then has the elements of its storage
        type, and the integers are the same.
    C3: only 8-bit floats are saturated.
  }];
  let arguments = (ins NN_Tensor:$input, UnitAttr:$saturate);
  let hasFolder = 1;
}

def NN_UnaryOp : NN_HostOp<"unary"> {
  let summary = "A function of each element";
  let description = [{
    `function` is a name of include/rowlock/Numerics/Functions.def; `alpha` and
    `beta` are its parameters, where it has any. docs/numerics.md defines each
    function on binary32; 16-bit floats are computed in binary32 and f64 in
    binary64.

    C1: result and input have one type, which is not quantised.
    C2: the function exists and takes elements of the type: `not` i1; abs, neg
        and sign any number; all others floats.
  }];
  let arguments = (ins NN_Tensor:$input, StrAttr:$function,
    OptionalAttr<F32Attr>:$alpha, OptionalAttr<F32Attr>:$beta);
}

def NN_BinaryOp : NN_HostOp<"binary"> {
  let summary = "A function of two elements, with broadcasting";
  let description = [{
    `function` is a name of include/rowlock/Numerics/Functions.def. Integers
    wrap; their quotient is truncated, and 0 where the divisor is 0. `mod` has
    the sign of the divisor, `fmod` that of the dividend. `prelu` is x where
    x >= 0, else x * slope.

    C1: the operands have one element type, which is not quantised, and
        broadcast (numpy) to the result's shape.
    C2: comparisons (equal, greater, ...) give i1, others the operands' type.
    C3: the function exists; and, or and xor take i1 only; arithmetic and order
        no i1.
  }];
  let arguments = (ins NN_Tensor:$lhs, NN_Tensor:$rhs, StrAttr:$function);
}

def NN_SelectOp : NN_HostOp<"select"> {
  let summary = "One of two elements (ONNX Where)";
  let description = [{
    C1: the condition is i1; the operands broadcast (numpy) to the result's
        shape.
    C2: both values and the result have one element type, not quantised.
  }];
  let arguments = (ins NN_Tensor:$condition, NN_Tensor:$lhs, NN_Tensor:$rhs);
}

def NN_ReduceOp : NN_HostOp<"reduce"> {
  let summary = "One element for all along some dimensions";
  let description = [{
    `function` is sum, prod, max, min, arg_max or arg_min; elements are taken in
    row-major order, one after the other. Of no elements, sum is 0, prod 1, max
    the least and min the greatest value of the type (infinite for floats). For
    arg_max and arg_min, the first of equal elements counts, or the last with
    `select_last`. NaN wins max and min.

    C1: axes rise strictly and are dimensions of the input; arg_max and arg_min
        have one, of a size of at least 1.
    C2: the result has size 1 along the axes, else the input's sizes.
    C3: the result's elements are the input's, i64 for arg_max and arg_min;
        none is quantised, and sum and prod take no i1.
  }];
  let arguments = (ins NN_Tensor:$input, StrAttr:$function,
    DenseI64ArrayAttr:$axes, UnitAttr:$select_last);
}

def NN_CumSumOp : NN_HostOp<"cumsum"> {
  let summary = "Running sums along a dimension (ONNX CumSum)";
  let description = [{
    Element k is the sum of the elements up to k, without k's own if
    `exclusive`; from the end on if `reverse`.

    C1: result and input have one type, a number that is not quantised.
    C2: axis from 0 to rank - 1.
  }];
  let arguments = (ins NN_Tensor:$input, I64Attr:$axis, UnitAttr:$exclusive,
    UnitAttr:$reverse);
}

def NN_SliceOp : NN_HostOp<"slice"> {
  let summary = "Elements at even distances (ONNX Slice)";
  let description = [{
    Element k along dimension d is element starts[d] + k * strides[d] of the
    input.

    C1: one start and one stride, not 0, for each dimension; the result has the
        input's rank and element type.
    C2: all elements lie in the input.
  }];
  let arguments = (ins NN_Tensor:$input, DenseI64ArrayAttr:$starts,
    DenseI64ArrayAttr:$strides);
  let hasFolder = 1;
}

def NN_PadOp : NN_HostOp<"pad"> {
  let summary = "More or fewer elements around and between (ONNX Pad)";
  let description = [{
    Along dimension d: low[d] elements before, interior[d] between neighbours,
    high[d] behind; negative ones before and behind remove elements. In mode
    `constant` new elements are `value`, or 0; `reflect` mirrors at the outer
    elements without repeating them, `edge` repeats them, `wrap` goes on at the
    other end.

    C1: low, high and interior have one entry for each dimension; interior is
        not negative, and 0 except in mode constant.
    C2: the result has the input's element type and along d the size
        size + (size - 1) * interior + low + high (without interior for size 0).
    C3: the value, in mode constant only, has rank 0 and the input's type.
    C4: mode reflect has low and high below the size; no mode but constant pads
        a dimension of size 0.
  }];
  let arguments = (ins NN_Tensor:$input, Optional<NN_Tensor>:$value,
    DenseI64ArrayAttr:$low, DenseI64ArrayAttr:$high,
    DenseI64ArrayAttr:$interior, StrAttr:$mode);
}

def NN_BroadcastOp : NN_HostOp<"broadcast"> {
  let summary = "Elements repeated along dimensions (ONNX Expand)";
  let description = [{
    C1: the input broadcasts (numpy) to the result's shape.
    C2: the element types are equal.
  }];
  let arguments = (ins NN_Tensor:$input);
  let hasFolder = 1;
}

def NN_GatherOp : NN_HostOp<"gather"> {
  let summary = "Lines of a tensor by their indices (ONNX Gather)";
  let description = [{
    Negative indices count from the end; an index outside is the nearest valid
    one.

    C1: axis from 0 to rank - 1, of a size of at least 1 unless there are no
        indices.
    C2: the indices are i32 or i64.
    C3: the result's shape is the input's with the indices' shape in place of
        dimension `axis`; its elements are the input's.
  }];
  let arguments = (ins NN_Tensor:$input, NN_Tensor:$indices, I64Attr:$axis);
}

def NN_GatherElementsOp : NN_HostOp<"gather_elements"> {
  let summary = "Elements by their index along a dimension (ONNX GatherElements)";
  let description = [{
    Element (i, j, k) of the result, for axis 1, is element (i, indices[i,j,k],
    k) of the input. Indices as in nn.gather.

    C1: axis from 0 to rank - 1, of a size of at least 1 unless there are no
        indices.
    C2: the indices are i32 or i64, of the input's rank, and no larger than it
        but along the axis.
    C3: the result has the indices' shape and the input's elements.
  }];
  let arguments = (ins NN_Tensor:$input, NN_Tensor:$indices, I64Attr:$axis);
}

def NN_ScatterNDOp : NN_HostOp<"scatter_nd"> {
  let summary = "A tensor with some slices replaced (ONNX ScatterND)";
  let description = [{
    For each index vector, in order, the slice of the result at the vector takes
    the update (`reduction` none), or its sum, product, greatest or least with it
    (add, mul, max, min). Indices as in nn.gather.

    C1: the indices are i64 of rank q of at least 1 and last size k of at most
        the input's rank; the updates have shape indices[:q-1] + input[k:].
    C2: input, updates and result have one element type, not quantised; result
        and input have one shape, of no size 0 among the first k unless there
        are no updates.
    C3: reduction is none, add, mul, max or min; i1 has none only.
  }];
  let arguments = (ins NN_Tensor:$input, NN_Tensor:$indices,
    NN_Tensor:$updates, StrAttr:$reduction);
}

def NN_ResampleOp : NN_HostOp<"resample"> {
  let summary = "Weighted sums of lines along a dimension (ONNX Resize)";
  let description = [{
    Line i of the result is the sum over k, in order, of weights[i, k] times line
    indices[i, k] of the input.

    C1: axis from 0 to rank - 1.
    C2: indices (i64) and weights (f32) are constants of one shape L x K, K at
        least 1; the indices are lines of the input.
    C3: input and result are f32; the result has the input's shape with size L
        along the axis.
  }];
  let arguments = (ins NN_Tensor:$input, NN_Tensor:$indices,
    NN_Tensor:$weights, I64Attr:$axis);
}

def NN_TopKOp : NN_HostOp<"top_k"> {
  let summary = "Indices of the greatest elements (ONNX TopK)";
  let description = [{
    The indices along `axis` of the greatest (with `largest`, else the least)
    elements, best first, the lower index first among equal ones. NaN is
    greater than every number.

    C1: axis from 0 to rank - 1.
    C2: the result is i64 with the input's shape but along the axis, where it is
        no larger.
    C3: the input is not quantised and not i1.
  }];
  let arguments = (ins NN_Tensor:$input, I64Attr:$axis, UnitAttr:$largest);
}

def NN_NonMaxSuppressionOp : NN_HostOp<"non_max_suppression"> {
  let summary = "Boxes that no better one overlaps (ONNX NonMaxSuppression)";
  let description = [{
    For each batch and class, boxes in falling order of their score, the lower
    index first among equal ones: a box is taken if its score is above
    `score_threshold` (where given) and its intersection over union with no box
    taken before exceeds `iou_threshold`, up to `most` boxes. Boxes are two
    opposite corners (y, x, y, x), or with `center_point_box` (x, y, width,
    height). Rows of the result are (batch, class, box), in that order of
    batches and classes; rows that are left hold -1.

    C1: boxes are f32 of shape B x S x 4, scores f32 of shape B x C x S.
    C2: the result is i64 of shape N x 3.
    C3: `most` is not negative.
  }];
  let arguments = (ins NN_Tensor:$boxes, NN_Tensor:$scores, I64Attr:$most,
    F32Attr:$iou_threshold, OptionalAttr<F32Attr>:$score_threshold,
    UnitAttr:$center_point_box);
}

def NN_TableOp : NN_HostOp<"table"> {
  let summary = "A function of 8-bit integers by its values";
  let description = [{
    Element x becomes values[x - least], where least is the least integer of the
    input's storage type.

    C1: result and input have one shape and are quantised per tensor in 8 bits.
    C2: 256 values, all in the result's storage range.
  }];
  let arguments = (ins NN_Tensor:$input, DenseI64ArrayAttr:$values);
}

def NN_MaxPoolIndices2DOp : NN_HostOp<"max_pool_indices2d"> {
  let summary = "Where the maxima of windows are (second result of ONNX MaxPool)";
  let description = [{
    The index of the maximum in the whole input, flattened in row-major order,
    or with `column_major` with rows running fastest inside a feature map. The
    first of equal elements counts; NaN never wins.

    C1, C2: as in nn.max_pool2d.
    C3: the input is f32 and the result i64.
  }];
  let arguments = (ins NN_Tensor:$input, DenseI64ArrayAttr:$kernel,
    DefaultValuedAttr<DenseI64ArrayAttr, "{1, 1}">:$strides,
    DefaultValuedAttr<DenseI64ArrayAttr, "{0, 0, 0, 0}">:$pads,
    DefaultValuedAttr<DenseI64ArrayAttr, "{1, 1}">:$dilations,
    UnitAttr:$ceil_mode, UnitAttr:$column_major);
}

#endif // ROWLOCK_DIALECT_NN_IR_NNHOSTOPS_TD
