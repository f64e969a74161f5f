// RUN: rowlock-opt --rs-extract-mapping-problems=objectives=energy --rs-solve-mapping-problems %s | FileCheck %s

!u8 = !quant.uniform<u8:f32, 5.0e-01>
!w = !quant.uniform<i8<-127:127>:f32, 2.5e-01>

// Equal layers are stated once; a layer beyond the native shapes by its parts.
// CHECK-NOT: func
// CHECK: rs.mapping_problem "first" {{.*}}filter = array<i64: 2, 2, 3, 3>, ifmap = array<i64: 1, 2, 6, 6>{{.*}}objectives = "energy"{{.*}}pads = array<i64: 1, 1, 1, 1>{{.*}}values
// CHECK-NEXT: rs.mapping_problem "high" {{.*}}filter = array<i64: 2, 2, 7, 1>{{.*}}leaves_raw
// CHECK-NEXT: rs.mapping_problem "high" {{.*}}filter = array<i64: 2, 2, 6, 1>{{.*}}resumes
// CHECK-NOT: rs.mapping_problem
module attributes {rs.target = #rs.target<"eyeriss-int8", {}>} {
  func.func @main(%x: tensor<1x2x4x4x!u8>) -> tensor<1x2x4x4x!u8> {
    %w = nn.constant dense<1> : tensor<2x2x3x3xi8> -> tensor<2x2x3x3x!w>
    %v = nn.constant dense<1> : tensor<2x2x13x1xi8> -> tensor<2x2x13x1x!w>
    %0 = rs.conv2d %x, %w {groups = 1 : i64, pads = array<i64: 1, 1, 1, 1>, strides = array<i64: 1, 1>, rescale = #nn.rescale<[33554432], [30]>} : (tensor<1x2x4x4x!u8>, tensor<2x2x3x3x!w>) -> tensor<1x2x4x4x!u8> loc("first")
    %1 = rs.conv2d %0, %w {groups = 1 : i64, pads = array<i64: 1, 1, 1, 1>, strides = array<i64: 1, 1>, rescale = #nn.rescale<[33554432], [30]>} : (tensor<1x2x4x4x!u8>, tensor<2x2x3x3x!w>) -> tensor<1x2x4x4x!u8> loc("second")
    %2 = rs.conv2d %1, %v {groups = 1 : i64, pads = array<i64: 6, 0, 6, 0>, strides = array<i64: 1, 1>, rescale = #nn.rescale<[33554432], [30]>} : (tensor<1x2x4x4x!u8>, tensor<2x2x13x1x!w>) -> tensor<1x2x4x4x!u8> loc("high")
    return %2 : tensor<1x2x4x4x!u8>
  }
}
