// Any command that ends with 0. Operations inside others go, too; so do
// functions, attributes and constants.

// RUN: rowlock-reduce %s --test=script -o %t.mlir -- grep -q nn.mul {}
// RUN: FileCheck %s < %t.mlir

// CHECK:      module {
// CHECK-NEXT:   func.func @main(
// CHECK-COUNT-3:    arith.constant
// CHECK-NEXT:     scf.for
// CHECK-NEXT:       nn.mul
// CHECK-NOT:        nn.
// CHECK-NOT:    func.func

module attributes {rs.target = #rs.target<"eyeriss-int8", {}>} {
  func.func @helper(%x: tensor<1x8xf32>) -> tensor<1x8xf32> {
    %0 = nn.add %x, %x : (tensor<1x8xf32>, tensor<1x8xf32>) -> tensor<1x8xf32>
    return %0 : tensor<1x8xf32>
  }
  func.func @main(%x: tensor<1x8xf32>) -> tensor<1x8xf32> {
    %low = arith.constant 0 : index
    %high = arith.constant 4 : index
    %step = arith.constant 1 : index
    %0 = scf.for %i = %low to %high step %step iter_args(%value = %x) -> tensor<1x8xf32> {
      %1 = nn.add %value, %x : (tensor<1x8xf32>, tensor<1x8xf32>) -> tensor<1x8xf32>
      %2 = nn.mul %1, %x : (tensor<1x8xf32>, tensor<1x8xf32>) -> tensor<1x8xf32>
      %3 = nn.add %2, %x : (tensor<1x8xf32>, tensor<1x8xf32>) -> tensor<1x8xf32>
      scf.yield %3 : tensor<1x8xf32>
    }
    %4 = func.call @helper(%0) : (tensor<1x8xf32>) -> tensor<1x8xf32>
    return %4 : tensor<1x8xf32>
  }
}
