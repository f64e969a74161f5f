// RUN: rowlock-opt --nn-quantize="calibration-table=%S/Inputs/ranges.yaml" --verify-diagnostics %s
// RUN: not rowlock-opt --nn-quantize %s 2>&1 | FileCheck %s --check-prefix=NONE
// RUN: not rowlock-opt --nn-quantize="calibration-table=%S/Inputs/ranges.yaml arithmetic=int4" %s 2>&1 | FileCheck %s --check-prefix=INT4

// NONE: option calibration-table is missing
// INT4: arithmetic 'int4' is none of int8, int16, fixed16
module {
  func.func @main(%x: tensor<1x1x2x2xf32> {nn.name = "x"}) -> tensor<1x1x2x2xf32> {
    %w = nn.constant dense<1.0> : tensor<1x1x1x1xf32> -> tensor<1x1x1x1xf32>
    // expected-error @below {{no calibrated range for tensor ''}}
    %0 = nn.conv2d %x, %w : (tensor<1x1x2x2xf32>, tensor<1x1x1x1xf32>) -> tensor<1x1x2x2xf32>
    return %0 : tensor<1x1x2x2xf32>
  }
}
