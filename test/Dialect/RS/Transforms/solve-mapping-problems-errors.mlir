// RUN: rowlock-opt --rs-solve-mapping-problems --split-input-file --verify-diagnostics %s

module attributes {rs.target = #rs.target<"eyeriss-v1", {}>} {
  // expected-error @below {{the optimum has 1.673600e+04, expected 1.000000e+00}}
  rs.mapping_problem "wrong" {ifmap = array<i64: 1, 2, 4, 4>, filter = array<i64: 2, 2, 3, 3>,
      objectives = "energy", expected = array<f64: 1.0>}
}

// -----

module attributes {rs.target = #rs.target<"eyeriss-v1", {}>} {
  // expected-error @below {{no mapping fits: q*S is 13, exceeds the ifmap spad of 12 words (fits with ifmap_spad_words 13, 1 more)}}
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
