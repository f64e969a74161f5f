// RUN: rowlock-opt %s --nn-fold-batch-norm --mlir-print-debuginfo --mlir-print-local-scope | FileCheck %s

// Factors are 4 / sqrt(3 + 1) = 2 and 1 / sqrt(0 + 1) = 1.
// CHECK-LABEL: func.func @conv
func.func @conv(%x: tensor<1x1x1x1xf32>) -> tensor<1x2x1x1xf32> {
  // CHECK-DAG: %[[W:.*]] = nn.constant dense<{{\[\[\[\[}}6.000000e+00]]], {{\[\[\[}}5.000000e+00]]]]>
  // Bias: (1 - 10) * 2 + 7 and (2 - 20) * 1 + 8.
  // CHECK-DAG: %[[B:.*]] = nn.constant dense<[-1.100000e+01, -1.000000e+01]>
  // CHECK: %[[R:.*]] = nn.conv2d %{{.*}}, %[[W]], %[[B]] : {{.*}} loc(fused["normal", "conv"])
  // CHECK-NEXT: return %[[R]]
  %w = nn.constant dense<[[[[3.0]]], [[[5.0]]]]> : tensor<2x1x1x1xf32> -> tensor<2x1x1x1xf32>
  %b = nn.constant dense<[1.0, 2.0]> : tensor<2xf32> -> tensor<2xf32>
  %scale = nn.constant dense<[4.0, 1.0]> : tensor<2xf32> -> tensor<2xf32>
  %shift = nn.constant dense<[7.0, 8.0]> : tensor<2xf32> -> tensor<2xf32>
  %mean = nn.constant dense<[10.0, 20.0]> : tensor<2xf32> -> tensor<2xf32>
  %variance = nn.constant dense<[3.0, 0.0]> : tensor<2xf32> -> tensor<2xf32>
  %0 = nn.conv2d %x, %w, %b : (tensor<1x1x1x1xf32>, tensor<2x1x1x1xf32>, tensor<2xf32>) -> tensor<1x2x1x1xf32> loc("conv")
  %1 = nn.batch_norm %0, %scale, %shift, %mean, %variance {epsilon = 1.0 : f32} : (tensor<1x2x1x1xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>) -> tensor<1x2x1x1xf32> loc("normal")
  return %1 : tensor<1x2x1x1xf32>
}

