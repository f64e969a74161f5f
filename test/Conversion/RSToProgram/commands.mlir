// RUN: rowlock-opt %s --rs-lower-layers --rs-allocate-glb --rs-allocate-dram | rowlock-translate --export-program - -o - | rowlock-translate --disassemble - -o - | FileCheck %s

!u8 = !quant.uniform<u8:f32, 5.0e-01>
!w = !quant.uniform<i8<-127:127>:f32, 2.5e-01>

// Tensors, tokens, a frame, layers with their commands, and the constants.
// CHECK: program dram_bytes=288
// CHECK: tensor name="x" type=U8 shape=[1 2 4 4] scale=0.5 size=32
// CHECK: tensor name="conv2d.records" kind=Constant type=I64 shape=[2] address=192 size=16 constant_offset=64
// CHECK: tensor name="y" kind=Output
// CHECK: frame {
// CHECK: layer name="conv2d" operands=[0 2 3] results=[1]
// CHECK-SAME: last_command=8
// CHECK-NEXT: layer name="y" kernel=Clip operands=[1] results=[4]
// CHECK: Configure signals=[{amount=1}]
// CHECK-NEXT: Load image=0 channel=0 row=-1 column=-1 {{.*}}channels=2 rows=6 columns=6
// CHECK-NEXT: Loop trips=2
// CHECK-NEXT: Pass
// CHECK-NEXT: End
// CHECK-NEXT: Loop trips=2
// CHECK-NEXT: Store
// CHECK-NEXT: End
// CHECK-NEXT: Host layer=1 waits=[{token=3 value=2}] signals=[{token=4 amount=1}]
// CHECK: constants 80
// CHECK-NEXT: @0 010101
module attributes {rs.target = #rs.target<"eyeriss-int8", {}>} {
  func.func @main(%x: tensor<1x2x4x4x!u8> {nn.name = "x"}) -> (tensor<1x2x4x4x!u8> {nn.name = "y"}) {
    %w = nn.constant dense<1> : tensor<2x2x3x3xi8> -> tensor<2x2x3x3x!w>
    %0 = rs.conv2d %x, %w {groups = 1 : i64, pads = array<i64: 1, 1, 1, 1>, strides = array<i64: 1, 1>, rescale = #nn.rescale<[33554432], [30]>, mapping = #rs.mapping<"n=1 m=2 h=4 f=4 c=2 e=4 p=1 q=2 r=1 t=1 g=1 order=gmnhfc/cms prefetch=none">} : (tensor<1x2x4x4x!u8>, tensor<2x2x3x3x!w>) -> tensor<1x2x4x4x!u8>
    %1 = nn.clip %0 : (tensor<1x2x4x4x!u8>) -> tensor<1x2x4x4x!u8>
    return %1 : tensor<1x2x4x4x!u8>
  }
}
