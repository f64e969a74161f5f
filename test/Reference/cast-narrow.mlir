// RUN: rowlock-translate --interpret %s | FileCheck %s

// 8-bit floats overflow, or saturate; integers of 4 bits wrap, floats saturate.
func.func @main() -> (tensor<6xf8E4M3FN>, tensor<6xf8E5M2>, tensor<6xf8E4M3FNUZ>, tensor<3xi4>, tensor<6xui4>) {
  %x = nn.constant dense<[1.07, 464.0, 465.0, -1.0e5, 0xFF800000, -1.0e-9]> : tensor<6xf32> -> tensor<6xf32>
  %a = nn.cast %x {saturate} : (tensor<6xf32>) -> tensor<6xf8E4M3FN>
  %b = nn.cast %x : (tensor<6xf32>) -> tensor<6xf8E5M2>
  %c = nn.cast %x : (tensor<6xf32>) -> tensor<6xf8E4M3FNUZ>
  %n = nn.constant dense<[8, -9, 7]> : tensor<3xi32> -> tensor<3xi32>
  %i = nn.cast %n : (tensor<3xi32>) -> tensor<3xi4>
  %u = nn.cast %x : (tensor<6xf32>) -> tensor<6xui4>
  // CHECK: tensor<6xf8E4M3FN>: 1.125 448 448 -448 -448 -0
  // CHECK: tensor<6xf8E5M2>: 1 448 448 -inf -inf -0
  // CHECK: tensor<6xf8E4M3FNUZ>: 1.125 nan nan nan nan 0
  // CHECK: tensor<3xi4>: -8 7 7
  // CHECK: tensor<6xui4>: 1 15 15 0 0 0
  return %a, %b, %c, %i, %u : tensor<6xf8E4M3FN>, tensor<6xf8E5M2>, tensor<6xf8E4M3FNUZ>, tensor<3xi4>, tensor<6xui4>
}
