// RUN: rowlock-opt --rs-lower-layers %s | FileCheck %s

!u8 = !quant.uniform<u8:f32, 5.0e-01>
!w = !quant.uniform<i8<-127:127>:f32, 2.5e-01>

// One load of the ifmap; a loop over two filter passes; a store for each. The
// ReLU on the host waits for both stores.
// CHECK: #[[TWO:.*]] = affine_map<() -> (2)>
// CHECK: rs.frame @frame0 {{.*}}filter_height = 3 : i64
// CHECK-LABEL: func @main()
// CHECK: rs.tensor "x" "input"
// CHECK: rs.tensor "{{.*}}.records" "constant" {{.*}}tensor<2xi64>
// CHECK: rs.glb_buffer "ifmap" 72 in @frame0
// CHECK: rs.glb_buffer "psum" 32 in @frame0
// CHECK: rs.layer {{.*}} "ArrayConv"
// CHECK:   rs.configure @frame0
// CHECK:   rs.load
// CHECK:   scf.for
// CHECK:     rs.pass
// CHECK:   scf.for
// CHECK:     rs.store
// CHECK: rs.tensor "y" "output"
// CHECK: rs.layer {{.*}} "Clip"
// CHECK:   rs.host at[] wait(%{{.*}}) signal(%{{.*}}) {signal_amounts = array<i64: 1>, wait_values = [#[[TWO]]]}
module attributes {rs.target = #rs.target<"eyeriss-int8", {}>} {
  func.func @main(%x: tensor<1x2x4x4x!u8> {nn.name = "x"}) -> (tensor<1x2x4x4x!u8> {nn.name = "y"}) {
    %w = nn.constant dense<1> : tensor<2x2x3x3xi8> -> tensor<2x2x3x3x!w>
    %0 = rs.conv2d %x, %w {groups = 1 : i64, pads = array<i64: 1, 1, 1, 1>, strides = array<i64: 1, 1>, rescale = #nn.rescale<[33554432], [30]>, mapping = #rs.mapping<"n=1 m=2 h=4 f=4 c=2 e=4 p=1 q=2 r=1 t=1 g=1 order=gmnhfc/cms prefetch=none">} : (tensor<1x2x4x4x!u8>, tensor<2x2x3x3x!w>) -> tensor<1x2x4x4x!u8>
    %1 = nn.clip %0 : (tensor<1x2x4x4x!u8>) -> tensor<1x2x4x4x!u8>
    return %1 : tensor<1x2x4x4x!u8>
  }
}
