// RUN: rowlock-opt --rs-lower-layers --rs-code-tensors %s | FileCheck %s

!u8 = !quant.uniform<u8:f32, 5.0e-01>
!w = !quant.uniform<i8<-127:127>:f32, 2.5e-01>

// A ring reads a in one strip and b in two, whose chunks end inside b's blocks.
// CHECK: rs.tensor "a" "intermediate" {coded_rows = -1 : i64}
// CHECK: rs.tensor "b" "intermediate" : <tensor
module attributes {rs.target = #rs.target<"eyeriss-int8", {}>} {
  func.func @main(%x: tensor<1x2x6x6x!u8> {nn.name = "x"}) -> (tensor<1x2x6x6x!u8> {nn.name = "y"}) {
    %w = nn.constant dense<1> : tensor<2x2x3x3xi8> -> tensor<2x2x3x3x!w>
    %a = rs.conv2d %x, %w {groups = 1 : i64, pads = array<i64: 1, 1, 1, 1>, strides = array<i64: 1, 1>, rescale = #nn.rescale<[33554432], [30]>, mapping = #rs.mapping<"n=1 m=2 h=6 f=6 c=2 e=6 p=1 q=2 r=1 t=1 g=1 order=gmnhfc/cms prefetch=none">} : (tensor<1x2x6x6x!u8>, tensor<2x2x3x3x!w>) -> tensor<1x2x6x6x!u8> loc("a")
    %b = rs.conv2d %a, %w {groups = 1 : i64, pads = array<i64: 1, 1, 1, 1>, strides = array<i64: 1, 1>, rescale = #nn.rescale<[33554432], [30]>, mapping = #rs.mapping<"n=1 m=2 h=6 f=6 c=2 e=6 p=1 q=2 r=1 t=1 g=1 order=gmnhfc/cms prefetch=ring">} : (tensor<1x2x6x6x!u8>, tensor<2x2x3x3x!w>) -> tensor<1x2x6x6x!u8> loc("b")
    %c = rs.conv2d %b, %w {groups = 1 : i64, pads = array<i64: 1, 1, 1, 1>, strides = array<i64: 1, 1>, rescale = #nn.rescale<[33554432], [30]>, mapping = #rs.mapping<"n=1 m=2 h=6 f=6 c=2 e=3 p=1 q=2 r=1 t=1 g=1 order=gmnhfc/cms prefetch=ring">} : (tensor<1x2x6x6x!u8>, tensor<2x2x3x3x!w>) -> tensor<1x2x6x6x!u8> loc("c")
    return %c : tensor<1x2x6x6x!u8>
  }
}
