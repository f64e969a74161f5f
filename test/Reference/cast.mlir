// RUN: rowlock-translate --interpret %s | FileCheck %s

// Floats are truncated and saturate; NaN becomes 0. Integers wrap.
func.func @main() -> (tensor<6xi8>, tensor<6xui8>, tensor<6xi1>, tensor<3xi8>, tensor<4xf16>) {
  %x = nn.constant dense<[1.9, -1.9, 300.0, -300.0, 0x7FC00000, 0.0]> : tensor<6xf32> -> tensor<6xf32>
  %i8 = nn.cast %x : (tensor<6xf32>) -> tensor<6xi8>
  %u8 = nn.cast %x : (tensor<6xf32>) -> tensor<6xui8>
  %i1 = nn.cast %x : (tensor<6xf32>) -> tensor<6xi1>
  %n = nn.constant dense<[128, -129, 511]> : tensor<3xi32> -> tensor<3xi32>
  %w = nn.cast %n : (tensor<3xi32>) -> tensor<3xi8>
  %f = nn.constant dense<[2049.0, 2051.0, 65520.0, 1.0e-8]> : tensor<4xf32> -> tensor<4xf32>
  %h = nn.cast %f : (tensor<4xf32>) -> tensor<4xf16>
  // CHECK: tensor<6xi8>: 1 -1 127 -128 0 0
  // CHECK: tensor<6xui8>: 1 0 255 0 0 0
  // CHECK: tensor<6xi1>: 1 1 1 1 1 0
  // CHECK: tensor<3xi8>: -128 127 -1
  // CHECK: tensor<4xf16>: 2048 2052 inf 0
  return %i8, %u8, %i1, %w, %h : tensor<6xi8>, tensor<6xui8>, tensor<6xi1>, tensor<3xi8>, tensor<4xf16>
}
