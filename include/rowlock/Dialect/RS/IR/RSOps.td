//===- RSOps.td - Operations of the rs dialect -------------*- tablegen -*-===//
#ifndef ROWLOCK_DIALECT_RS_IR_RSOPS_TD
#define ROWLOCK_DIALECT_RS_IR_RSOPS_TD

include "rowlock/Dialect/NN/IR/NNDialect.td"
include "rowlock/Dialect/RS/IR/RSDialect.td"
include "mlir/Interfaces/SideEffectInterfaces.td"
include "mlir/Interfaces/ControlFlowInterfaces.td"
include "mlir/IR/SymbolInterfaces.td"

class RS_Op<string mnemonic, list<Trait> traits = []>
    : Op<RS_Dialect, mnemonic, traits>;

def RS_Tensor : Type<
    And<[CPred<"::llvm::isa<::mlir::RankedTensorType>($_self)">,
         CPred<"::llvm::cast<::mlir::RankedTensorType>($_self).hasStaticShape()">]>,
    "ranked tensor of static shape", "::mlir::RankedTensorType">;

//===----------------------------------------------------------------------===//
// Layer ops
//===----------------------------------------------------------------------===//

def RS_Conv2DOp : RS_Op<"conv2d", [Pure]> {
  let summary = "A quantised convolution that the array runs";
  let description = [{
    Meaning, operands and attributes are nn.conv2d's with quantised types.
    `mapping` says how it runs; a layer beyond the target's native shapes runs
    in parts (`partsOf` of lib/Mapping) and has `part_mappings` instead, one for
    each.

    C1: input, filter and result have rank 4 and are quantised.
    C2: the layer has native parts on the module's target (`partsOf`).
    C3: there is a mapping for each part, and each is legal on the module's
        target (`verify`).
  }];
  let arguments = (ins RS_Tensor:$input, RS_Tensor:$filter,
    Optional<RS_Tensor>:$bias, DenseI64ArrayAttr:$strides,
    DenseI64ArrayAttr:$pads, I64Attr:$groups,
    OptionalAttr<NN_RescaleAttr>:$rescale, OptionalAttr<I64Attr>:$product_shift,
    DefaultValuedAttr<DenseI64ArrayAttr, "{1, 1}">:$dilations,
    OptionalAttr<RS_MappingAttrInterface>:$mapping,
    OptionalAttr<TypedArrayAttrBase<RS_MappingAttrInterface,
                                    "mappings">>:$part_mappings);
  let results = (outs RS_Tensor:$result);
  let assemblyFormat =
    "operands attr-dict `:` functional-type(operands, results)";
  let hasVerifier = 1;
}

def RS_MappingProblemOp : RS_Op<"mapping_problem"> {
  let summary = "A layer to find a mapping for, stated by its sizes";
  let description = [{
    Solvers are tested on it without a model (rs-solve-mapping-problems). Sizes
    are those of a native layer, the ifmap with its padding: `ifmap` = [N, C, H,
    W] with the channels of all groups, `filter` = [M, C, R, S] with those of one.
    `pads` = [top, left, bottom, right]: what of the padding is not stored.
    `ifmap_bytes`, `ofmap_bytes`: of an element in DRAM, if not as wide as an
    operand. `resumes`, `leaves_raw`: psums begin with raw ones or leave raw.
    `objectives` as in `parseObjectives`; `space`: full, chip for that of the
    fabricated chip, or chip-order for its loops with any m. `expected`: the values of the optimum, first objective
    first. A solver adds `mapping`, `values` and `certificate`.

    C1: the sizes make a native layer on the module's target.
    C2: `objectives` are objectives and `space` is a space.
  }];
  let arguments = (ins StrAttr:$name, DenseI64ArrayAttr:$ifmap,
    DenseI64ArrayAttr:$filter,
    DefaultValuedAttr<DenseI64ArrayAttr, "{1, 1}">:$strides,
    DefaultValuedAttr<DenseI64ArrayAttr, "{0, 0, 0, 0}">:$pads,
    UnitAttr:$mode16, OptionalAttr<I64Attr>:$ifmap_bytes,
    OptionalAttr<I64Attr>:$ofmap_bytes, UnitAttr:$resumes,
    UnitAttr:$leaves_raw, DefaultValuedAttr<StrAttr, "\"edp\"">:$objectives,
    DefaultValuedAttr<StrAttr, "\"full\"">:$space,
    OptionalAttr<I64Attr>:$most_dram_bytes,
    OptionalAttr<DenseF64ArrayAttr>:$expected,
    OptionalAttr<RS_MappingAttrInterface>:$mapping,
    OptionalAttr<DenseF64ArrayAttr>:$values,
    OptionalAttr<DictionaryAttr>:$certificate);
  let assemblyFormat = "$name attr-dict";
  let hasVerifier = 1;
  let extraClassDeclaration = [{
    /// The problem on the module's target, or why there is none.
    ::rowlock::Result<::rowlock::MappingProblem> getProblem();
    ::rowlock::MapSpace getMapSpace();
    /// States a layer.
    static MappingProblemOp create(::mlir::OpBuilder &builder,
                                   ::mlir::Location loc, ::llvm::StringRef name,
                                   const ::rowlock::LayerShape &layer,
                                   ::llvm::StringRef objectives);
  }];
}

