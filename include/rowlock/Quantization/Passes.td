//===- Passes.td - Quantisation passes ---------------------*- tablegen -*-===//
#ifndef ROWLOCK_QUANTIZATION_PASSES_TD
#define ROWLOCK_QUANTIZATION_PASSES_TD

include "mlir/Pass/PassBase.td"

def Quantize : Pass<"nn-quantize", "::mlir::ModuleOp"> {
  let summary = "Quantise a float network with calibrated ranges";
  let description = [{
    Layers on f32 become layers on integers as docs/quantisation.md describes;
    @main keeps its f32 arguments and results. What has no integer form (softmax)
    stays in float between nn.dequantize and nn.quantize.

    ```mlir
    %1 = nn.conv2d %0, %w, %b {rescale = #nn.rescale<[...], [...]>}
      : (tensor<1x1x28x28x!quant.uniform<u8:f32, 1.0>>, ...) -> ...
    ```
  }];
  let options = [
    Option<"arithmetic", "arithmetic", "std::string", "\"int8\"",
           "int8, int16 or fixed16">,
    Option<"psumBits", "psum-bits", "int64_t", "32",
           "Width of psums that no layer may exceed">,
    Option<"table", "calibration-table", "std::string", "\"\"",
           "File with the range of every tensor (YAML)">];
  let dependentDialects = ["::rowlock::nn::NNDialect"];
}

#endif // ROWLOCK_QUANTIZATION_PASSES_TD
