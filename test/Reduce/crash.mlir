// A sum and the product that it takes stay; the command is a pipeline in a
// child.

// RUN: rowlock-reduce-test %s --test=crash --pipeline=test-crash-on-product -o %t.mlir
// RUN: FileCheck %s < %t.mlir

// CHECK:      func.func @main(
// CHECK-NEXT:   %0 = nn.mul
// CHECK-NEXT:   nn.add
// CHECK-NOT:    nn.

func.func @main(%x: tensor<1x8xf32>, %y: tensor<1x8xf32>) -> tensor<1x8xf32> {
  %0 = nn.add %x, %y : (tensor<1x8xf32>, tensor<1x8xf32>) -> tensor<1x8xf32>
  %1 = nn.add %0, %y : (tensor<1x8xf32>, tensor<1x8xf32>) -> tensor<1x8xf32>
  %2 = nn.mul %1, %0 : (tensor<1x8xf32>, tensor<1x8xf32>) -> tensor<1x8xf32>
  %3 = nn.add %2, %1 : (tensor<1x8xf32>, tensor<1x8xf32>) -> tensor<1x8xf32>
  %4 = nn.add %3, %0 : (tensor<1x8xf32>, tensor<1x8xf32>) -> tensor<1x8xf32>
  %5 = nn.mul %4, %4 : (tensor<1x8xf32>, tensor<1x8xf32>) -> tensor<1x8xf32>
  return %5 : tensor<1x8xf32>
}