//===----------------------------------------------------------------------===//
// Buffers, tokens, frames, layers
//===----------------------------------------------------------------------===//

def RS_TensorOp : RS_Op<"tensor"> {
  let summary = "A tensor of the program";
  let description = [{
    `kind` is input, output, intermediate or constant. A constant has a
    `value`. `coded_rows`: run-length coded in blocks of so many rows, -1: of
    planes (rs-code-tensors). rs-allocate-dram sets `address` (bytes in DRAM).
  }];
  let arguments = (ins StrAttr:$name, StrAttr:$kind,
    OptionalAttr<ElementsAttr>:$value, OptionalAttr<I64Attr>:$address,
    OptionalAttr<I64Attr>:$coded_rows);
  let results = (outs RS_Dram:$result);
  let assemblyFormat = "$name $kind attr-dict `:` type($result)";
  let hasVerifier = 1;
}

def RS_TokenOp : RS_Op<"token"> {
  let summary = "A token, 0 when the program starts";
  let arguments = (ins StrAttr:$name);
  let results = (outs RS_Token:$result);
  let assemblyFormat = "$name attr-dict";
}

def RS_GlbBufferOp : RS_Op<"glb_buffer"> {
  let summary = "A buffer in the GLB";
  let description = [{
    `words` operands in the region `ifmap`, or psums in the region `psum`, while
    `frame` is configured. rs-allocate-glb sets `offset`, in the same unit.
  }];
  let arguments = (ins StrAttr:$region, FlatSymbolRefAttr:$frame, I64Attr:$words,
    OptionalAttr<I64Attr>:$offset);
  let results = (outs RS_Glb:$result);
  let assemblyFormat = "$region $words `in` $frame attr-dict";
}

def RS_FrameOp : RS_Op<"frame", [Symbol]> {
  let summary = "A configuration of the array";
  let description = [{
    `fields` names the fields of the scan chain (docs/generated/frame.md):
    scalars as integers, fields of banks, buses and PEs as arrays in chain
    order. rs-allocate-glb adds `bank_psum`.
  }];
  let arguments = (ins SymbolNameAttr:$sym_name, DictionaryAttr:$fields);
  let assemblyFormat = "$sym_name $fields attr-dict";
}

def RS_LayerOp : RS_Op<"layer", [SingleBlock, NoTerminator,
    NoRegionArguments, AttrSizedOperandSegments]> {
  let summary = "The commands that compute one layer";
  let description = [{
    `kernel` is a name of the closed kernel set, with its attributes; the region
    holds the commands. What the compiler knew stands in `mapping`, `predicted`
    and `split`: why it runs in parts.
  }];
  let arguments = (ins StrAttr:$name, StrAttr:$kernel,
    Variadic<RS_Dram>:$inputs, Variadic<RS_Dram>:$outputs,
    DictionaryAttr:$kernel_attributes, OptionalAttr<StrAttr>:$mapping,
    OptionalAttr<DictionaryAttr>:$predicted, OptionalAttr<StrAttr>:$split);
  let regions = (region SizedRegion<1>:$body);
  let assemblyFormat = [{
    $name $kernel `(` $inputs `)` `->` `(` $outputs `)` $kernel_attributes
    attr-dict-with-keyword `:` functional-type($inputs, $outputs) $body
  }];
}

//===----------------------------------------------------------------------===//
// Commands
//===----------------------------------------------------------------------===//

// Attributes of type AffineMap are over the command's `ivs`, the induction
// variables of scf.for loops around it, with constant coefficients. One result
// is an affine value; a count is the least of all results.
class RS_Command<string mnemonic, dag extra> : RS_Op<mnemonic> {
  let traits = [AttrSizedOperandSegments];
  let arguments = !con(extra, (ins Variadic<Index>:$ivs,
    Variadic<RS_Token>:$waits, AffineMapArrayAttr:$wait_values,
    Variadic<RS_Token>:$signals, DenseI64ArrayAttr:$signal_amounts));
  let hasVerifier = 1;
}
defvar RS_Control = "`at` `[` $ivs `]` `wait` `(` $waits `)` `signal` `(` $signals `)` attr-dict";

def RS_ConfigureOp : RS_Command<"configure", (ins FlatSymbolRefAttr:$frame)> {
  let summary = "Load a frame into the scan chain";
  let assemblyFormat = !strconcat("$frame ", RS_Control);
}

