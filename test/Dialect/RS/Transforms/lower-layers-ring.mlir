// RUN: rowlock-opt --rs-lower-layers %s | FileCheck %s

// Three boxes of 6 rows in a ring of 8, each in two strips and two channel
// passes. The first chunk, rows 0 to 3 of box b, takes the places of rows up to
// row 1 of the box before, which strip 0 reads last; the second, rows 4 and 5,
// those up to row 3, which strip 1 reads last: with channel pass c these are
// passes 2c and 2c + 1 of the box's 4.
// CHECK-DAG: #[[ONE:.*]] = affine_map<(d0, d1) -> (1)>
// CHECK-DAG: #[[FIRST:.*]] = affine_map<(d0, d1) -> (d0 * 4 + d1 * 2 - 3)>
// CHECK-DAG: #[[SECOND:.*]] = affine_map<(d0, d1) -> (d0 * 4 + d1 * 2 + 1 - 3)>
// CHECK-DAG: #[[TERM:.*]] = affine_map<(d0, d1) -> (d1 * 172 + (d0 * 6 + 4) * 344)>
// A pass waits for its chunk and for the block whose place it takes, a store for
// the last channel pass of its strip.
// CHECK-DAG: #[[CHUNK:.*]] = affine_map<(d0, d1, d2) -> ((d0 * 2 + d1) * 2 + d2 + 1)>
// CHECK-DAG: #[[BLOCK:.*]] = affine_map<(d0, d1, d2) -> (d0 * 2 + d2 - 1)>
// CHECK-DAG: #[[STORE:.*]] = affine_map<(d0, d1) -> ((d0 + 1) * 4 + d1 + 2 - 3)>
// CHECK: rs.frame @frame0 {{.*}}ifmap_ring = 2752 : i64, {{.*}}ifmap_row_pitch = 344 : i64
// CHECK: rs.glb_buffer "ifmap" 2752 in @frame0
// CHECK: rs.load {{.*}} modulus = 2752 : i64, {{.*}} ring, {{.*}} wait_values = [#[[ONE]], #[[FIRST]]]
// CHECK-NEXT: rs.load {{.*}} ring, {{.*}} term = #[[TERM]], wait_values = [#[[ONE]], #[[SECOND]]]
// CHECK: rs.pass {{.*}} ring, {{.*}} wait_values = [#[[CHUNK]], #[[BLOCK]]]
// CHECK: rs.store {{.*}} wait_values = [#[[STORE]]]
!u8 = !quant.uniform<u8:f32, 5.0e-01>
!w = !quant.uniform<i8<-127:127>:f32, 2.5e-01>
module attributes {rs.target = #rs.target<"eyeriss-int8", {glb_banks = "9", bank_bytes = "1024"}>} {
  func.func @main(%x: tensor<1x2x12x170x!u8> {nn.name = "x"}) -> (tensor<1x2x12x170x!u8> {nn.name = "y"}) {
    %w = nn.constant dense<1> : tensor<2x2x3x3xi8> -> tensor<2x2x3x3x!w>
    %0 = rs.conv2d %x, %w {groups = 1 : i64, pads = array<i64: 1, 1, 1, 1>, strides = array<i64: 1, 1>, rescale = #nn.rescale<[33554432], [30]>, mapping = #rs.mapping<"n=1 m=2 h=4 f=170 c=2 e=2 p=2 q=1 r=1 t=1 g=1 order=gmnhfc/cms prefetch=ring">} : (tensor<1x2x12x170x!u8>, tensor<2x2x3x3x!w>) -> tensor<1x2x12x170x!u8>
    return %0 : tensor<1x2x12x170x!u8>
  }
}
