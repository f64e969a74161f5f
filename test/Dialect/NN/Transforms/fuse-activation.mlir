// RUN: rowlock-opt %s --nn-fuse-activation --mlir-print-debuginfo --mlir-print-local-scope | FileCheck %s

!sym = !quant.uniform<i8:f32, 0.5>

// CHECK-LABEL: func.func @conv
func.func @conv(%x: tensor<1x1x1x1xf32>, %w: tensor<1x1x1x1xf32>) -> tensor<1x1x1x1xf32> {
  // CHECK: %[[R:.*]] = nn.conv2d %{{.*}}, %{{.*}} {activation = #nn.clip<0.{{0+e\+00}}, inf>} : {{.*}} loc(fused["relu", "conv"])
  // CHECK-NEXT: return %[[R]]
  %0 = nn.conv2d %x, %w : (tensor<1x1x1x1xf32>, tensor<1x1x1x1xf32>) -> tensor<1x1x1x1xf32> loc("conv")
  %1 = nn.clip %0 {activation = #nn.clip<0.0, inf>} : (tensor<1x1x1x1xf32>) -> tensor<1x1x1x1xf32> loc("relu")
  return %1 : tensor<1x1x1x1xf32>
}

// Two clips one behind the other become one; apart from each other, its bounds
// are one value.
// CHECK-LABEL: func.func @twice
func.func @twice(%x: tensor<1x1xf32>, %w: tensor<1x1xf32>) -> (tensor<1x1xf32>, tensor<1x1xf32>) {
  // CHECK: nn.fully_connected {{.*}}activation = #nn.clip<0.{{0+e\+00}}, 6.{{0+e\+00}}>
  // CHECK: nn.add {{.*}}activation = #nn.clip<3.{{0+e\+00}}, 3.{{0+e\+00}}>
  // CHECK-NOT: nn.clip %
  %0 = nn.fully_connected %x, %w {activation = #nn.clip<0.0, inf>} : (tensor<1x1xf32>, tensor<1x1xf32>) -> tensor<1x1xf32>
  %1 = nn.clip %0 {activation = #nn.clip<-1.0, 6.0>} : (tensor<1x1xf32>) -> tensor<1x1xf32>
  %2 = nn.add %x, %x {activation = #nn.clip<0.0, 2.0>} : (tensor<1x1xf32>, tensor<1x1xf32>) -> tensor<1x1xf32>
  %3 = nn.clip %2 {activation = #nn.clip<3.0, 6.0>} : (tensor<1x1xf32>) -> tensor<1x1xf32>
  return %1, %3 : tensor<1x1xf32>, tensor<1x1xf32>
}

// No layer before, a second use, a quantised clip: all stay.
// CHECK-LABEL: func.func @stays
func.func @stays(%x: tensor<1x1xf32>, %q: tensor<1x1x!sym>) -> (tensor<1x1xf32>, tensor<1x1xf32>, tensor<1x1xf32>, tensor<1x1x!sym>) {
  // CHECK-COUNT-3: nn.clip %
  %0 = nn.clip %x {activation = #nn.clip<0.0, inf>} : (tensor<1x1xf32>) -> tensor<1x1xf32>
  %1 = nn.add %x, %x : (tensor<1x1xf32>, tensor<1x1xf32>) -> tensor<1x1xf32>
  %2 = nn.clip %1 {activation = #nn.clip<0.0, inf>} : (tensor<1x1xf32>) -> tensor<1x1xf32>
  %3 = nn.clip %q : (tensor<1x1x!sym>) -> tensor<1x1x!sym>
  return %0, %1, %2, %3 : tensor<1x1xf32>, tensor<1x1xf32>, tensor<1x1xf32>, tensor<1x1x!sym>
}

// Through other shapes and orders; those with a second reader stay.
// CHECK-LABEL: func.func @moved
func.func @moved(%x: tensor<2x3x1x4xf32>, %w: tensor<5x3x1x1xf32>) -> (tensor<2x5x4xf32>, tensor<5x2x4xf32>, tensor<5x2x4xf32>) {
  // CHECK: %[[C:.*]] = nn.conv2d {{.*}}activation
  // CHECK-NEXT: %[[R:.*]] = nn.reshape %[[C]] : (tensor<2x5x1x4xf32>) -> tensor<2x5x4xf32> loc("relu")
  %0 = nn.conv2d %x, %w : (tensor<2x3x1x4xf32>, tensor<5x3x1x1xf32>) -> tensor<2x5x1x4xf32> loc("conv")
  %1 = nn.reshape %0 : (tensor<2x5x1x4xf32>) -> tensor<2x5x4xf32> loc("conv")
  %2 = nn.clip %1 {activation = #nn.clip<0.0, inf>} : (tensor<2x5x4xf32>) -> tensor<2x5x4xf32> loc("relu")
  // CHECK: nn.conv2d %{{[^{]*}} : (tensor
  // CHECK: nn.transpose
  // CHECK-NEXT: nn.clip
  %3 = nn.conv2d %x, %w : (tensor<2x3x1x4xf32>, tensor<5x3x1x1xf32>) -> tensor<2x5x1x4xf32>
  %4 = nn.reshape %3 : (tensor<2x5x1x4xf32>) -> tensor<2x5x4xf32>
  %5 = nn.transpose %4 {permutation = array<i64: 1, 0, 2>} : (tensor<2x5x4xf32>) -> tensor<5x2x4xf32>
  %6 = nn.clip %5 {activation = #nn.clip<0.0, inf>} : (tensor<5x2x4xf32>) -> tensor<5x2x4xf32>
  return %2, %5, %6 : tensor<2x5x4xf32>, tensor<5x2x4xf32>, tensor<5x2x4xf32>
}
