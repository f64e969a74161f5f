// RUN: rowlock-opt --rs-assign-mappings %s | FileCheck %s
// RUN: rowlock-opt --rs-assign-mappings=objective=energy %s | FileCheck %s

!u8 = !quant.uniform<u8:f32, 5.0e-01>
!w = !quant.uniform<i8<-127:127>:f32, 2.5e-01>

// A convolution without a mapping gets one; a mapping that is there stays.
// CHECK-LABEL: func @main
// CHECK: rs.conv2d {{.*}}mapping = #rs.mapping<"n=1 m={{.*}}
// CHECK: rs.conv2d {{.*}}mapping = #rs.mapping<"n=1 m=1 h=1 f=4 c=1 e=1 p=1 q=1 r=1 t=1 g=1 order=gmnhfc/cms prefetch=none">
module attributes {rs.target = #rs.target<"eyeriss-int8", {}>} {
  func.func @main(%x: tensor<1x2x4x4x!u8>) -> tensor<1x2x4x4x!u8> {
    %w = nn.constant dense<1> : tensor<2x2x3x3xi8> -> tensor<2x2x3x3x!w>
    %0 = rs.conv2d %x, %w {groups = 1 : i64, pads = array<i64: 1, 1, 1, 1>, strides = array<i64: 1, 1>, rescale = #nn.rescale<[33554432], [30]>} : (tensor<1x2x4x4x!u8>, tensor<2x2x3x3x!w>) -> tensor<1x2x4x4x!u8>
    %1 = rs.conv2d %0, %w {groups = 1 : i64, pads = array<i64: 1, 1, 1, 1>, strides = array<i64: 1, 1>, rescale = #nn.rescale<[33554432], [30]>, mapping = #rs.mapping<"n=1 m=1 h=1 f=4 c=1 e=1 p=1 q=1 r=1 t=1 g=1 order=gmnhfc/cms prefetch=none">} : (tensor<1x2x4x4x!u8>, tensor<2x2x3x3x!w>) -> tensor<1x2x4x4x!u8>
    return %1 : tensor<1x2x4x4x!u8>
  }
}
