// RUN: rowlock-opt %s --canonicalize | FileCheck %s

// CHECK-LABEL: func.func @reshapes
// CHECK-SAME: %[[X:.*]]: tensor<2x3xf32>
func.func @reshapes(%x: tensor<2x3xf32>) -> (tensor<6xf32>, tensor<2x3xf32>) {
  // CHECK: %[[R:.*]] = nn.reshape %[[X]] : (tensor<2x3xf32>) -> tensor<6xf32>
  // CHECK-NEXT: return %[[R]], %[[X]]
  %0 = nn.reshape %x : (tensor<2x3xf32>) -> tensor<3x2xf32>
  %1 = nn.reshape %0 : (tensor<3x2xf32>) -> tensor<6xf32>
  %2 = nn.reshape %x : (tensor<2x3xf32>) -> tensor<2x3xf32>
  return %1, %2 : tensor<6xf32>, tensor<2x3xf32>
}

// CHECK-LABEL: func.func @reshape_constant
func.func @reshape_constant() -> tensor<4xf32> {
  // CHECK-NEXT: %[[R:.*]] = nn.constant dense<[1.000000e+00, 2.000000e+00, 3.000000e+00, 4.000000e+00]> : tensor<4xf32> -> tensor<4xf32>
  // CHECK-NEXT: return %[[R]]
  %0 = nn.constant dense<[[1.0, 2.0], [3.0, 4.0]]> : tensor<2x2xf32> -> tensor<2x2xf32>
  %1 = nn.reshape %0 : (tensor<2x2xf32>) -> tensor<4xf32>
  return %1 : tensor<4xf32>
}

// CHECK-LABEL: func.func @matmul
// CHECK-SAME: %[[X:.*]]: tensor<1x2xf32>
func.func @matmul(%x: tensor<1x2xf32>, %y: tensor<2x3xf32>) -> (tensor<1x3xf32>, tensor<1x3xf32>) {
  // CHECK: %[[W:.*]] = nn.constant dense<{{\[\[}}1.000000e+00, 4.000000e+00], [2.000000e+00, 5.000000e+00], [3.000000e+00, 6.000000e+00]]> : tensor<3x2xf32>
  // CHECK: nn.fully_connected %[[X]], %[[W]] : (tensor<1x2xf32>, tensor<3x2xf32>) -> tensor<1x3xf32>
  // CHECK: nn.matmul
  %w = nn.constant dense<[[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]> : tensor<2x3xf32> -> tensor<2x3xf32>
  %0 = nn.matmul %x, %w : (tensor<1x2xf32>, tensor<2x3xf32>) -> tensor<1x3xf32>
  %1 = nn.matmul %x, %y : (tensor<1x2xf32>, tensor<2x3xf32>) -> tensor<1x3xf32>
  return %0, %1 : tensor<1x3xf32>, tensor<1x3xf32>
}
