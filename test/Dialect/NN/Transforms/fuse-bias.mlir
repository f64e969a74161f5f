// RUN: rowlock-opt %s --nn-fuse-bias --mlir-print-debuginfo --mlir-print-local-scope | FileCheck %s

// As in mnist-8: a constant with one value per filter behind a convolution.
// CHECK-LABEL: func.func @conv
func.func @conv(%x: tensor<1x1x3x3xf32>, %w: tensor<2x1x3x3xf32>) -> tensor<1x2x1x1xf32> {
  // CHECK: %[[B:.*]] = nn.constant dense<[1.000000e+00, -2.000000e+00]> : tensor<2xf32>
  // CHECK: %[[R:.*]] = nn.conv2d %{{.*}}, %{{.*}}, %[[B]] : {{.*}} loc(fused["plus", "conv"])
  // CHECK-NEXT: return %[[R]]
  %b = nn.constant dense<[[[1.0]], [[-2.0]]]> : tensor<2x1x1xf32> -> tensor<2x1x1xf32>
  %0 = nn.conv2d %x, %w : (tensor<1x1x3x3xf32>, tensor<2x1x3x3xf32>) -> tensor<1x2x1x1xf32> loc("conv")
  %1 = nn.add %0, %b : (tensor<1x2x1x1xf32>, tensor<2x1x1xf32>) -> tensor<1x2x1x1xf32> loc("plus")
  return %1 : tensor<1x2x1x1xf32>
}

