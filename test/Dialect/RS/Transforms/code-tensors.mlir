// RUN: rowlock-opt --rs-lower-layers --rs-code-tensors %s | FileCheck %s
// RUN: rowlock-opt --rs-lower-layers --rs-code-tensors="boundary=true raw=x" %s | FileCheck %s --check-prefix=BOUNDARY

!u8 = !quant.uniform<u8:f32, 5.0e-01>
!w = !quant.uniform<i8<-127:127>:f32, 2.5e-01>

// The first layer stores strips of 2 rows, which the second reads: blocks of 2
// rows. What the host reads stays raw, and so do constants, inputs and outputs.
// CHECK: rs.tensor "x" "input" : <tensor
// CHECK: rs.tensor "a" "intermediate" {coded_rows = 2 : i64}
// CHECK: rs.tensor "constant" "constant" {value
// CHECK: rs.tensor "b" "intermediate" : <tensor
// CHECK: rs.tensor "y" "output" : <tensor
// CHECK: rs.tensor "z" "output" : <tensor

// The output is made in whole planes.
// BOUNDARY: rs.tensor "x" "input" : <tensor
// BOUNDARY: rs.tensor "z" "output" {coded_rows = -1 : i64}
module attributes {rs.target = #rs.target<"eyeriss-int8", {}>} {
  func.func @main(%x: tensor<1x2x6x6x!u8> {nn.name = "x"}) -> (tensor<1x2x4x4x!u8> {nn.name = "y"}, tensor<1x2x4x4x!u8> {nn.name = "z"}) {
    %w = nn.constant dense<1> : tensor<2x2x3x3xi8> -> tensor<2x2x3x3x!w>
    %a = rs.conv2d %x, %w {groups = 1 : i64, pads = array<i64: 1, 1, 1, 1>, strides = array<i64: 1, 1>, rescale = #nn.rescale<[33554432], [30]>, mapping = #rs.mapping<"n=1 m=2 h=2 f=6 c=2 e=2 p=1 q=2 r=1 t=1 g=1 order=gmnhfc/cms prefetch=none">} : (tensor<1x2x6x6x!u8>, tensor<2x2x3x3x!w>) -> tensor<1x2x6x6x!u8> loc("a")
    %b = rs.conv2d %a, %w {groups = 1 : i64, pads = array<i64: 0, 0, 0, 0>, strides = array<i64: 1, 1>, rescale = #nn.rescale<[33554432], [30]>, mapping = #rs.mapping<"n=1 m=2 h=2 f=4 c=2 e=2 p=1 q=2 r=1 t=1 g=1 order=gmnhfc/cms prefetch=none">} : (tensor<1x2x6x6x!u8>, tensor<2x2x3x3x!w>) -> tensor<1x2x4x4x!u8> loc("b")
    %y = nn.clip %b : (tensor<1x2x4x4x!u8>) -> tensor<1x2x4x4x!u8> loc("clip")
    %z = rs.conv2d %a, %w {groups = 1 : i64, pads = array<i64: 0, 0, 0, 0>, strides = array<i64: 1, 1>, rescale = #nn.rescale<[33554432], [30]>, mapping = #rs.mapping<"n=1 m=2 h=4 f=4 c=2 e=4 p=1 q=2 r=1 t=1 g=1 order=gmnhfc/cms prefetch=none">} : (tensor<1x2x6x6x!u8>, tensor<2x2x3x3x!w>) -> tensor<1x2x4x4x!u8> loc("last")
    return %y, %z : tensor<1x2x4x4x!u8>, tensor<1x2x4x4x!u8>
  }
}
