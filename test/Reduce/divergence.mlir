// Of all layers, the clip that the pass forgets stays, on the smallest shape.

// RUN: rowlock-reduce-test %s --test=divergence --pipeline=test-forget-clip -o %t.mlir 2> %t.log
// RUN: FileCheck %s < %t.mlir
// RUN: FileCheck %s --check-prefix=LOG < %t.log

// LOG: reducing: 10 operations after 2 tests
// LOG: reducing: 2 operations

// CHECK:      module {
// CHECK-NEXT:   func.func @main(%arg0: tensor<1x1x1x1xf32>) -> tensor<1x1x1x1xf32> {
// CHECK-NEXT:     %0 = nn.clip %arg0 {activation = #nn.clip<0.{{0+e\+00}}, 6.{{0+e\+00}}>} : (tensor<1x1x1x1xf32>) -> tensor<1x1x1x1xf32>
// CHECK-NEXT:     return %0
// CHECK-NEXT:   }
// CHECK-NEXT: }

func.func @unused(%x: tensor<2xf32>) -> tensor<2xf32> {
  return %x : tensor<2xf32>
}

func.func @main(%x: tensor<1x4x6x6xf32>, %y: tensor<1x4x6x6xf32>) -> (tensor<1x4x6x6xf32>, tensor<1x4x6x6xf32>) {
  %w = nn.constant dense<0.25> : tensor<4x4x3x3xf32> -> tensor<4x4x3x3xf32>
  %b = nn.constant dense<[1.0, 2.0, 3.0, 4.0]> : tensor<4xf32> -> tensor<4xf32>
  %0 = nn.add %x, %y : (tensor<1x4x6x6xf32>, tensor<1x4x6x6xf32>) -> tensor<1x4x6x6xf32>
  %1 = nn.conv2d %0, %w, %b {pads = array<i64: 1, 1, 1, 1>} : (tensor<1x4x6x6xf32>, tensor<4x4x3x3xf32>, tensor<4xf32>) -> tensor<1x4x6x6xf32>
  %2 = nn.add %1, %x : (tensor<1x4x6x6xf32>, tensor<1x4x6x6xf32>) -> tensor<1x4x6x6xf32>
  %3 = nn.clip %2 {activation = #nn.clip<0.0, 6.0>} : (tensor<1x4x6x6xf32>) -> tensor<1x4x6x6xf32>
  %4 = nn.add %3, %y : (tensor<1x4x6x6xf32>, tensor<1x4x6x6xf32>) -> tensor<1x4x6x6xf32>
  %5 = nn.add %4, %4 : (tensor<1x4x6x6xf32>, tensor<1x4x6x6xf32>) -> tensor<1x4x6x6xf32>
  return %5, %0 : tensor<1x4x6x6xf32>, tensor<1x4x6x6xf32>
}
