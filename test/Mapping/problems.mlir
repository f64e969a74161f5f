// RUN: rowlock-opt --rs-solve-mapping-problems --split-input-file --verify-diagnostics %s -o - | FileCheck %s

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

// -----

module attributes {rs.target = #rs.target<"eyeriss-v1", {}>} {
  // expected-error @below {{the optimum has 1.673600e+04, expected 1.000000e+00}}
  rs.mapping_problem "wrong" {ifmap = array<i64: 1, 2, 4, 4>, filter = array<i64: 2, 2, 3, 3>,
      objectives = "energy", expected = array<f64: 1.0>}
}

// -----

module attributes {rs.target = #rs.target<"eyeriss-v1", {}>} {
  // expected-error @below {{no mapping fits; of the smallest, q*S is 13, exceeds the ifmap spad of 12 words}}
  rs.mapping_problem "wide" {ifmap = array<i64: 1, 1, 12, 75>, filter = array<i64: 1, 1, 12, 13>}
}

// -----

module attributes {rs.target = #rs.target<"eyeriss-v1", {}>} {
  // expected-error @below {{C2: no objective 'speed'; there are energy, latency, edp and dram}}
  rs.mapping_problem "what" {ifmap = array<i64: 1, 1, 4, 4>, filter = array<i64: 1, 1, 3, 3>, objectives = "speed"}
}

// -----

module attributes {rs.target = #rs.target<"eyeriss-v1", {}>} {
  // expected-error @below {{C1: filter height 13 exceeds the 12 PE rows}}
  rs.mapping_problem "high" {ifmap = array<i64: 1, 1, 14, 14>, filter = array<i64: 1, 1, 13, 3>}
}
