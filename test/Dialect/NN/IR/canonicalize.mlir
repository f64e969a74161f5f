// RUN: rowlock-opt --canonicalize %s | FileCheck %s

// A product by a constant is a fully connected layer of the transposed matrix.
// CHECK-LABEL: func @matmul_by_constant
func.func @matmul_by_constant(%x: tensor<1x2xf32>) -> tensor<1x3xf32> {
  // CHECK: %[[F:.*]] = nn.constant dense<{{\[}}[1.000000e+00, 4.000000e+00], [2.000000e+00, 5.000000e+00], [3.000000e+00, 6.000000e+00]]> : tensor<3x2xf32>
  // CHECK: nn.fully_connected %arg0, %[[F]] : (tensor<1x2xf32>, tensor<3x2xf32>) -> tensor<1x3xf32>
  // CHECK-NOT: nn.matmul
  %w = nn.constant dense<[[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]> : tensor<2x3xf32> -> tensor<2x3xf32>
  %0 = nn.matmul %x, %w : (tensor<1x2xf32>, tensor<2x3xf32>) -> tensor<1x3xf32>
  return %0 : tensor<1x3xf32>
}

// CHECK-LABEL: func @matmul_of_values
func.func @matmul_of_values(%x: tensor<1x2xf32>, %y: tensor<2x3xf32>) -> tensor<1x3xf32> {
  // CHECK: nn.matmul
  %0 = nn.matmul %x, %y : (tensor<1x2xf32>, tensor<2x3xf32>) -> tensor<1x3xf32>
  return %0 : tensor<1x3xf32>
}

// The weights of ONNX models are often reshaped on the way: all in one.
// CHECK-LABEL: func @matmul_by_reshaped_constant
func.func @matmul_by_reshaped_constant(%x: tensor<1x2xf32>) -> tensor<1x1xf32> {
  // CHECK: %[[F:.*]] = nn.constant dense<{{\[}}[1.000000e+00, 2.000000e+00]]> : tensor<1x2xf32>
  // CHECK-NEXT: nn.fully_connected %arg0, %[[F]]
  %w = nn.constant dense<[[[1.0, 2.0]]]> : tensor<1x1x2xf32> -> tensor<1x1x2xf32>
  %0 = nn.reshape %w : (tensor<1x1x2xf32>) -> tensor<2x1xf32>
  %1 = nn.matmul %x, %0 : (tensor<1x2xf32>, tensor<2x1xf32>) -> tensor<1x1xf32>
  return %1 : tensor<1x1xf32>
}

// CHECK-LABEL: func @reshape_to_itself
func.func @reshape_to_itself(%x: tensor<2x3xf32>) -> tensor<2x3xf32> {
  // CHECK-NEXT: return %arg0
  %0 = nn.reshape %x : (tensor<2x3xf32>) -> tensor<2x3xf32>
  return %0 : tensor<2x3xf32>
}

// CHECK-LABEL: func @reshapes
func.func @reshapes(%x: tensor<2x3xf32>) -> tensor<1x6xf32> {
  // CHECK-NEXT: %[[R:.*]] = nn.reshape %arg0 : (tensor<2x3xf32>) -> tensor<1x6xf32>
  // CHECK-NEXT: return %[[R]]
  %0 = nn.reshape %x : (tensor<2x3xf32>) -> tensor<3x2xf32>
  %1 = nn.reshape %0 : (tensor<3x2xf32>) -> tensor<1x6xf32>
  return %1 : tensor<1x6xf32>
}

// CHECK-LABEL: func @transposes
func.func @transposes(%x: tensor<2x3x4xf32>) -> (tensor<4x3x2xf32>, tensor<2x3x4xf32>) {
  // CHECK-NEXT: %[[T:.*]] = nn.transpose %arg0 {permutation = array<i64: 2, 1, 0>} : (tensor<2x3x4xf32>) -> tensor<4x3x2xf32>
  // CHECK-NEXT: return %[[T]], %arg0
  %0 = nn.transpose %x {permutation = array<i64: 1, 2, 0>} : (tensor<2x3x4xf32>) -> tensor<3x4x2xf32>
  %1 = nn.transpose %0 {permutation = array<i64: 1, 0, 2>} : (tensor<3x4x2xf32>) -> tensor<4x3x2xf32>
  %2 = nn.transpose %0 {permutation = array<i64: 2, 0, 1>} : (tensor<3x4x2xf32>) -> tensor<2x3x4xf32>
  return %1, %2 : tensor<4x3x2xf32>, tensor<2x3x4xf32>
}

!q = !quant.uniform<i8:f32, 0.5>

// A quantised constant keeps its type.
// CHECK-LABEL: func @reshape_of_quantised_constant
func.func @reshape_of_quantised_constant() -> tensor<1x2x!q> {
  // CHECK-NEXT: nn.constant dense<{{\[}}[1, -2]]> : tensor<1x2xi8> -> tensor<1x2x!quant.uniform<i8:f32, 5.000000e-01>>
  // CHECK-NEXT: return
  %0 = nn.constant dense<[1, -2]> : tensor<2xi8> -> tensor<2x!q>
  %1 = nn.reshape %0 : (tensor<2x!q>) -> tensor<1x2x!q>
  return %1 : tensor<1x2x!q>
}

// A constant stays before its sum, whose multipliers are in the same order.
// CHECK-LABEL: func @sum_with_constant
func.func @sum_with_constant(%x: tensor<2x!q>) -> tensor<2x!q> {
  // CHECK-NEXT: [[C:%.*]] = nn.constant
  // CHECK-NEXT: nn.add [[C]], %arg0 {multipliers = array<i64: 2, 1>
  %0 = nn.constant dense<[1, -2]> : tensor<2xi8> -> tensor<2x!q>
  %1 = nn.add %0, %x {multipliers = array<i64: 2, 1>, rescale = #nn.rescale<[33554432], [25]>} : (tensor<2x!q>, tensor<2x!q>) -> tensor<2x!q>
  return %1 : tensor<2x!q>
}

// Unused layers have no effect.
// CHECK-LABEL: func @unused
func.func @unused(%x: tensor<2xf32>) {
  // CHECK-NEXT: return
  %0 = nn.add %x, %x : (tensor<2xf32>, tensor<2xf32>) -> tensor<2xf32>
  return
}