// CHECK-LABEL: func.func @no_bias
func.func @no_bias(%x: tensor<1x1x1x1xf32>) -> tensor<1x1x1x1xf32> {
  // CHECK-DAG: %[[W:.*]] = nn.constant dense<6.000000e+00>
  // CHECK-DAG: %[[B:.*]] = nn.constant dense<-1.300000e+01>
  // CHECK: nn.conv2d %{{.*}}, %[[W]], %[[B]]
  // CHECK-NOT: nn.batch_norm
  %w = nn.constant dense<3.0> : tensor<1x1x1x1xf32> -> tensor<1x1x1x1xf32>
  %scale = nn.constant dense<4.0> : tensor<1xf32> -> tensor<1xf32>
  %shift = nn.constant dense<7.0> : tensor<1xf32> -> tensor<1xf32>
  %mean = nn.constant dense<10.0> : tensor<1xf32> -> tensor<1xf32>
  %variance = nn.constant dense<3.0> : tensor<1xf32> -> tensor<1xf32>
  %0 = nn.conv2d %x, %w : (tensor<1x1x1x1xf32>, tensor<1x1x1x1xf32>) -> tensor<1x1x1x1xf32>
  %1 = nn.batch_norm %0, %scale, %shift, %mean, %variance {epsilon = 1.0 : f32} : (tensor<1x1x1x1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x1x1x1xf32>
  return %1 : tensor<1x1x1x1xf32>
}

// No convolution before, an activation between, a second use: depthwise
// convolutions of their own.
// CHECK-LABEL: func.func @depthwise
func.func @depthwise(%x: tensor<1x1x1x1xf32>) -> (tensor<1x1x1x1xf32>, tensor<1x1x1x1xf32>, tensor<1x1x1x1xf32>, tensor<1x1x1x1xf32>) {
  // CHECK-COUNT-5: nn.conv2d
  // CHECK-NOT: nn.batch_norm
  %w = nn.constant dense<3.0> : tensor<1x1x1x1xf32> -> tensor<1x1x1x1xf32>
  %p = nn.constant dense<1.0> : tensor<1xf32> -> tensor<1xf32>
  %0 = nn.batch_norm %x, %p, %p, %p, %p : (tensor<1x1x1x1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x1x1x1xf32>
  %1 = nn.conv2d %x, %w {activation = #nn.clip<0.0, inf>} : (tensor<1x1x1x1xf32>, tensor<1x1x1x1xf32>) -> tensor<1x1x1x1xf32>
  %2 = nn.batch_norm %1, %p, %p, %p, %p : (tensor<1x1x1x1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x1x1x1xf32>
  %3 = nn.conv2d %x, %w : (tensor<1x1x1x1xf32>, tensor<1x1x1x1xf32>) -> tensor<1x1x1x1xf32>
  %4 = nn.batch_norm %3, %p, %p, %p, %p : (tensor<1x1x1x1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x1x1x1xf32>
  return %0, %2, %3, %4 : tensor<1x1x1x1xf32>, tensor<1x1x1x1xf32>, tensor<1x1x1x1xf32>, tensor<1x1x1x1xf32>
}

// CHECK-LABEL: func.func @groups
func.func @groups(%x: tensor<1x2x3x4xf32>) -> tensor<1x2x3x4xf32> {
  // CHECK-DAG: %[[W:.*]] = nn.constant dense<{{\[\[\[\[}}2.000000e+00]]], {{\[\[\[}}1.000000e+00]]]]> : tensor<2x1x1x1xf32>
  // CHECK-DAG: %[[B:.*]] = nn.constant dense<[-1.300000e+01, -1.200000e+01]>
  // CHECK: nn.conv2d %{{.*}}, %[[W]], %[[B]] {groups = 2 : i64} {{.*}} -> tensor<1x2x3x4xf32> loc("normal")
  %scale = nn.constant dense<[4.0, 1.0]> : tensor<2xf32> -> tensor<2xf32>
  %shift = nn.constant dense<[7.0, 8.0]> : tensor<2xf32> -> tensor<2xf32>
  %mean = nn.constant dense<[10.0, 20.0]> : tensor<2xf32> -> tensor<2xf32>
  %variance = nn.constant dense<[3.0, 0.0]> : tensor<2xf32> -> tensor<2xf32>
  %0 = nn.batch_norm %x, %scale, %shift, %mean, %variance {epsilon = 1.0 : f32} : (tensor<1x2x3x4xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>) -> tensor<1x2x3x4xf32> loc("normal")
  return %0 : tensor<1x2x3x4xf32>
}

// Rank 2: reshapes around it; the result keeps the name.
// CHECK-LABEL: func.func @rank2
func.func @rank2(%x: tensor<5x2xf32>) -> tensor<5x2xf32> {
  // CHECK: nn.reshape %{{.*}} -> tensor<5x2x1x1xf32> loc("normal.ifmap"("normal"))
  // CHECK-NEXT: nn.conv2d {{.*}} loc("normal.ofmap"("normal"))
  // CHECK-NEXT: nn.reshape %{{.*}} -> tensor<5x2xf32> loc("normal")
  %p = nn.constant dense<[1.0, 2.0]> : tensor<2xf32> -> tensor<2xf32>
  %0 = nn.batch_norm %x, %p, %p, %p, %p : (tensor<5x2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>) -> tensor<5x2xf32> loc("normal")
  return %0 : tensor<5x2xf32>
}

// Unknown parameters: it stays.
// CHECK-LABEL: func.func @unknown
func.func @unknown(%x: tensor<5x2xf32>, %p: tensor<2xf32>) -> tensor<5x2xf32> {
  // CHECK: nn.batch_norm
  %0 = nn.batch_norm %x, %p, %p, %p, %p : (tensor<5x2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>, tensor<2xf32>) -> tensor<5x2xf32>
  return %0 : tensor<5x2xf32>
}

// A convolution in one dimension.
// CHECK-LABEL: func.func @line
func.func @line(%x: tensor<1x1x1x3xf32>) -> tensor<1x1x3xf32> {
  // CHECK-COUNT-1: nn.conv2d
  // CHECK-NOT: nn.batch_norm
  %w = nn.constant dense<1.0> : tensor<1x1x1x1xf32> -> tensor<1x1x1x1xf32>
  %one = nn.constant dense<1.0> : tensor<1xf32> -> tensor<1xf32>
  %0 = nn.conv2d %x, %w : (tensor<1x1x1x3xf32>, tensor<1x1x1x1xf32>) -> tensor<1x1x1x3xf32>
  %1 = nn.reshape %0 : (tensor<1x1x1x3xf32>) -> tensor<1x1x3xf32>
  %2 = nn.batch_norm %1, %one, %one, %one, %one : (tensor<1x1x3xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>, tensor<1xf32>) -> tensor<1x1x3xf32>
  return %2 : tensor<1x1x3xf32>
}
