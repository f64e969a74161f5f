// RUN: rowlock-opt --rs-solve-mapping-problems --split-input-file %s | FileCheck %s

// In the chip's space the published mapping of AlexNet's CONV3 is the best.
// CHECK: rs.mapping_problem "conv3"
// CHECK-SAME: certificate = {best_remaining =
// CHECK-SAME: mapping = #rs.mapping<"n=4 m=64 h=13 f=13 c=6 e=13 p=16 q=3 r=2 t=2 g=1 order=gmnhfc/cms prefetch=none">
module attributes {rs.target = #rs.target<"eyeriss-v1", {}>} {
  rs.mapping_problem "conv3" {ifmap = array<i64: 4, 256, 15, 15>, filter = array<i64: 384, 256, 3, 3>,
      objectives = "dram,energy", space = "chip", expected = array<f64: 5053440.0>}
}

// -----

// The whole space needs less.
// CHECK: rs.mapping_problem "conv1"
module attributes {rs.target = #rs.target<"eyeriss-v1", {}>} {
  rs.mapping_problem "conv1" {ifmap = array<i64: 4, 3, 227, 227>, filter = array<i64: 96, 3, 11, 11>,
      strides = array<i64: 4, 4>, objectives = "dram", expected = array<f64: 4752480.0>}
}
