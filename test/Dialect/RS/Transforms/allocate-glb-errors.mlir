// RUN: rowlock-opt --rs-allocate-glb --verify-diagnostics --split-input-file %s

// expected-error @below {{the module has no rs.target}}
module {
}

// -----

module attributes {rs.target = #rs.target<"eyeriss-int8", {glb_banks = "2", bank_bytes = "1024"}>} {
  // expected-error @below {{ifmaps take 2 banks and psums 1, together more than the 2 banks of the GLB}}
  rs.frame @frame0 {mode16 = 0 : i64}
  func.func @main() {
    %0 = rs.glb_buffer "ifmap" 1025 in @frame0
    %1 = rs.glb_buffer "psum" 1 in @frame0
    return
  }
}
