// An error of the verifier after a pass stays the same error.

// RUN: rowlock-reduce-test %s --test=error --pipeline=test-break-product -o %t.mlir
// RUN: FileCheck %s < %t.mlir
// RUN: rowlock-reduce-test %s --test=error --match="nn.mul" --pipeline=test-break-product -o %t.mlir
// RUN: FileCheck %s < %t.mlir

// CHECK:      func.func @main(
// CHECK-NEXT:   nn.mul
// CHECK-NOT:    nn.

func.func @main(%x: tensor<1x8xf32>, %y: tensor<1x8xf32>) -> tensor<1x8xf32> {
  %0 = nn.add %x, %y : (tensor<1x8xf32>, tensor<1x8xf32>) -> tensor<1x8xf32>
  %1 = nn.mul %0, %y : (tensor<1x8xf32>, tensor<1x8xf32>) -> tensor<1x8xf32>
  %2 = nn.add %1, %0 : (tensor<1x8xf32>, tensor<1x8xf32>) -> tensor<1x8xf32>
  return %2 : tensor<1x8xf32>
}
