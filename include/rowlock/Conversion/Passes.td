//===- Passes.td - Passes between dialects -----------------*- tablegen -*-===//
#ifndef ROWLOCK_CONVERSION_PASSES_TD
#define ROWLOCK_CONVERSION_PASSES_TD

include "mlir/Pass/PassBase.td"

def NNToRS : Pass<"convert-nn-to-rs", "::mlir::ModuleOp"> {
  let summary = "Give the array every layer that it can run";
  let description = [{
    A quantised nn.conv2d or nn.fully_connected with constant filters becomes an
    rs.conv2d if it is native on the module's target. A fully connected layer is
    a convolution whose filter covers the whole ifmap: of C x H x W where its
    input is a reshaped feature map of a native size, else of K x 1 x 1. On an
    `int` target the layer's psums must be proved to fit `psum_bits` from its
    filters: sum |w| * max |x| < 2^(psum_bits - 1). All other layers stay, for
    the host.

    ```mlir
    %1 = rs.conv2d %0, %w, %b {strides = array<i64: 1, 1>, ...} : ...
    ```
  }];
  let statistics = [Statistic<"converted", "converted", "Number of layers for the array">];
  let dependentDialects = ["::rowlock::nn::NNDialect", "::rowlock::rs::RSDialect"];
}

#endif // ROWLOCK_CONVERSION_PASSES_TD
