//===- NNDialect.td - The nn dialect -----------------------*- tablegen -*-===//
#ifndef ROWLOCK_DIALECT_NN_IR_NNDIALECT_TD
#define ROWLOCK_DIALECT_NN_IR_NNDIALECT_TD

include "mlir/IR/OpBase.td"
include "mlir/IR/AttrTypeBase.td"

def NN_Dialect : Dialect {
  let name = "nn";
  let cppNamespace = "::rowlock::nn";
  let summary = "Layers of trained networks on ranked tensors";
  let description = [{
    Layers with ONNX's meaning on ranked, static NCHW tensors. Element types
    are f32, upstream `!quant.uniform` and, for operations that are no layers of
    the array, f16, bf16, f64, i1 and integers of 8 to 64 bits, which are signed
    unless their type says `ui`. Integers of 4 bits and floats of 8 (f8E4M3FN,
    f8E4M3FNUZ, f8E5M2, f8E5M2FNUZ) are only cast and moved. A layer on f32
    computes in binary32; a layer whose operands and result are quantised
    computes in integers, exactly as docs/numerics.md defines: what it needs
    beyond the types (multipliers and shifts) stands in its attributes, and the
    clip in output integers is the storage range of its result type, as in
    `!quant.uniform<u8<0:153>:f32, 0.04>`.
  }];
  let dependentDialects = ["::mlir::quant::QuantDialect"];
  let useDefaultAttributePrinterParser = 1;
}

def NN_RescaleAttr : AttrDef<NN_Dialect, "Rescale"> {
  let mnemonic = "rescale";
  let summary = "Multipliers and shifts of a requantisation";
  let description = [{
    Entry k stands for `v -> (v * multipliers[k] + 2^(shifts[k]-1)) >>
    shifts[k]` in 64 bits (TOSA RESCALE, single rounding). One entry serves all
    channels, else there is one per filter; for average pools entry k is that
    of windows with k+1 elements.

    C1: as many shifts as multipliers, at least one.
    C2: multipliers from 0 to 2^26 - 1.
    C3: shifts from 2 to 62.
  }];
  let parameters = (ins ArrayRefParameter<"int64_t">:$multipliers,
                        ArrayRefParameter<"int64_t">:$shifts);
  let assemblyFormat = "`<` `[` $multipliers `]` `,` `[` $shifts `]` `>`";
  let genVerifyDecl = 1;
}

def NN_ClipAttr : AttrDef<NN_Dialect, "Clip"> {
  let mnemonic = "clip";
  let summary = "A fused activation of a float layer: min(max(x, low), high)";
  let description = [{
    ReLU is `#nn.clip<0.0, inf>` and prints so.

    C1: low is at most high, neither is NaN.
  }];
  let parameters = (ins "::llvm::APFloat":$low, "::llvm::APFloat":$high);
  let hasCustomAssemblyFormat = 1;
  let genVerifyDecl = 1;
  let builders = [AttrBuilder<(ins "float":$low, "float":$high), [{
    return $_get($_ctxt, ::llvm::APFloat(low), ::llvm::APFloat(high));
  }]>];
}

#endif // ROWLOCK_DIALECT_NN_IR_NNDIALECT_TD