// On the left, of rank 4, with a bias that is there and an activation.
// CHECK-LABEL: func.func @present
func.func @present(%x: tensor<1x1x3x3xf32>, %w: tensor<2x1x3x3xf32>) -> tensor<1x2x1x1xf32> {
  // CHECK: %[[B:.*]] = nn.constant dense<[5.000000e+00, 3.000000e+00]> : tensor<2xf32>
  // CHECK: nn.conv2d %{{.*}}, %{{.*}}, %[[B]] {activation = #nn.clip<{{.*}}, inf>}
  // CHECK-NOT: nn.add
  %b = nn.constant dense<[4.0, 5.0]> : tensor<2xf32> -> tensor<2xf32>
  %c = nn.constant dense<[[[[1.0]], [[-2.0]]]]> : tensor<1x2x1x1xf32> -> tensor<1x2x1x1xf32>
  %0 = nn.conv2d %x, %w, %b : (tensor<1x1x3x3xf32>, tensor<2x1x3x3xf32>, tensor<2xf32>) -> tensor<1x2x1x1xf32>
  %1 = nn.add %c, %0 {activation = #nn.clip<0.0, inf>} : (tensor<1x2x1x1xf32>, tensor<1x2x1x1xf32>) -> tensor<1x2x1x1xf32>
  return %1 : tensor<1x2x1x1xf32>
}

// CHECK-LABEL: func.func @fully_connected
func.func @fully_connected(%x: tensor<3x4xf32>, %w: tensor<2x4xf32>) -> (tensor<3x2xf32>, tensor<3x2xf32>) {
  // CHECK-DAG: %[[A:.*]] = nn.constant dense<[1.000000e+00, 2.000000e+00]> : tensor<2xf32>
  // CHECK-DAG: %[[B:.*]] = nn.constant dense<3.000000e+00> : tensor<2xf32>
  // CHECK-DAG: nn.fully_connected %{{.*}}, %{{.*}}, %[[A]]
  // CHECK-DAG: nn.fully_connected %{{.*}}, %{{.*}}, %[[B]]
  // CHECK-NOT: nn.add
  %a = nn.constant dense<[[1.0, 2.0]]> : tensor<1x2xf32> -> tensor<1x2xf32>
  %b = nn.constant dense<3.0> : tensor<1xf32> -> tensor<1xf32>
  %0 = nn.fully_connected %x, %w : (tensor<3x4xf32>, tensor<2x4xf32>) -> tensor<3x2xf32>
  %1 = nn.add %0, %a : (tensor<3x2xf32>, tensor<1x2xf32>) -> tensor<3x2xf32>
  %2 = nn.fully_connected %x, %w : (tensor<3x4xf32>, tensor<2x4xf32>) -> tensor<3x2xf32>
  %3 = nn.add %2, %b : (tensor<3x2xf32>, tensor<1xf32>) -> tensor<3x2xf32>
  return %1, %3 : tensor<3x2xf32>, tensor<3x2xf32>
}

// A constant that varies along columns, a second use, an activation between,
// a sum of another shape, no constant: all stay.
// CHECK-LABEL: func.func @stays
func.func @stays(%x: tensor<1x2x3x3xf32>, %w: tensor<2x2x3x1xf32>, %y: tensor<2x1x1xf32>)
    -> (tensor<1x2x1x3xf32>, tensor<1x2x1x3xf32>, tensor<1x2x1x3xf32>, tensor<2x2x1x3xf32>, tensor<1x2x1x3xf32>) {
  // CHECK-COUNT-5: nn.add
  %columns = nn.constant dense<[1.0, 2.0, 3.0]> : tensor<3xf32> -> tensor<3xf32>
  %filters = nn.constant dense<[[[1.0]], [[2.0]]]> : tensor<2x1x1xf32> -> tensor<2x1x1xf32>
  %batch = nn.constant dense<1.0> : tensor<2x1x1x1xf32> -> tensor<2x1x1x1xf32>
  %0 = nn.conv2d %x, %w : (tensor<1x2x3x3xf32>, tensor<2x2x3x1xf32>) -> tensor<1x2x1x3xf32>
  %1 = nn.add %0, %columns : (tensor<1x2x1x3xf32>, tensor<3xf32>) -> tensor<1x2x1x3xf32>
  %2 = nn.add %1, %0 : (tensor<1x2x1x3xf32>, tensor<1x2x1x3xf32>) -> tensor<1x2x1x3xf32>
  %3 = nn.conv2d %x, %w {activation = #nn.clip<0.0, 6.0>} : (tensor<1x2x3x3xf32>, tensor<2x2x3x1xf32>) -> tensor<1x2x1x3xf32>
  %4 = nn.add %3, %filters : (tensor<1x2x1x3xf32>, tensor<2x1x1xf32>) -> tensor<1x2x1x3xf32>
  %5 = nn.conv2d %x, %w : (tensor<1x2x3x3xf32>, tensor<2x2x3x1xf32>) -> tensor<1x2x1x3xf32>
  %6 = nn.add %5, %batch : (tensor<1x2x1x3xf32>, tensor<2x1x1x1xf32>) -> tensor<2x2x1x3xf32>
  %7 = nn.conv2d %x, %w : (tensor<1x2x3x3xf32>, tensor<2x2x3x1xf32>) -> tensor<1x2x1x3xf32>
  %8 = nn.add %7, %y : (tensor<1x2x1x3xf32>, tensor<2x1x1xf32>) -> tensor<1x2x1x3xf32>
  return %1, %2, %4, %6, %8 : tensor<1x2x1x3xf32>, tensor<1x2x1x3xf32>, tensor<1x2x1x3xf32>, tensor<2x2x1x3xf32>, tensor<1x2x1x3xf32>
}

// Through other shapes and orders, along the dimension that the filters are.
// CHECK-LABEL: func.func @moved
func.func @moved(%x: tensor<2x3x1x4xf32>, %w: tensor<5x3x1x1xf32>, %y: tensor<6x3xf32>, %v: tensor<5x3xf32>) -> (tensor<5x2x4xf32>, tensor<2x3x5xf32>, tensor<2x3x5xf32>) {
  %b = nn.constant dense<[[[1.0]], [[2.0]], [[3.0]], [[4.0]], [[5.0]]]> : tensor<5x1x1xf32> -> tensor<5x1x1xf32>
  // CHECK: nn.conv2d %{{.*}}, %{{.*}}, %{{.*}} : {{.*}} -> tensor<2x5x1x4xf32>
  // CHECK-NOT: nn.add
  // CHECK: nn.fully_connected %{{.*}}, %{{.*}}, %{{.*}} :
  %0 = nn.conv2d %x, %w : (tensor<2x3x1x4xf32>, tensor<5x3x1x1xf32>) -> tensor<2x5x1x4xf32>
  %1 = nn.reshape %0 : (tensor<2x5x1x4xf32>) -> tensor<2x5x4xf32>
  %2 = nn.transpose %1 {permutation = array<i64: 1, 0, 2>} : (tensor<2x5x4xf32>) -> tensor<5x2x4xf32>
  %3 = nn.add %2, %b : (tensor<5x2x4xf32>, tensor<5x1x1xf32>) -> tensor<5x2x4xf32>
  %c = nn.constant dense<[1.0, 2.0, 3.0, 4.0, 5.0]> : tensor<5xf32> -> tensor<5xf32>
  %4 = nn.fully_connected %y, %v : (tensor<6x3xf32>, tensor<5x3xf32>) -> tensor<6x5xf32>
  %5 = nn.reshape %4 : (tensor<6x5xf32>) -> tensor<2x3x5xf32>
  %6 = nn.add %5, %c : (tensor<2x3x5xf32>, tensor<5xf32>) -> tensor<2x3x5xf32>
  // CHECK: nn.add
  %d = nn.constant dense<[[1.0], [2.0], [3.0]]> : tensor<3x1xf32> -> tensor<3x1xf32>
  %7 = nn.fully_connected %y, %v : (tensor<6x3xf32>, tensor<5x3xf32>) -> tensor<6x5xf32>
  %8 = nn.reshape %7 : (tensor<6x5xf32>) -> tensor<2x3x5xf32>
  %9 = nn.add %8, %d : (tensor<2x3x5xf32>, tensor<3x1xf32>) -> tensor<2x3x5xf32>
  return %3, %6, %9 : tensor<5x2x4xf32>, tensor<2x3x5xf32>, tensor<2x3x5xf32>
}
