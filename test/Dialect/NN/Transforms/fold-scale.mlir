// RUN: rowlock-opt %s --nn-fold-scale --mlir-print-debuginfo --mlir-print-local-scope | FileCheck %s

// CHECK-LABEL: func.func @per_channel
func.func @per_channel(%x: tensor<1x1x2x2xf32>) -> tensor<1x2x2x2xf32> {
  // CHECK-DAG: %[[W:.*]] = nn.constant dense<{{\[\[\[\[}}6.000000e+00]]], {{\[\[\[}}-2.000000e+00]]]]> : tensor<2x1x1x1xf32>
  // CHECK-DAG: %[[B:.*]] = nn.constant dense<[3.000000e+00, -5.000000e-01]> : tensor<2xf32>
  // CHECK: %[[R:.*]] = nn.conv2d %{{.*}}, %[[W]], %[[B]] : {{.*}} loc(fused["times", "conv"])
  // CHECK-NEXT: return %[[R]]
  %w = nn.constant dense<[[[[2.0]]], [[[4.0]]]]> : tensor<2x1x1x1xf32> -> tensor<2x1x1x1xf32>
  %b = nn.constant dense<1.0> : tensor<2xf32> -> tensor<2xf32>
  %k = nn.constant dense<[[[3.0]], [[-0.5]]]> : tensor<2x1x1xf32> -> tensor<2x1x1xf32>
  %0 = nn.conv2d %x, %w, %b : (tensor<1x1x2x2xf32>, tensor<2x1x1x1xf32>, tensor<2xf32>) -> tensor<1x2x2x2xf32> loc("conv")
  %1 = nn.mul %k, %0 : (tensor<2x1x1xf32>, tensor<1x2x2x2xf32>) -> tensor<1x2x2x2xf32> loc("times")
  return %1 : tensor<1x2x2x2xf32>
}

// A scalar factor; the layer has no bias.
// CHECK-LABEL: func.func @scalar
func.func @scalar(%x: tensor<1x1x2x2xf32>) -> tensor<1x1x2x2xf32> {
  // CHECK: nn.constant dense<5.000000e-01> : tensor<1x1x1x1xf32>
  // CHECK-NOT: nn.mul
  %w = nn.constant dense<1.0> : tensor<1x1x1x1xf32> -> tensor<1x1x1x1xf32>
  %k = nn.constant dense<0.5> : tensor<f32> -> tensor<f32>
  %0 = nn.conv2d %x, %w : (tensor<1x1x2x2xf32>, tensor<1x1x1x1xf32>) -> tensor<1x1x2x2xf32>
  %1 = nn.mul %0, %k : (tensor<1x1x2x2xf32>, tensor<f32>) -> tensor<1x1x2x2xf32>
  return %1 : tensor<1x1x2x2xf32>
}

// What varies along a row, follows an activation, or multiplies a convolution
// that is used elsewhere stays.
// CHECK-LABEL: func.func @others
// CHECK-COUNT-3: nn.mul
func.func @others(%x: tensor<1x1x2x2xf32>) -> (tensor<1x1x2x2xf32>, tensor<1x1x2x2xf32>, tensor<1x1x2x2xf32>, tensor<1x1x2x2xf32>) {
  %w = nn.constant dense<1.0> : tensor<1x1x1x1xf32> -> tensor<1x1x1x1xf32>
  %k = nn.constant dense<0.5> : tensor<f32> -> tensor<f32>
  %row = nn.constant dense<[1.0, 2.0]> : tensor<2xf32> -> tensor<2xf32>
  %0 = nn.conv2d %x, %w : (tensor<1x1x2x2xf32>, tensor<1x1x1x1xf32>) -> tensor<1x1x2x2xf32>
  %1 = nn.mul %0, %row : (tensor<1x1x2x2xf32>, tensor<2xf32>) -> tensor<1x1x2x2xf32>
  %2 = nn.conv2d %x, %w {activation = #nn.clip<0.0, 6.0>} : (tensor<1x1x2x2xf32>, tensor<1x1x1x1xf32>) -> tensor<1x1x2x2xf32>
  %3 = nn.mul %2, %k : (tensor<1x1x2x2xf32>, tensor<f32>) -> tensor<1x1x2x2xf32>
  %4 = nn.conv2d %x, %w {pads = array<i64: 0, 0, 0, 0>} : (tensor<1x1x2x2xf32>, tensor<1x1x1x1xf32>) -> tensor<1x1x2x2xf32>
  %5 = nn.mul %4, %k : (tensor<1x1x2x2xf32>, tensor<f32>) -> tensor<1x1x2x2xf32>
  return %1, %3, %4, %5 : tensor<1x1x2x2xf32>, tensor<1x1x2x2xf32>, tensor<1x1x2x2xf32>, tensor<1x1x2x2xf32>
}

// CHECK-LABEL: func.func @moved
func.func @moved(%x: tensor<1x2x1x3xf32>) -> tensor<1x2x3xf32> {
  // CHECK: nn.constant dense<{{\[\[\[\[}}2.{{0+e\+00}}]]], {{\[\[\[}}3.
  // CHECK-NOT: nn.mul
  %w = nn.constant dense<1.0> : tensor<2x1x1x1xf32> -> tensor<2x1x1x1xf32>
  %f = nn.constant dense<[[2.0], [3.0]]> : tensor<2x1xf32> -> tensor<2x1xf32>
  %0 = nn.conv2d %x, %w {groups = 2 : i64} : (tensor<1x2x1x3xf32>, tensor<2x1x1x1xf32>) -> tensor<1x2x1x3xf32>
  %1 = nn.reshape %0 : (tensor<1x2x1x3xf32>) -> tensor<1x2x3xf32>
  %2 = nn.mul %1, %f : (tensor<1x2x3xf32>, tensor<2x1xf32>) -> tensor<1x2x3xf32>
  return %2 : tensor<1x2x3xf32>
}