def RS_LoadOp : RS_Command<"load", (ins RS_Dram:$tensor, RS_Glb:$glb,
    AffineMapAttr:$image, AffineMapAttr:$channel, AffineMapAttr:$row,
    AffineMapAttr:$column, I64Attr:$group_step,
    AffineMapAttr:$images, AffineMapAttr:$groups, AffineMapAttr:$channels,
    AffineMapAttr:$rows, AffineMapAttr:$columns,
    AffineMapAttr:$term, I64Attr:$modulus, UnitAttr:$ring,
    DenseI64ArrayAttr:$glb_strides, I64Attr:$pad_value,
    DefaultValuedAttr<I64Attr, "1">:$row_step,
    DefaultValuedAttr<I64Attr, "1">:$column_step)> {
  let summary = "A box of ifmaps from DRAM into the GLB";
  let description = [{
    The box takes every `row_step`-th row and `column_step`-th column.
    `term mod modulus` is added to the buffer's offset (0: no term). With `ring` the term is a row's: that of row r is
    `(term + r * row stride) mod modulus`.
    `glb_strides` are those of image, group, channel and row.
  }];
  let assemblyFormat = !strconcat("$tensor `into` $glb ", RS_Control, " `:` type($tensor)");
}

def RS_LoadPsumsOp : RS_Command<"load_psums", (ins RS_Dram:$tensor,
    RS_Glb:$psum, AffineMapAttr:$psum_offset, AffineMapAttr:$images,
    AffineMapAttr:$groups, AffineMapAttr:$filter_count, AffineMapAttr:$rows,
    AffineMapAttr:$columns, AffineMapAttr:$image, AffineMapAttr:$channel,
    AffineMapAttr:$row, AffineMapAttr:$column, I64Attr:$group_step,
    DefaultValuedAttr<I64Attr, "1">:$row_step,
    DefaultValuedAttr<I64Attr, "1">:$column_step)> {
  let summary = "A block of raw psums from DRAM back into the GLB";
  let description = [{
    The inverse of an rs.store that is `raw`.
  }];
  let assemblyFormat = !strconcat("$tensor `into` $psum ", RS_Control, " `:` type($tensor)");
}

def RS_PassOp : RS_Command<"pass", (ins RS_Glb:$ifmap, RS_Glb:$psum,
    RS_Dram:$filters, RS_Dram:$records,
    AffineMapAttr:$ifmap_offset, AffineMapAttr:$ifmap_term, I64Attr:$modulus,
    UnitAttr:$ring,
    AffineMapAttr:$psum_offset,
    AffineMapAttr:$images, AffineMapAttr:$groups, AffineMapAttr:$filter_count,
    AffineMapAttr:$channels, AffineMapAttr:$rows, AffineMapAttr:$columns,
    OptionalAttr<AffineMapAttr>:$init_when,
    OptionalAttr<AffineMapAttr>:$filters_when,
    AffineMapAttr:$filter, AffineMapAttr:$channel, I64Attr:$filter_group_step,
    AffineMapAttr:$record_first, AffineMapAttr:$record_count,
    AffineMapAttr:$record, I64Attr:$record_group_step,
    DefaultValuedAttr<DenseI64ArrayAttr, "{0, 1}">:$filter_rows,
    DefaultValuedAttr<DenseI64ArrayAttr, "{0, 1}">:$filter_columns)> {
  let summary = "One pass of the array";
  let description = [{
    `ifmap_offset`, `ifmap_term`, `modulus` and `ring` are rs.load's. Filters
    are streamed anew where `filters_when` (if given) is 0, and psums
    start from the preset where `init_when` is given and 0. `filter_rows` and
    `filter_columns` are the first row (column) of the filters and the step to
    the next. `psum_offset` with two results
    is the lesser. `record_count` records from `record_first` on go to the
    record memory, from its entry 0; `record` is the entry of the first filter.
  }];
  let assemblyFormat = !strconcat(
    "$ifmap `,` $psum `filters` $filters `records` $records ", RS_Control,
    " `:` type($filters) `,` type($records)");
}

def RS_StoreOp : RS_Command<"store", (ins RS_Glb:$psum, RS_Dram:$tensor,
    AffineMapAttr:$psum_offset, AffineMapAttr:$images, AffineMapAttr:$groups,
    AffineMapAttr:$filter_count, AffineMapAttr:$rows, AffineMapAttr:$columns,
    AffineMapAttr:$image, AffineMapAttr:$channel, AffineMapAttr:$row,
    AffineMapAttr:$column, I64Attr:$group_step, AffineMapAttr:$record,
    I64Attr:$record_group_step, UnitAttr:$raw,
    DefaultValuedAttr<I64Attr, "1">:$row_step,
    DefaultValuedAttr<I64Attr, "1">:$column_step)> {
  let summary = "A block of psums through post-processing to DRAM";
  let assemblyFormat = !strconcat("$psum `to` $tensor ", RS_Control, " `:` type($tensor)");
}

def RS_HostOp : RS_Command<"host", (ins)> {
  let summary = "Run the kernel of the layer around on the host";
  let assemblyFormat = RS_Control;
}

#endif // ROWLOCK_DIALECT_RS_IR_RSOPS_TD
